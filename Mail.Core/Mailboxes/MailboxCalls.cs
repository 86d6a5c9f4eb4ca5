using System.Diagnostics;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>
/// Makes a mailbox's calls. Where the provider has no password for programs, they use our own SMTP submission, and its password (<see cref="MailboxLogins"/>) is treated as the provider's are:
/// made, stopped and removed with each call, and so once more when the call is made once more.
/// </summary>
public sealed class MailboxCalls(MailboxProviders providers, MailboxLogins logins, SubmissionAddress submission, MailboxVault vault)
{
    internal async Task<CallResult> MakeAsync(Mailbox mailbox, MailboxCall call, CancellationToken ct)
    {
        if (call is MailboxCall.Delete) await logins.RevokeAsync(mailbox.ProjectId, mailbox.Id, ct); // first: whatever the provider does, and whether it can be reached or not, nothing more is sent
        OpenedConnection? opened = mailbox.ConnectionId is { } id ? await providers.OpenAsync(mailbox.ProjectId, id, ct) : null;
        if (opened?.Provider is not { } provider)
            return new CallResult(Problem: opened?.Problem ?? new ProviderProblem(ProviderProblems.Settings, "Its connection is gone.", "Delete the account at the provider by hand.", false));
        (MailboxOrder order, string account, string name, string kind) = (mailbox.Order, mailbox.Account ?? "", call.Name(), opened.Kind);
        switch (call)
        {
            case MailboxCall.Create:
                return Named(await providers.CallAsync(kind, name, limited => provider.CreateAsync(order, limited), ct));
            case MailboxCall.SetUpSending:
                return Named(await providers.CallAsync(kind, name, limited => provider.SetUpSendingAsync(order, account, limited), ct));
            case MailboxCall.IssueCredentials:
                return await SealedAsync(mailbox, await providers.CallAsync(kind, name, limited => provider.IssueCredentialsAsync(order, account, limited), ct), ct);
            case MailboxCall.Suspend:
                CallResult suspended = Flagged(await providers.CallAsync(kind, name, limited => provider.SuspendAsync(order, account, limited), ct));
                if (suspended.Problem is null) await logins.SuspendAsync(mailbox.ProjectId, mailbox.Id, ct);
                return suspended;
            case MailboxCall.Resume:
                CallResult resumed = Flagged(await providers.CallAsync(kind, name, limited => provider.ResumeAsync(order, account, limited), ct));
                if (resumed.Problem is null) await logins.ResumeAsync(mailbox.ProjectId, mailbox.Id, ct);
                return resumed;
            case MailboxCall.Delete:
                return Flagged(await providers.CallAsync(kind, name, limited => provider.DeleteAsync(order, mailbox.Account, limited), ct));
            default:
                throw new UnreachableException($"{call}");
        }
    }

    private static CallResult Named(ProviderOutcome<string> outcome) => outcome.IsSuccess ? new CallResult(outcome.Value) : new CallResult(Problem: outcome.Problem);

    private static CallResult Flagged(ProviderOutcome<bool> outcome) => outcome.IsSuccess ? new CallResult(Flag: outcome.Value) : new CallResult(Problem: outcome.Problem);

    private async Task<CallResult> SealedAsync(Mailbox mailbox, ProviderOutcome<MailboxCredentials> outcome, CancellationToken ct)
    {
        if (!outcome.IsSuccess) return new CallResult(Problem: outcome.Problem);
        if (!outcome.Value.UsesOurSubmission) return new CallResult(Credentials: vault.Seal(mailbox, outcome.Value));
        if (submission.Server is not { } server)
            return new CallResult(Problem: new ProviderProblem(ProviderProblems.Settings, "Nobody has said under which name programs reach the SMTP submission.", "Set MailboxSubmission__Server, or BASE_URL.", IsTransient: true));
        string password = await logins.IssueAsync(mailbox.ProjectId, mailbox.Id, mailbox.Address, ct);
        return new CallResult(Credentials: vault.Seal(mailbox, outcome.Value with { Server = server, Port = submission.Port, UserName = mailbox.Address, Password = password }));
    }
}
