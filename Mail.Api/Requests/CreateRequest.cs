using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Requests;

/// <summary>POST /requests: asks one person to decide, by mail.</summary>
public static class CreateRequest
{
    public static void Map(IEndpointRouteBuilder requests) => requests.MapPost("/", Handle).RequireScope(Scopes.WriteRequests).Accepts<Request>("application/json").Produces<RequestResponse>(201)
        .ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Ask a person for a decision").WithDescription("The person gets a mail with a button for each choice, and reminders; you hear of the decision, or that there was none, by webhook. Takes an Idempotency-Key.");

    /// <param name="Title">What is to be decided, in a few words.</param>
    /// <param name="Text">What there is to know, 2000 characters at most.</param>
    /// <param name="Details">Facts as lines of label and value.</param>
    /// <param name="Choices">Two to five buttons.</param>
    /// <param name="Deadline">With an offset, or by the person's clocks; seven days from now without it.</param>
    /// <param name="Reminders">Ten at most.</param>
    /// <param name="OnBehalfOf">Who asks, as the person reads it, and who gets answers to the mail; else the project's name.</param>
    /// <param name="Comment">Whether the page has a field for some words.</param>
    /// <param name="Metadata">Yours, given back with the decision; 4 KB.</param>
    public sealed record Request(
        string? Title, string? Text, Detail?[]? Details, ActionLinkChoice?[]? Choices, PersonFields? Person, string? Deadline, Reminder?[]? Reminders, BehalfFields? OnBehalfOf, bool? Comment, JsonElement? Metadata, string? From);

    public sealed record Detail(string? Label, string? Value);

    /// <param name="Locale">Of mails and page (BCP 47).</param>
    /// <param name="TimeZone">IANA; dates are written, and wall times meant, by its clocks.</param>
    public sealed record PersonFields(string? Email, string? Name, string? Locale, string? TimeZone);

    public sealed record BehalfFields(string? Name, string? Email);

    /// <summary>One of: minutes before the deadline; a time of the person's clocks on the day, or days before it; a moment.</summary>
    public sealed record Reminder(int? MinutesBefore, int? DaysBefore, string? Time, string? At);

    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpContext context, CurrentProject project, RequestFlow flow, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(context.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.CreateRequestRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<NewRequest> asked = RequestChecks.Read(request.Value, project, clock.GetUtcNow());
        if (!asked.IsSuccess) return asked.Failure.ToApiError();
        Result<string> answer = await flow.CreateAsync(
            asked.Value, FlowFields.ActorOf(project, context), key.Value, made => JsonSerializer.Serialize(RequestResponse.Of(made), ApiJson.Default.RequestResponse), ct);
        if (!answer.IsSuccess) return FlowFields.Renamed(answer.Failure, "person.email", "on_behalf_of.email").ToApiError();
        return TypedResults.Content(answer.Value, "application/json", statusCode: StatusCodes.Status201Created);
    }
}
