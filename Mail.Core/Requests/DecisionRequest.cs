using Mail.Core.ActionLinks;
using Mail.Core.Common;

namespace Mail.Core.Requests;

public enum RequestState
{
    /// <summary>The person may decide.</summary>
    Pending,
    Decided,

    /// <summary>Nobody decided before the deadline.</summary>
    Expired,

    /// <summary>Taken back by the app.</summary>
    Canceled,
}

/// <summary>What can happen to a request.</summary>
public enum RequestChange
{
    Created,
    Resent,
    Reminded,
    Decided,
    Expired,
    Canceled,
}

/// <summary>What the person chose.</summary>
/// <param name="Choice">The key of one of the choices.</param>
public sealed record RequestDecision(string Choice, string? Comment, DateTimeOffset At, ActionVisitor Visitor);

/// <summary>One person is asked for one decision, until a deadline. Its last three states are final.</summary>
public sealed class DecisionRequest
{
    /// <summary>Mails on demand, beside the first one and the reminders.</summary>
    public const int MostResends = 10;

    /// <summary>Between two of those.</summary>
    public static readonly TimeSpan ResendPause = TimeSpan.FromMinutes(1);

    public DecisionRequest(ProjectId project, Guid id, bool isTest, string email, RequestContent content, DateTimeOffset createdAt, DateTimeOffset deadline)
    {
        (ProjectId, Id, IsTest, Email, Content, CreatedAt, Deadline, MailedAt) = (project, id, isTest, email, content, createdAt, deadline, createdAt);
    }

    public ProjectId ProjectId { get; }

    public Guid Id { get; }

    public bool IsTest { get; }

    /// <summary>The person's address, in its normal form.</summary>
    public string Email { get; }

    public RequestContent Content { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset Deadline { get; }

    public RequestState State { get; private set; }

    public RequestDecision? Decision { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When it was last mailed on demand.</summary>
    public DateTimeOffset MailedAt { get; private set; }

    public int Resends { get; private set; }

    /// <summary>Of the stored row: a writer who read an older one writes nothing.</summary>
    public int Version { get; internal set; }

    /// <summary>The person decides. At the deadline it is too late, also where the timer has not come yet.</summary>
    public Result<RequestChange> Decide(string choice, string? comment, ActionVisitor visitor, DateTimeOffset now)
    {
        if (Objection(now) is { } objection) return objection;
        if (!Content.Choices.Any(known => known.Key == choice)) return Failure.Field("choice", "is none of this request's choices.");
        Decision = new RequestDecision(choice, comment, now, visitor);
        return End(RequestState.Decided, RequestChange.Decided, now);
    }

    public Result<RequestChange> Expire(DateTimeOffset now)
    {
        if (State is not RequestState.Pending) return Over();
        if (now < Deadline) return new Failure(FailureKind.Conflict, "request_pending", "The deadline of this request has not come yet.");
        return End(RequestState.Expired, RequestChange.Expired, now);
    }

    public Result<RequestChange> Cancel(DateTimeOffset now) => State is RequestState.Pending ? End(RequestState.Canceled, RequestChange.Canceled, now) : Over();

    /// <param name="number">Which of the reminders, from 0.</param>
    public Result<RequestChange> Remind(int number, DateTimeOffset now)
    {
        if (Objection(now) is { } objection) return objection;
        // After a worker slept over several, one mail says it all: the last one that is due.
        return number + 1 < Content.Reminders.Count && Content.Reminders[number + 1] <= now
            ? new Failure(FailureKind.Conflict, "later_reminder", "A later reminder is due as well.")
            : RequestChange.Reminded;
    }

    public Result<RequestChange> Resend(DateTimeOffset now)
    {
        if (Objection(now) is { } objection) return objection;
        if (Resends >= MostResends) return new Failure(FailureKind.TooMany, "too_many_resends", $"This request was mailed again {MostResends} times; that is all.");
        if (now - MailedAt < ResendPause) return new Failure(FailureKind.TooMany, "too_many_resends", "This request was mailed less than a minute ago.") { RetryAfter = MailedAt + ResendPause - now };
        (MailedAt, Resends) = (now, Resends + 1);
        return RequestChange.Resent;
    }

    /// <summary>As it was stored.</summary>
    internal void Restore(RequestState state, RequestDecision? decision, DateTimeOffset? endedAt, DateTimeOffset mailedAt, int resends, int version) =>
        (State, Decision, EndedAt, MailedAt, Resends, Version) = (state, decision, endedAt, mailedAt, resends, version);

    private Failure? Objection(DateTimeOffset now) =>
        State is not RequestState.Pending ? Over() : now >= Deadline ? new Failure(FailureKind.Conflict, "request_expired", "The deadline of this request is over.") : null;

    private Failure Over() => new(FailureKind.Conflict, $"request_{State.Name()}", $"This request is {State.Name()}: nothing about it changes any more.");

    private Result<RequestChange> End(RequestState state, RequestChange change, DateTimeOffset now)
    {
        (State, EndedAt) = (state, now);
        return change;
    }
}

public static class RequestNames
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<RequestState>().Select(Name)];

#pragma warning disable CA1308 // the wire's names are lower case
    public static string Name(this RequestState state) => state.ToString().ToLowerInvariant();

    public static string Name(this RequestChange change) => change.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static bool TryParse(string name, out RequestState state)
    {
        state = default;
        foreach (RequestState one in Enum.GetValues<RequestState>())
        {
            if (one.Name() != name) continue;
            state = one;
            return true;
        }

        return false;
    }
}
