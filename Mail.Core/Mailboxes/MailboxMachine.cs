using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>What came of a call, in one form for all of them.</summary>
/// <param name="Name">What the provider calls the account, or the sending identity.</param>
/// <param name="Flag">What <see cref="IMailboxProvider.ResumeAsync"/> answers.</param>
/// <param name="Credentials">Sealed.</param>
/// <param name="Problem">In place of all of these.</param>
internal sealed record CallResult(string? Name = null, bool Flag = false, string? Credentials = null, ProviderProblem? Problem = null);

/// <summary>
/// Which call is next, and what its answer means. Forwards: create, sending, credentials, active. Backwards there is one step from wherever it is, because the provider finds by the mark what
/// there is. Nothing here waits, calls or stores.
/// </summary>
internal static class MailboxMachine
{
    /// <summary>Null when the next step needs no call.</summary>
    public static MailboxCall? NextCall(Mailbox mailbox) => mailbox.Goal switch
    {
        MailboxGoal.Deleted or MailboxGoal.Failed => mailbox.MayExist ? MailboxCall.Delete : null,
        MailboxGoal.Suspended => MailboxCall.Suspend,
        MailboxGoal.Rotated => MailboxCall.IssueCredentials,
        MailboxGoal.Active => mailbox.Step switch
        {
            MailboxStep.Reserved => MailboxCall.Create,
            MailboxStep.Created => MailboxCall.SetUpSending,
            MailboxStep.Sending => MailboxCall.IssueCredentials,
            MailboxStep.Credentials => null,
            _ => MailboxCall.Resume,
        },
        _ => null,
    };

    /// <param name="mailbox">As it is now, locked.</param>
    /// <param name="call">What was called, for the goal that it had then.</param>
    /// <param name="wasMayExist">Whether the provider may have made it before this call.</param>
    public static void Apply(Mailbox mailbox, MailboxCall? call, MailboxGoal goal, bool wasMayExist, CallResult result, MailboxOptions options, DateTimeOffset now)
    {
        mailbox.CallingSince = null;
        if (result.Problem is not { } problem || (call is MailboxCall.Delete && problem.Code == ProviderProblems.Gone))
        {
            Succeeded(mailbox, call, goal, result, now);
            return;
        }

        // It has said no before it did anything, and nobody had asked it before: there is nothing to undo.
        if (call is MailboxCall.Create && !wasMayExist && IsDefinite(problem)) mailbox.MayExist = false;
        if (mailbox.Goal != goal) return; // somebody wants something else meanwhile: what hindered this hinders nobody
        // Why it could not be made stays told; what hinders undoing it stands in the history.
        if (mailbox.Goal is not MailboxGoal.Failed) mailbox.Problem = MailboxProblem.Of(problem, now);
        if (mailbox.State is MailboxState.Deleting) Wait(mailbox, problem.IsTransient ? Delay(mailbox, problem, options) : options.LongestRetry, now);
        else if (problem.IsTransient) TryAgain(mailbox, problem, options, now);
        else GiveUp(mailbox, isGone: problem.Code == ProviderProblems.Gone, now);
    }

    private static void Succeeded(Mailbox mailbox, MailboxCall? call, MailboxGoal goal, CallResult result, DateTimeOffset now)
    {
        (mailbox.Attempts, mailbox.NextAttemptAt) = (0, null);
        if (mailbox.State is not MailboxState.Deleting) mailbox.Problem = null;
        switch (call)
        {
            case MailboxCall.Create:
                (mailbox.Account, mailbox.MayExist, mailbox.Step) = (result.Name, true, MailboxStep.Created);
                break;
            case MailboxCall.SetUpSending:
                (mailbox.Identity, mailbox.Step) = (string.IsNullOrEmpty(result.Name) ? null : result.Name, MailboxStep.Sending);
                break;
            case MailboxCall.IssueCredentials:
                (mailbox.Credentials, mailbox.CredentialsShownAt) = (result.Credentials, null);
                if (goal is MailboxGoal.Active) mailbox.Step = MailboxStep.Credentials;
                if (mailbox.Goal is MailboxGoal.Rotated) Rest(mailbox, mailbox.State, now);
                break;
            case MailboxCall.Suspend when mailbox.Goal is MailboxGoal.Suspended:
                Rest(mailbox, MailboxState.Suspended, now);
                break;
            case MailboxCall.Resume when mailbox.Goal is MailboxGoal.Active:
                if (result.Flag) Rest(mailbox, MailboxState.Active, now);
                else mailbox.Step = MailboxStep.Sending; // with new credentials
                break;
            case MailboxCall.Delete:
                End(mailbox, now);
                break;
            case null when mailbox.Goal is MailboxGoal.Active && mailbox.Step is MailboxStep.Credentials:
                mailbox.ActiveAt ??= now;
                mailbox.Step = MailboxStep.Active;
                Rest(mailbox, MailboxState.Active, now);
                break;
            case null when mailbox.State is MailboxState.Deleting && !mailbox.MayExist:
                End(mailbox, now);
                break;
        }
    }

