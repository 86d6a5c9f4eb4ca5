using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Feedback;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Mail.Api.Appointments;

/// <summary>POST /inbound/calendar-reply: an answer that came to the organizer's own mailbox, as the mail it is.</summary>
public static class PostCalendarReply
{
    public static void Map(IEndpointRouteBuilder inbound) => inbound.MapPost("/calendar-reply", Handle).RequireScope(Scopes.WriteAppointments).Accepts<IFormFile>("message/rfc822").ProducesApiError(413)
        .WithSummary("Hand in an answer of a calendar").WithDescription("The raw mail. It counts when its From is the attendee who answers in it: you vouch for it, so hand in only what your mail system has found genuine (DMARC).");

    /// <param name="Effect">`changed`, `nothing_new`, `stale` (to an earlier time, or to what was called off), `unmatched` or `no_reply`.</param>
    /// <param name="Status">What was answered.</param>
    public sealed record Response(string Object, string Effect, string? AppointmentId, string? Email, string? Status);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, AppointmentReplies replies, IOptions<FeedbackOptions> options, CancellationToken ct)
    {
        byte[] raw = await JsonBody.ReadBytesAsync(http, options.Value.MaxReportBytes, ct);
        if (raw.Length == 0) return Failure.Missing("body").ToApiError();
        ReplyResult result = await replies.TakeAsync(raw, project.Id, project.IsTest, ct);
        return TypedResults.Ok(new Response("calendar_reply", result.Effect.Name(), result.AppointmentId?.ToString(), result.Attendee, result.Status?.Name()));
    }
}
