using Mail.Api.Mailboxes.Connections;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Usage;

namespace Mail.Api.Mailboxes;

/// <summary>A mailbox as the API shows it: never its credentials.</summary>
/// <param name="User">The app's user, or `user:{id}` of the console.</param>
/// <param name="Connection">Null when it has ended and the connection was removed.</param>
/// <param name="Status">`provisioning`, `active`, `suspended`, `deleting`, `deleted` or `failed`.</param>
/// <param name="WaitingFor">What is being done; null while nothing is.</param>
/// <param name="CredentialsWaiting">Whether there are credentials that nobody has seen: POST /mailboxes/{id}/credentials shows them, once.</param>
/// <param name="EmailsSentToday">Recipients that mails of its address reached since midnight UTC.</param>
/// <param name="EmailsSentMonth">The same since the first of the month.</param>
public sealed record MailboxResponse(
    string Object, string Id, string Email, string Username, string Domain, string DisplayName, string User, string Provider, string? Connection, string Status, WaitFacts? WaitingFor, ProblemFacts? Problem,
    bool CredentialsWaiting, DateTimeOffset? CredentialsShownAt, long EmailsSentToday, long EmailsSentMonth, DateTimeOffset CreatedAt, DateTimeOffset? ActiveAt, DateTimeOffset? EndedAt)
{
    public static MailboxResponse Of(Mailbox mailbox, SentCounts sent)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return new MailboxResponse(
            "mailbox", mailbox.Id.ToString(), mailbox.Address, mailbox.UserName, mailbox.Domain, mailbox.DisplayName, mailbox.Owner, mailbox.Provider, mailbox.ConnectionId?.ToString(), mailbox.State.Name(),
            WaitFacts.Of(mailbox), ProblemFacts.Of(mailbox.Problem), mailbox.HasCredentials, mailbox.CredentialsShownAt, sent.Today, sent.Month, mailbox.CreatedAt, mailbox.ActiveAt, mailbox.EndedAt);
    }
}

/// <summary>What a mailbox waits for.</summary>
/// <param name="Goal">Where it is being led: `active`, `suspended`, `rotated`, `deleted` or `failed` (what was made is undone).</param>
/// <param name="Step">The last step that is done: `reserved`, `created`, `sending`, `credentials`, `active`.</param>
/// <param name="Reason">Why it did not go on the last time; null while nothing hinders.</param>
/// <param name="NextAttemptAt">When it is tried again; null while it is under way.</param>
public sealed record WaitFacts(string Goal, string Step, string? Reason, DateTimeOffset? NextAttemptAt)
{
    public static WaitFacts? Of(Mailbox mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return mailbox.Goal is { } goal ? new WaitFacts(goal.Name(), mailbox.Step.Name(), mailbox.NextAttemptAt is null ? null : mailbox.Problem?.Detail, mailbox.NextAttemptAt) : null;
    }
}

/// <summary>How a program sends as the mailbox. Shown once.</summary>
/// <param name="WebPassword">For the webmail, where it is another one.</param>
public sealed record CredentialsResponse(string SmtpServer, int SmtpPort, string Username, string Password, string? WebPassword)
{
    public static CredentialsResponse Of(MailboxCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return new CredentialsResponse(credentials.Server, credentials.Port, credentials.UserName, credentials.Password, credentials.WebPassword);
    }

    /// <summary>Never the secrets: a record would print them.</summary>
    public override string ToString() => $"{Username} at {SmtpServer}:{SmtpPort}";
}