    private static void TryAgain(Mailbox mailbox, ProviderProblem problem, MailboxOptions options, DateTimeOffset now)
    {
        TimeSpan delay = Delay(mailbox, problem, options);
        if (now + delay < mailbox.GoalAt + options.Patience)
        {
            Wait(mailbox, delay, now);
            return;
        }

        mailbox.Problem = mailbox.Problem! with { Code = MailboxProblem.TookTooLong, Detail = $"The provider could not do it for {options.Patience.TotalHours:0.#} hours: {problem.Detail}", IsTransient = false };
        GiveUp(mailbox, isGone: false, now);
    }

    /// <summary>What was being made is undone; what was being changed stays as it is. What somebody removed at the provider is removed here too, with what may be left of it there.</summary>
    private static void GiveUp(Mailbox mailbox, bool isGone, DateTimeOffset now)
    {
        if (mailbox.State is not MailboxState.Provisioning && !isGone)
        {
            mailbox.SetGoal(null, now);
            return;
        }

        mailbox.SetGoal(mailbox.State is MailboxState.Provisioning ? MailboxGoal.Failed : MailboxGoal.Deleted, now);
        mailbox.State = MailboxState.Deleting;
        if (!mailbox.MayExist) End(mailbox, now);
    }

    private static void Wait(Mailbox mailbox, TimeSpan delay, DateTimeOffset now) => (mailbox.Attempts, mailbox.NextAttemptAt) = (mailbox.Attempts + 1, now + delay);

    /// <summary>What the provider asks for, and no less than what grows with every attempt that it did not help. A tenth to a half more by chance: those whom it sent away together do not come back together.</summary>
    private static TimeSpan Delay(Mailbox mailbox, ProviderProblem problem, MailboxOptions options)
    {
        double grown = Math.Min(options.LongestRetry.TotalSeconds, options.FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(mailbox.Attempts, 30)));
        double asked = problem.RetryAfter is { } after && after > TimeSpan.Zero ? after.TotalSeconds : 0;
#pragma warning disable CA5394 // spreads attempts, protects nothing
        return TimeSpan.FromSeconds(Math.Min(TimeSpan.FromDays(1).TotalSeconds, Math.Max(asked, grown) * (1.1 + (0.4 * Random.Shared.NextDouble()))));
#pragma warning restore CA5394
    }

    private static void Rest(Mailbox mailbox, MailboxState state, DateTimeOffset now)
    {
        mailbox.State = state;
        mailbox.Problem = null;
        mailbox.SetGoal(null, now);
    }

    private static void End(Mailbox mailbox, DateTimeOffset now)
    {
        mailbox.State = mailbox.Goal is MailboxGoal.Failed ? MailboxState.Failed : MailboxState.Deleted;
        if (mailbox.State is MailboxState.Deleted && mailbox.Problem is { Code: not ProviderProblems.Gone }) mailbox.Problem = null; // it was in the way, and is none any more
        mailbox.SetGoal(null, now);
        (mailbox.EndedAt, mailbox.Credentials) = (now, null);
    }

    private static bool IsDefinite(ProviderProblem problem) => !problem.IsUnknown && problem.Code is not (ProviderProblems.Unavailable or ProviderProblems.Unreadable);
}
