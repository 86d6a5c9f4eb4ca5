using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Projects;

namespace Mail.Api.Mailboxes;

/// <summary>POST /mailboxes/{id}/suspend, /resume, /rotate, /credentials and /give-up, and DELETE: what is done with a mailbox that there is.</summary>
public static class ChangeMailbox
{
    private delegate Task<Result<Mailbox>> Wish(MailboxSetup setup, MailboxAccess access, Guid id, FlowActor by, CancellationToken ct);

    public static void Map(IEndpointRouteBuilder mailboxes)
    {
        Map(mailboxes.MapPost("/{id}/suspend", (string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct) =>
            PursueAsync(static (wish, access, mailbox, by, token) => wish.SuspendAsync(access, mailbox, by, token), id, http, project, setup, answers, ct)), "Suspend a mailbox", "It neither sends nor receives; what it holds is kept.");
        Map(mailboxes.MapPost("/{id}/resume", (string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct) =>
            PursueAsync(static (wish, access, mailbox, by, token) => wish.ResumeAsync(access, mailbox, by, token), id, http, project, setup, answers, ct)), "Resume a mailbox", "Where the provider does not let the old credentials work again there are new ones: `credentials_waiting`.");
        Map(mailboxes.MapDelete("/{id}", (string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct) =>
            PursueAsync(static (wish, access, mailbox, by, token) => wish.DeleteAsync(access, mailbox, by, token), id, http, project, setup, answers, ct)), "Delete a mailbox", "With all that it holds. The name is free again when the provider has removed it.");
        Map(mailboxes.MapPost("/{id}/give-up", (string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct) =>
            PursueAsync(static (wish, access, mailbox, by, token) => wish.GiveUpAsync(access, mailbox, by, token), id, http, project, setup, answers, ct)), "Give up a mailbox that is not removed",
            "For one that stays `deleting` because its provider refuses. It ends here and its name is free; an account that is left at the provider may go on working and costing, and has to be removed there by hand. 409 while the provider has not refused.", Scopes.AdministerMailboxes);
        mailboxes.MapPost("/{id}/rotate", RotateAsync).RequireScope(Scopes.WriteMailboxes).Produces<MailboxMade>().Produces<MailboxMade>(202).ProducesApiError(404).ProducesApiError(409)
            .WithSummary("Give a mailbox new credentials").WithDescription("They are in the answer, this once; the old ones stop working. 202 when it takes longer: then POST /mailboxes/{id}/credentials. A session shows its second factor first.");
        mailboxes.MapPost("/{id}/credentials", CredentialsAsync).RequireScope(Scopes.WriteMailboxes).Produces<MailboxMade>().ProducesApiError(404).ProducesApiError(409)
            .WithSummary("Show a mailbox's credentials, once").WithDescription("409 `credentials_shown` the second time: POST /mailboxes/{id}/rotate makes new ones. A session shows its second factor first.");
    }

    private static void Map(RouteHandlerBuilder endpoint, string summary, string description, string scope = Scopes.WriteMailboxes) => endpoint.RequireScope(scope).Produces<MailboxResponse>().Produces<MailboxResponse>(202)
        .ProducesApiError(404).ProducesApiError(409).WithSummary(summary).WithDescription(description + " 202 when the provider needs longer than 25 seconds (`Prefer: wait=5`: less).");

    private static async Task<IResult> PursueAsync(Wish wish, string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct)
    {
        Result<(MailboxCaller Caller, Guid Id, TimeSpan Patience)> read = Read(id, http, project);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (MailboxCaller caller, Guid mailbox, TimeSpan patience) = read.Value;
        Result<Mailbox> asked = await wish(setup, caller.Access, mailbox, caller.Actor, ct);
        if (!asked.IsSuccess) return asked.Failure.ToApiError();
        if (await setup.WaitAsync(caller.Access, mailbox, patience, ct) is not { } now) return NotFound;
        return TypedResults.Json(await answers.OfAsync(now, ct), ApiJson.Readable.MailboxResponse, statusCode: now.Goal is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> RotateAsync(string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxAnswers answers, CancellationToken ct)
    {
        if (await MailboxCaller.SecondFactorAsync(http, project) is { } stale) return stale.ToApiError();
        Result<(MailboxCaller Caller, Guid Id, TimeSpan Patience)> read = Read(id, http, project);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (MailboxCaller caller, Guid mailbox, TimeSpan patience) = read.Value;
        Result<Mailbox> asked = await setup.RotateAsync(caller.Access, mailbox, caller.Actor, ct);
        if (!asked.IsSuccess) return asked.Failure.ToApiError();
        return await setup.WaitAsync(caller.Access, mailbox, patience, ct) is { } now ? await answers.MadeAsync(caller, now, StatusCodes.Status200OK, ct) : NotFound;
    }

    /// <summary>A POST, because it changes something: nothing that merely looks may use them up.</summary>
    private static async Task<IResult> CredentialsAsync(string id, HttpContext http, CurrentProject project, MailboxSetup setup, MailboxStore mailboxes, CancellationToken ct)
    {
        if (await MailboxCaller.SecondFactorAsync(http, project) is { } stale) return stale.ToApiError();
        Result<(MailboxCaller Caller, Guid Id, TimeSpan Patience)> read = Read(id, http, project);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (MailboxCaller caller, Guid mailbox, _) = read.Value;
        if (await mailboxes.FindAsync(caller.Access, mailbox, ct) is not { } known) return NotFound;
        Result<MailboxCredentials> taken = await setup.TakeCredentialsAsync(caller.Access, mailbox, caller.Actor, ct);
        if (!taken.IsSuccess) return taken.Failure.ToApiError();
        MailboxMade made = new(true, known.Address, CredentialsResponse.Of(taken.Value), taken.Value.Webmail, known.Id.ToString(), known.State.Name(), null);
        return TypedResults.Json(made, ApiJson.Readable.MailboxMade);
    }

    private static Result<(MailboxCaller Caller, Guid Id, TimeSpan Patience)> Read(string id, HttpContext http, CurrentProject project)
    {
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure;
        Result<TimeSpan> patience = Patience.Of(http.Request);
        if (!patience.IsSuccess) return patience.Failure;
        return Guid.TryParse(id, out Guid mailbox) ? (caller.Value, mailbox, patience.Value) : Failure.NotFound("Mailbox");
    }

    private static ApiError NotFound => Failure.NotFound("Mailbox").ToApiError();
}
