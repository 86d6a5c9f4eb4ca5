using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.ActionLinks;

/// <summary>What came of the use of a link.</summary>
/// <param name="Link">As it is now; null when it is gone.</param>
/// <param name="Acted">Whether this very use did it.</param>
/// <param name="Answer">What the purpose said, if it was asked.</param>
public sealed record ActionUseResult(ActionLink? Link, bool Acted, ActionAnswer? Answer = null);

/// <summary>What an app hears of a use. `data` of `action_link.used`.</summary>
public sealed record ActionUsed(Guid Id, string Purpose, string Subject, string Choice, JsonElement? Metadata, DateTimeOffset UsedAt, string? Ip, string? UserAgent, bool Test);

/// <summary>Uses links: locks them, looks, acts, marks and tells in one transaction, so that of many uses at once one acts, and what it did is never half done.</summary>
public sealed class ActionLinkUse(NpgsqlDataSource dataSource, ActionLinkStore links, WebhookPublisher webhooks, IEnumerable<IActionPurpose> purposes, TimeProvider clock)
{
    private const int LongestAgent = 400;

    /// <returns>What the page of an open link says. Null when its purpose has nothing to decide any more.</returns>
    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.IsOwn ? await PurposeOf(link).WordsAsync(link, language, ct) : new ActionWords(link.Title ?? link.Purpose, link.Text, link.Choices);
    }

    /// <summary>The page of an open link was shown.</summary>
    public Task OpenedAsync(ActionLink link, ActionVisitor visitor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(visitor);
        return link.IsOwn ? PurposeOf(link).OpenedAsync(link, visitor with { UserAgent = Cut(visitor.UserAgent) }, ct) : Task.CompletedTask;
    }

    /// <param name="choice">The key of one of its choices; any other is not acted on.</param>
    /// <param name="comment">What was typed beside it, where the page asks for some words.</param>
    public async Task<ActionUseResult> UseAsync(ActionLink found, string choice, string? comment, ActionVisitor visitor, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(visitor);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, found, ct);
        DateTimeOffset now = clock.GetUtcNow();
        if (await links.FindAsync(found.ProjectId, found.Id, connection, ct) is not { } link) return new ActionUseResult(null, Acted: false);
        if (link.StateAt(now) is not ActionState.Open || await WordsAsync(link, language, ct) is not { } words || !words.Choices.Any(known => known.Key == choice)) return new ActionUseResult(link, Acted: false);

        visitor = visitor with { UserAgent = Cut(visitor.UserAgent) };
        ActionAnswer? answer = link.IsOwn ? await PurposeOf(link).ActAsync(new ActionUse(link, choice, visitor, language, now) { Comment = comment }, transaction, ct) : null;
        if (answer is { IsDone: false }) return new ActionUseResult(link, Acted: false, answer); // rolled back
        await MarkAsync(connection, link, choice, visitor, now, ct);
        if (!link.IsOwn)
        {
            ActionUsed used = new(link.Id, link.Purpose, link.Subject, choice, link.Metadata, now, visitor.Ip, visitor.UserAgent, link.IsTest);
            await webhooks.PublishAsync(link.ProjectId, UuidV7.New(now), WebhookEvents.ActionLinkUsed, JsonSerializer.SerializeToElement(used, ActionLinkJson.Default.ActionUsed), now, connection, ct);
        }

        await transaction.CommitAsync(ct);
        return new ActionUseResult(await links.FindAsync(link.ProjectId, link.Id, null, ct), Acted: true, answer);
    }

    private IActionPurpose PurposeOf(ActionLink link) =>
        purposes.FirstOrDefault(purpose => purpose.Name == link.Purpose) ?? throw new InvalidOperationException($"No IActionPurpose is registered for '{link.Purpose}'.");

    private static async Task LockAsync(NpgsqlConnection connection, ActionLink link, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ActionLinkSql.Lock, connection);
        command.Parameters.AddTyped(link.ProjectId.Value).AddTyped(link.Id);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task MarkAsync(NpgsqlConnection connection, ActionLink link, string choice, ActionVisitor visitor, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ActionLinkSql.Use, connection);
        command.Parameters.AddTyped(link.ProjectId.Value).AddTyped(link.Id).AddTyped(now.UtcDateTime).AddTyped(choice)
            .AddTyped(visitor.Ip, NpgsqlDbType.Text).AddTyped(visitor.UserAgent, NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whatever a program sends: as much as says what it is, and what PostgreSQL stores.</summary>
    private static string? Cut(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent)) return null;
        string text = string.Concat(agent.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune)));
        return text.Length <= LongestAgent ? text : text[..(char.IsHighSurrogate(text[LongestAgent - 1]) ? LongestAgent - 1 : LongestAgent)];
    }
}
