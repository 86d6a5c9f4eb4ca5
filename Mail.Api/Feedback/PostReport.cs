using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Feedback;
using Mail.Core.Projects;
using Mail.Protocol.Mime.Parsing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Mail.Api.Feedback;

/// <summary>POST /inbound/report: a bounce or complaint that came another way, as the mail it is.</summary>
public static class PostReport
{
    public static void Map(IEndpointRouteBuilder inbound) =>
        inbound.MapPost("/report", Handle).ForTestKeys(TestKeyReach.Nothing).RequireScope(Scopes.WriteReports).Accepts<IFormFile>("message/rfc822").ProducesApiError(413).ProducesApiError(503)
            .WithDescription("Takes a bounce (RFC 3464, or in prose) or a complaint (RFC 5965) as the raw mail, and records what it says about messages of the project. The same report twice changes nothing.");

    /// <param name="Kind">What the mail is: `delivery`, `complaint`, `auto_reply`, `read_receipt` or `none`.</param>
    /// <param name="Deliveries">What it says about messages; empty when it says nothing.</param>
    public sealed record Response(string Object, string Kind, IReadOnlyList<Fate> Deliveries);

    /// <param name="EmailId">The message; null when none of the project's fits.</param>
    /// <param name="State">What is reported: `bounced`, `complained`, `delivered` or `delivery_delayed`.</param>
    /// <param name="Effect">`changed`, `nothing_new`, `told` (a delay: an event and no state), `still_waiting` or `unmatched`.</param>
    /// <param name="Hard">For a bounce: whether the address itself is dead.</param>
    public sealed record Fate(string? EmailId, string? Email, string State, string Effect, string? Reason, bool Hard);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, ReportIntake intake, IOptions<FeedbackOptions> options, CancellationToken ct)
    {
        byte[] raw = await JsonBody.ReadBytesAsync(http, options.Value.MaxReportBytes, ct);
        if (raw.Length == 0) return Failure.Missing("body").ToApiError();
        if (!ParsedMessage.TryParse(raw, out ParsedMessage? mail, out MimeDefect? defect)) return Failure.Field("body", $"is no mail that can be read: {defect.Detail}").ToApiError();
        if (mail.Headers.Count == 0) return Failure.Field("body", "is no mail: send it raw, from its first header on, as message/rfc822.").ToApiError();
        ReportResult result = await intake.RecordAsync(new InboundReport(raw, ReportSource.Http) { Project = project.Id }, ct);
        if (result.IsTooEarly) return new Failure(FailureKind.Unavailable, "service_unavailable", "The message that the report is about is being sent just now. Send the report again in a minute.").ToApiError();
        return TypedResults.Ok(new Response("report", result.Report.Kind.Name(), [.. result.Fates.Select(FateOf)]));
    }

    private static Fate FateOf(ReportedFate fate) => new(
        fate.Delivery?.MessageId.ToString(), fate.Recipient, (fate.State ?? DeliveryState.DeliveryDelayed).Name(), fate.Effect.Name(), fate.Reason, fate.IsHard);
}
