using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;

namespace Mail.Core.ActionLinks;

/// <summary>A button of the page behind a link.</summary>
/// <param name="Key">What the app hears: `accept`.</param>
/// <param name="Label">What the person reads.</param>
public sealed record ActionChoice(string Key, string Label);

/// <summary>A link to be made. What its page says stands in it, or comes from its purpose when that is one of Mail's own.</summary>
/// <param name="Purpose">What using it does: the name of an <see cref="IActionPurpose"/> when <see cref="IsOwn"/>, any name of the app's else.</param>
/// <param name="Subject">Whom or what it is about: an address, or an id.</param>
public sealed record NewActionLink(ProjectId ProjectId, string Purpose, string Subject)
{
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(7), ShortestLifetime = TimeSpan.FromMinutes(1), LongestLifetime = TimeSpan.FromDays(366);

    /// <summary>Of Mail itself. Apps cannot make, see or revoke these.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Made by a test key.</summary>
    public bool IsTest { get; init; }

    public TimeSpan Lifetime { get; init; } = UsualLifetime;

    /// <summary>False for one that acts every time it is used until it ends.</summary>
    public bool SingleUse { get; init; } = true;

    /// <summary>Links of one decision, such as those of two people who may decide: using one settles the others. Null for one that stands alone.</summary>
    public string? Group { get; init; }

    /// <summary>The page's heading; null when the purpose says it.</summary>
    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>Empty when the purpose says them.</summary>
    public IReadOnlyList<ActionChoice> Choices { get; init; } = [];

    /// <summary>Where the person is led once it is done.</summary>
    public Uri? RedirectUrl { get; init; }

    /// <summary>The app's own, given back when it is used.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>BCP 47; null for the language of whoever opens it.</summary>
    public string? Locale { get; init; }
}

/// <summary>A link that was made.</summary>
/// <param name="Url">For a mail, here only: what is stored is a hash.</param>
/// <param name="Code">For those whose link does not open: they type it at <see cref="CodeUrl"/>.</param>
public sealed record CreatedActionLink(Guid Id, string Url, string Code, string CodeUrl, DateTimeOffset ExpiresAt)
{
    /// <summary>For a mail with a button for each choice: the page asks about that one first.</summary>
    public string UrlOf(string choice) => $"{Url}?choice={Uri.EscapeDataString(choice)}";

    /// <summary>Not in a log or a trace.</summary>
    public override string ToString() => $"action link {Id}";
}

/// <summary>Whether a link can be used.</summary>
public enum ActionState
{
    Open,

    /// <summary>It was used, or another of its group.</summary>
    Used,
    Expired,
    Revoked,
}

/// <summary>What was decided.</summary>
/// <param name="LinkId">By which link: another one of the group, maybe.</param>
public sealed record ActionDecision(Guid LinkId, string Choice, string? Label, DateTimeOffset At, string? Ip, string? UserAgent);

/// <summary>A link as it is stored.</summary>
public sealed record ActionLink(
    ProjectId ProjectId, Guid Id, string Purpose, string Subject, bool IsOwn, bool IsTest, bool SingleUse, string? Group, string? Title, string? Text, IReadOnlyList<ActionChoice> Choices,
    string? RedirectUrl, JsonElement? Metadata, string? Locale, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int Uses, DateTimeOffset? RevokedAt)
{
    /// <summary>The last one that was made by it, or by another link of its group; null for none.</summary>
    public ActionDecision? Decision { get; init; }

    public ActionState StateAt(DateTimeOffset now) =>
        Decision is not null && SingleUse ? ActionState.Used : RevokedAt is not null ? ActionState.Revoked : ExpiresAt <= now ? ActionState.Expired : ActionState.Open;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ActionChoice>), TypeInfoPropertyName = "Choices")]
[JsonSerializable(typeof(JsonElement?), TypeInfoPropertyName = "Metadata")]
[JsonSerializable(typeof(ActionUsed))]
internal sealed partial class ActionLinkJson : JsonSerializerContext;
