using Npgsql;

namespace Mail.Core.ActionLinks;

/// <summary>What a link of Mail's own does. Registered in DI, scoped: one for each name.</summary>
public interface IActionPurpose
{
    /// <summary>As in <see cref="NewActionLink.Purpose"/>.</summary>
    string Name { get; }

    /// <summary>What the page says while the link is open. Changes nothing: programs open links too.</summary>
    /// <param name="language">`en` or `fr`.</param>
    /// <returns>Null when there is nothing to decide any more.</returns>
    ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct);

    /// <summary>Does it, in the transaction in which the link is marked as used: both happen, once, or neither.</summary>
    /// <param name="transaction">Open; not to be ended.</param>
    Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct);

    /// <summary>Its page was shown, to a person or to a program: for a history, and nothing else.</summary>
    Task OpenedAsync(ActionLink link, ActionVisitor visitor, CancellationToken ct) => Task.CompletedTask;
}

/// <param name="Title">As plain text, as all of it.</param>
/// <param name="Choices">Empty when there is nothing to decide any more, and the title says why.</param>
public sealed record ActionWords(string Title, string? Text, IReadOnlyList<ActionChoice> Choices)
{
    /// <summary>The label of a field for some words; null without one.</summary>
    public string? Comment { get; init; }
}

/// <summary>The use of a link by a person.</summary>
/// <param name="Choice">One of its choices.</param>
/// <param name="Language">`en` or `fr`.</param>
/// <param name="At">When.</param>
public sealed record ActionUse(ActionLink Link, string Choice, ActionVisitor Visitor, string Language, DateTimeOffset At)
{
    /// <summary>As it was typed; null for none.</summary>
    public string? Comment { get; init; }
}

/// <summary>Who used it, as far as we see.</summary>
public sealed record ActionVisitor(string? Ip, string? UserAgent);

/// <summary>What a purpose says when it was asked to act.</summary>
/// <param name="IsDone">False when it cannot be done: then nothing is changed, and the link stays as it was.</param>
/// <param name="Title">For the page; null for the usual words.</param>
/// <param name="RedirectUrl">Where the person goes on; null to stay on the page.</param>
public sealed record ActionAnswer(bool IsDone, string? Title = null, string? Text = null, Uri? RedirectUrl = null);
