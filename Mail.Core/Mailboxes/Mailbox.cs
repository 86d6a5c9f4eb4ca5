using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>
/// One address at a provider, from the wish to its end. What happens to it comes from two sides: wishes (<see cref="Suspend"/> and its like), which set a goal, and answers of the provider
/// (`MailboxMachine`), which lead there. One call is made at a time, and nobody else changes the row of a mailbox while it is locked.
/// </summary>
public sealed class Mailbox
{
    /// <summary>A call that was not heard of for so long is none any more: its worker is gone, and so is its message.</summary>
    internal static readonly TimeSpan LongestCall = TimeSpan.FromHours(1);

    public Mailbox(ProjectId project, Guid id, bool isTest, string owner, string address, string displayName, string provider, Guid? connection, DateTimeOffset createdAt)
    {
        (ProjectId, Id, IsTest, Owner, Address, DisplayName, Provider, ConnectionId, CreatedAt) = (project, id, isTest, owner, address, displayName, provider, connection, createdAt);
        (Goal, GoalAt) = (MailboxGoal.Active, createdAt);
    }

    public ProjectId ProjectId { get; }

    public Guid Id { get; }

    public bool IsTest { get; }

    /// <summary>The app's user, or `user:{id}` of the console.</summary>
    public string Owner { get; }

    /// <summary>ASCII, in lower case.</summary>
    public string Address { get; }

    public string UserName => Address[..Address.IndexOf('@', StringComparison.Ordinal)];

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public string DisplayName { get; }

    /// <summary>The name of its provider's kind.</summary>
    public string Provider { get; }

    /// <summary>Null when it has ended and the connection was removed.</summary>
    public Guid? ConnectionId { get; }

    public DateTimeOffset CreatedAt { get; }

    public MailboxState State { get; internal set; }

    public MailboxStep Step { get; internal set; }

    /// <summary>Null while it rests.</summary>
    public MailboxGoal? Goal { get; internal set; }

    /// <summary>Since when the goal is pursued.</summary>
    public DateTimeOffset? GoalAt { get; internal set; }

    /// <summary>Why it is not as it should be; the last reason.</summary>
    public MailboxProblem? Problem { get; internal set; }

    /// <summary>When the next step is tried; null when nothing is waited for.</summary>
    public DateTimeOffset? NextAttemptAt { get; internal set; }

    /// <summary>When it was ready for the first time.</summary>
    public DateTimeOffset? ActiveAt { get; internal set; }

    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Whether there are credentials that nobody has seen.</summary>
    public bool HasCredentials => Credentials is not null;

    public DateTimeOffset? CredentialsShownAt { get; internal set; }

    /// <summary>Of the stored row: a writer who read an older one writes nothing.</summary>
    public int Version { get; internal set; }

    /// <summary>What the provider calls it.</summary>
    internal string? Account { get; set; }

    internal string? Identity { get; set; }

    /// <summary>Encrypted.</summary>
    internal string? Credentials { get; set; }

    /// <summary>Which message of the bus leads it on; others come to nothing.</summary>
    internal int Turn { get; set; } = 1;

    internal DateTimeOffset? CallingSince { get; set; }

    /// <summary>The provider was asked to make it, and has not said that it did not.</summary>
    internal bool MayExist { get; set; }

    /// <summary>Of the step, in vain.</summary>
    internal int Attempts { get; set; }

    internal MailboxOrder Order => new(Id, Address, DisplayName);

    public Failure? Suspend(DateTimeOffset now) => State is MailboxState.Active ? Pursue(MailboxGoal.Suspended, now) : Wrong("suspended", MailboxState.Suspended);

    public Failure? Resume(DateTimeOffset now) => State is MailboxState.Suspended ? Pursue(MailboxGoal.Active, now) : Wrong("resumed", MailboxState.Active);

    public Failure? Rotate(DateTimeOffset now) => State is MailboxState.Active ? Pursue(MailboxGoal.Rotated, now) : Wrong("given new credentials", null);

    /// <summary>Also while it is being made or changed. Nothing happens when it is on its way out already.</summary>
    public Failure? Delete(DateTimeOffset now)
    {
        if (EndedAt is not null) return Failure.NotFound("Mailbox");
        if (State is MailboxState.Deleting) return null;
        State = MailboxState.Deleting;
        SetGoal(MailboxGoal.Deleted, now);
        return null;
    }

    /// <summary>For what its provider will not remove: it ends here without the provider's word, and what is left there is for somebody to remove by hand. Only after the provider was asked in vain.</summary>
    public Failure? GiveUp()
    {
        if (EndedAt is not null) return Failure.NotFound("Mailbox");
        if (State is not MailboxState.Deleting) return new Failure(FailureKind.Conflict, $"mailbox_{State.Name()}", $"This mailbox is {State.Name()}. Only one that is being deleted can be given up.");
        if (!MayExist) return null;
        if (Attempts == 0) return new Failure(FailureKind.Conflict, "mailbox_busy", "The provider is being asked to remove this mailbox. Give it up only when that fails.");
        (MayExist, NextAttemptAt) = (false, null);
        return null;
    }

    internal void SetGoal(MailboxGoal? goal, DateTimeOffset now) => (Goal, GoalAt, Attempts, NextAttemptAt) = (goal, goal is null ? null : now, 0, null);

    private Failure? Pursue(MailboxGoal goal, DateTimeOffset now)
    {
        if (Goal == goal) return null;
        if (Goal is not null) return new Failure(FailureKind.Conflict, "mailbox_busy", "This mailbox is being changed just now. Try again when that is done.");
        SetGoal(goal, now);
        Problem = null;
        return null;
    }

    private Failure? Wrong(string what, MailboxState? already) => State == already && Goal is null ? null
        : EndedAt is not null ? Failure.NotFound("Mailbox")
        : new Failure(FailureKind.Conflict, $"mailbox_{State.Name()}", $"This mailbox is {State.Name()} and cannot be {what}.");
}
