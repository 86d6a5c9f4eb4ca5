using System.Globalization;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Templates;
using Npgsql;

namespace Mail.Core.Requests;

/// <summary>The page behind the links of a request, and what its buttons do.</summary>
public sealed class RequestPurpose(RequestFlow flow, RequestStore store, FlowHistory history, TimeProvider clock) : IActionPurpose
{
    private const int LongestComment = 2000;

    public string Name => RequestMails.PurposeName;

    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (IdOf(link) is not { } id || await store.FindAsync(link.ProjectId, id, ct) is not { State: RequestState.Pending } request || clock.GetUtcNow() >= request.Deadline) return null;
        RequestContent content = request.Content;
        string until = Until(request, language), asked = language == "fr" ? $"De la part de {content.Requester}. Réponse attendue avant le {until}." : $"Asked by {content.Requester}. Please answer before {until}.";
        string details = string.Join('\n', content.Details.Select(detail => $"{detail.Label}: {detail.Value}"));
        return new ActionWords(content.Title, string.Join("\n\n", new[] { content.Text, details, asked }.Where(text => !string.IsNullOrEmpty(text))), content.Choices)
        {
            Comment = !content.AsksComment ? null : language == "fr" ? $"Un mot pour {content.Requester} (facultatif)" : $"A word to {content.Requester} (optional)",
        };
    }

    public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(transaction);
        if (IdOf(use.Link) is not { } id) return new ActionAnswer(false);
        FlowActor by = new("page", use.Link.Subject, use.Visitor.Ip, use.Visitor.UserAgent);
        Result<DecisionRequest> decided = await flow.ChangeAsync(
            transaction.Connection!, use.Link.ProjectId, use.Link.IsTest, id, (request, now) => request.Decide(use.Choice, request.Content.AsksComment ? Cut(use.Comment) : null, use.Visitor, now), by, ct);
        return new ActionAnswer(decided.IsSuccess);
    }

    public async Task OpenedAsync(ActionLink link, ActionVisitor visitor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(visitor);
        if (IdOf(link) is { } id && await store.FindAsync(link.ProjectId, id, ct) is { State: RequestState.Pending } request)
            await history.AddOpeningAsync(link.ProjectId, id, request.Email, visitor.Ip, visitor.UserAgent, clock.GetUtcNow(), ct);
    }

    private static Guid? IdOf(ActionLink link) => link.Metadata is { } facts && facts.TryGetProperty("request", out System.Text.Json.JsonElement id) && id.TryGetGuid(out Guid value) ? value : null;

    private static string Until(DecisionRequest request, string language)
    {
        TimeZoneInfo zone = request.Content.TimeZone is { } name && TimeZones.Find(name) is { } found ? found : TimeZoneInfo.Utc;
        CultureInfo culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");
        return $"{TimeZoneInfo.ConvertTime(request.Deadline, zone).ToString(language == "fr" ? "d MMMM yyyy à HH:mm" : "d MMMM yyyy, HH:mm", culture)} ({zone.Id})";
    }

    /// <summary>What no database stores is left out of it.</summary>
    private static string? Cut(string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment)) return null;
        string text = string.Concat(comment.ReplaceLineEndings("\n").EnumerateRunes().Where(rune => rune.Value == '\n' || !System.Text.Rune.IsControl(rune)).Take(LongestComment)).Trim();
        return text.Length == 0 ? null : text;
    }
}
