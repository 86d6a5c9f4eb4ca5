using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Requests;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes;

/// <summary>GET /mailboxes/{id} and /mailboxes/{id}/timeline: how it stands, and what has led there.</summary>
public static class GetMailbox
{
    public static void Map(IEndpointRouteBuilder mailboxes)
    {
        mailboxes.MapGet("/{id}", Handle).RequireScope(Scopes.ReadMailboxes).ProducesApiError(404).WithSummary("Get a mailbox");
        mailboxes.MapGet("/{id}/timeline", TimelineAsync).RequireScope(Scopes.ReadMailboxes).ProducesApiError(404).WithSummary("Get a mailbox's timeline")
            .WithDescription("Each step with provider, status, code and milliseconds, what came first first. Never a secret.");
    }

    public sealed record TimelineResponse(string Object, IReadOnlyList<FlowLine> Data);

    public static async Task<Results<Ok<MailboxResponse>, ApiError>> Handle(string id, HttpContext http, CurrentProject project, MailboxStore mailboxes, MailboxAnswers answers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answers);
        Result<Mailbox> found = await FindAsync(id, http, project, mailboxes, ct);
        return found.IsSuccess ? TypedResults.Ok(await answers.OfAsync(found.Value, ct)) : found.Failure.ToApiError();
    }

    public static async Task<Results<Ok<TimelineResponse>, ApiError>> TimelineAsync(string id, HttpContext http, CurrentProject project, MailboxStore mailboxes, FlowHistory history, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(history);
        Result<Mailbox> found = await FindAsync(id, http, project, mailboxes, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        return TypedResults.Ok(new TimelineResponse("list", [.. (await history.ListAsync(found.Value.ProjectId, found.Value.Id, ct)).Select(FlowLine.Of)]));
    }

    private static async Task<Result<Mailbox>> FindAsync(string id, HttpContext http, CurrentProject project, MailboxStore mailboxes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailboxes);
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure;
        return Guid.TryParse(id, out Guid value) && await mailboxes.FindAsync(caller.Value.Access, value, ct) is { } mailbox ? mailbox : Failure.NotFound("Mailbox");
    }
}
