using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Api.Mailboxes;

/// <summary>From a checked wish to its answer.</summary>
public sealed class MailboxCreation(
    MailboxSetup setup, MailboxStore store, MailboxDomains domains, CreationAllowance allowance, IdempotentAnswers answers, Suggestions suggestions, MailboxLog log, MailboxAnswers shown, TimeProvider clock)
{
    public async Task<IResult> RunAsync(MailboxCaller caller, string username, string displayName, string? domain, IdempotencyRecord? key, TimeSpan patience, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (await RepeatedAsync(caller, key, patience, ct) is { } before) return before;
        Result<MailboxDomain> place = await domains.ResolveAsync(caller.Project.Id, caller.User, domain, ct);
        if (!place.IsSuccess) return place.Failure.ToApiError();
        string address = $"{username}@{place.Value.Domain}";
        if (caller.IsLimited && await allowance.KnownRefusalAsync(caller.Project.Id, caller.Project.IsTest, caller.Owner) is { } none) return await RefusedAsync(caller, address, place.Value, none, ct);

        MailboxWish wish = new(caller.Project.Id, caller.Project.IsTest, caller.Owner, username, place.Value.Domain, displayName) { Id = UuidV7.New(clock.GetUtcNow()) };
        bool isRepeated = false;
        Result<Mailbox> made = await setup.CreateAsync(wish, caller.Actor, ConditionAsync, ct);
        if (isRepeated && await RepeatedAsync(caller, key, patience, ct) is { } other) return other;
        if (made.IsSuccess) return await MadeAsync(caller, wish.Id.Value, username, place.Value.Domain, patience, ct);
        if (made.Failure.Code != "name_taken") return await RefusedAsync(caller, address, place.Value, made.Failure, ct);
        await log.AddRefusalAsync(caller.Access, caller.Owner, address, place.Value.Provider, made.Failure, caller.Actor, ct);
        return await TakenAsync(caller, made.Failure, username, place.Value.Domain, isTakenHere: true, ct);

        // In the transaction that makes it: a key is used for one mailbox, and of many at once for one user ten are made.
        async Task<Failure?> ConditionAsync(NpgsqlConnection within, CancellationToken token)
        {
            isRepeated = !await answers.TakeAsync(within, caller.Project.Id, key, wish.Id!.Value.ToString(), token);
            if (isRepeated) return new Failure(FailureKind.Conflict, "concurrent_idempotent_requests", "Another request with this Idempotency-Key is being carried out.");
            return caller.IsLimited ? await allowance.TakeAsync(within, caller.Project.Id, caller.Project.IsTest, caller.Owner, token) : null;
        }
    }

    /// <summary>What was made under the key: as it is now. The stored answer is its id alone, so that no credential is stored with it.</summary>
    private async Task<IResult?> RepeatedAsync(MailboxCaller caller, IdempotencyRecord? key, TimeSpan patience, CancellationToken ct)
    {
        if (await answers.FindAsync(caller.Project.Id, key, ct) is not { } stored) return null;
        if (!stored.IsSuccess) return stored.Failure.ToApiError();
        Guid id = Guid.Parse(stored.Value);
        return await store.FindAsync(caller.Access, id, ct) is { } mailbox ? await MadeAsync(caller, id, mailbox.UserName, mailbox.Domain, patience, ct) : Failure.NotFound("Mailbox").ToApiError();
    }

    private async Task<IResult> MadeAsync(MailboxCaller caller, Guid id, string username, string domain, TimeSpan patience, CancellationToken ct)
    {
        if (await setup.WaitAsync(caller.Access, id, patience, ct) is not { } mailbox) return Failure.NotFound("Mailbox").ToApiError();
        if (mailbox.State is MailboxState.Failed || mailbox.Goal is MailboxGoal.Failed)
        {
            MailboxProblem? problem = mailbox.Problem;
            Failure failure = new(FailureKind.Conflict, problem?.Code ?? "mailbox_failed", problem is null ? "The mailbox could not be made." : $"The mailbox was not made: {problem.Detail} {problem.Remedy}");
            return problem?.Code == ProviderProblems.MailboxExists ? await TakenAsync(caller, failure, username, domain, isTakenHere: false, ct) : failure.ToApiError();
        }

        return await shown.MadeAsync(caller, mailbox, StatusCodes.Status201Created, ct);
    }

    private async Task<IResult> TakenAsync(MailboxCaller caller, Failure failure, string username, string domain, bool isTakenHere, CancellationToken ct) => TypedResults.Json(
        new CreateMailbox.NameTaken(StatusCodes.Status409Conflict, failure.Code, failure.Detail, await suggestions.FindAsync(caller, username, domain, isTakenHere, ct)), ApiJson.Readable.NameTaken, statusCode: StatusCodes.Status409Conflict);

    private async Task<IResult> RefusedAsync(MailboxCaller caller, string address, MailboxDomain place, Failure why, CancellationToken ct)
    {
        await log.AddRefusalAsync(caller.Access, caller.Owner, address, place.Provider, why, caller.Actor, ct);
        return why.ToApiError();
    }
}
