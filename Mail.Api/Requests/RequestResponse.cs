using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Flows;
using Mail.Core.Requests;

namespace Mail.Api.Requests;

/// <summary>A request for a decision and what became of it. Neither its links nor its codes are shown.</summary>
/// <param name="State">`pending`, `decided`, `expired` or `canceled`.</param>
/// <param name="Reminders">When the person is reminded, as moments.</param>
/// <param name="Decision">Null while nobody has decided.</param>
/// <param name="History">Of one request; null in a list, and in the answer that makes one.</param>
public sealed record RequestResponse(
    string Object, string Id, string State, string Title, string? Text, IReadOnlyList<RequestDetail> Details, IReadOnlyList<ActionChoice> Choices, RequestResponse.PersonFacts Person, RequestResponse.BehalfFacts? OnBehalfOf,
    DateTimeOffset Deadline, IReadOnlyList<DateTimeOffset> Reminders, bool Comment, string? From, JsonElement? Metadata, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, RequestResponse.DecisionFacts? Decision,
    IReadOnlyList<FlowLine>? History)
{
    public sealed record PersonFacts(string Email, string? Name, string? Locale, string? TimeZone);

    public sealed record BehalfFacts(string? Name, string? Email);

    /// <param name="Ip">From where, as far as we see.</param>
    public sealed record DecisionFacts(string Choice, string? Label, string? Comment, DateTimeOffset At, string? Ip, string? UserAgent);

    public static RequestResponse Of(DecisionRequest request, IReadOnlyList<FlowEntry>? history = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestContent content = request.Content;
        return new RequestResponse(
            "request", request.Id.ToString(), request.State.Name(), content.Title, content.Text, content.Details, content.Choices,
            new PersonFacts(content.PersonEmail, content.PersonName, content.Locale, content.TimeZone),
            content.OnBehalfOfName is null && content.OnBehalfOfEmail is null ? null : new BehalfFacts(content.OnBehalfOfName, content.OnBehalfOfEmail),
            request.Deadline, content.Reminders, content.AsksComment, content.From, content.Metadata, request.CreatedAt, request.EndedAt,
            request.Decision is { } decision
                ? new DecisionFacts(decision.Choice, content.Choices.FirstOrDefault(choice => choice.Key == decision.Choice)?.Label, decision.Comment, decision.At, decision.Visitor.Ip, decision.Visitor.UserAgent) : null,
            history is null ? null : [.. history.Select(FlowLine.Of)]);
    }
}

/// <summary>A line of a history.</summary>
/// <param name="What">`created`, `mailed`, `not_mailed` (with the reason), `opened`, `reminded`, `resent`, `decided`, `expired`, `canceled`...</param>
/// <param name="How">`api`, `page`, `timer` or `mail`.</param>
/// <param name="EmailId">The message, for a line about a mail.</param>
public sealed record FlowLine(string What, DateTimeOffset At, string How, string? Who, string? Ip, string? UserAgent, string? EmailId, JsonElement? Detail)
{
    public static FlowLine Of(FlowEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new FlowLine(entry.What, entry.At, entry.By.How, entry.By.Who, entry.By.Ip, entry.By.UserAgent, entry.EmailId?.ToString(), entry.Detail);
    }
}
