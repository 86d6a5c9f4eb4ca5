using Mail.Core.Common;
using Mail.Protocol.Calendar;

namespace Mail.Core.Appointments;

/// <summary>What came of an answer.</summary>
public enum ReplyEffect
{
    /// <summary>The attendee's status is another now.</summary>
    Changed,

    /// <summary>Known before, or older than what is known.</summary>
    NothingNew,

    /// <summary>It answers an earlier time, or an appointment that was called off: it is kept in the history.</summary>
    Stale,

    /// <summary>No appointment, or nobody who was invited to it.</summary>
    Unmatched,

    /// <summary>A mail without an answer of a calendar.</summary>
    NoReply,
}

/// <summary>What a calendar answered.</summary>
/// <param name="Sequence">Which version of the appointment is answered.</param>
/// <param name="Stamp">When, by the attendee's clock.</param>
/// <param name="ProposedStart">Another time, as the attendee's calendar writes it.</param>
public sealed record CalendarAnswer(AttendeeStatus Status, int Sequence, DateTimeOffset? Stamp, string? Comment, string? ProposedStart);

/// <summary>Somebody who is invited.</summary>
/// <param name="id">Stands, signed, in the address that the attendee's calendar answers to.</param>
/// <param name="email">In its normal form.</param>
/// <param name="address">As it was given.</param>
public sealed class Attendee(Guid id, string email, string address, string? name, string? locale, string? timeZone)
{
    public Guid Id { get; } = id;

    public string Email { get; } = email;

    public string Address { get; } = address;

    public string? Name { get; } = name;

    public string? Locale { get; } = locale;

    public string? TimeZone { get; } = timeZone;

    public AttendeeStatus Status { get; private set; }

    /// <summary>The version that needs an answer.</summary>
    public int AskedSequence { get; private set; }

    public int? ReplySequence { get; private set; }

    /// <summary>When the answer was given, by the attendee's clock and never later than ours.</summary>
    public DateTimeOffset? ReplyStamp { get; private set; }

    public string? Comment { get; private set; }

    /// <summary>As the attendee's calendar writes it.</summary>
    public string? ProposedStart { get; private set; }

    internal void Ask(int sequence) => (AskedSequence, Status, Comment, ProposedStart) = (sequence, AttendeeStatus.NeedsAction, null, null);

    /// <summary>The later of two answers counts (RFC 5546 §2.1.5): by the version that is answered, then by the attendee's own time.</summary>
    internal ReplyEffect Take(CalendarAnswer reply, DateTimeOffset now)
    {
        // A clock that is ahead must not make the answer of today beat that of tomorrow.
        DateTimeOffset stamp = reply.Stamp is { } given && given < now ? given : now;
        if (reply.Sequence < AskedSequence) return ReplyEffect.Stale;
        if (ReplyStamp is { } known && (reply.Sequence, stamp).CompareTo((ReplySequence ?? 0, known)) <= 0) return ReplyEffect.NothingNew;
        bool isNew = (Status, Comment, ProposedStart) != (reply.Status, reply.Comment, reply.ProposedStart);
        (Status, ReplySequence, ReplyStamp, Comment, ProposedStart) = (reply.Status, reply.Sequence, stamp, reply.Comment, reply.ProposedStart);
        return isNew ? ReplyEffect.Changed : ReplyEffect.NothingNew;
    }

    /// <summary>The same person, by another name, language or time zone.</summary>
    internal Attendee As(NewAttendee person)
    {
        Attendee same = new(Id, Email, person.Address, person.Name, person.Locale, person.TimeZone);
        same.Restore(Status, AskedSequence, ReplySequence, ReplyStamp, Comment, ProposedStart);
        return same;
    }

    internal void Restore(AttendeeStatus status, int asked, int? sequence, DateTimeOffset? stamp, string? comment, string? proposed) =>
        (Status, AskedSequence, ReplySequence, ReplyStamp, Comment, ProposedStart) = (status, asked, sequence, stamp, comment, proposed);
}

/// <summary>Who is to hear what of a change.</summary>
/// <param name="IsOther">Whether those who were invited before find anything else in their calendars.</param>
/// <param name="Removed">Who is not invited any more.</param>
public sealed record AppointmentNews(bool IsOther, IReadOnlyList<Attendee> Added, IReadOnlyList<Attendee> Removed);

/// <summary>An appointment that stands in the attendees' calendars: each change counts up its sequence, and calling it off is the last one.</summary>
public sealed class Appointment(ProjectId project, Guid id, bool isTest, string uid, AppointmentContent content, AppointmentTime time, IReadOnlyList<Attendee> attendees, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = project;

    public Guid Id { get; } = id;

    public bool IsTest { get; } = isTest;

    /// <summary>What calendars know it by.</summary>
    public string Uid { get; } = uid;

    public AppointmentContent Content { get; private set; } = content;

    public AppointmentTime Time { get; private set; } = time;

    public IReadOnlyList<Attendee> Attendees { get; private set; } = attendees;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset ChangedAt { get; private set; } = createdAt;

    public int Sequence { get; private set; }

    public bool IsCancelled { get; private set; }

    public string State => IsCancelled ? "cancelled" : "scheduled";

    /// <summary>Of the stored row.</summary>
    public int Version { get; internal set; }

    /// <summary>A new time needs new answers. Who comes or goes concerns nobody else: each sees themself alone.</summary>
    /// <param name="people">All who are to be invited from now on, whose addresses all differ; null for the same.</param>
    /// <returns>Null when nothing is another now.</returns>
    public Result<AppointmentNews?> Change(AppointmentContent content, AppointmentTime time, IReadOnlyList<NewAttendee>? people, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (IsCancelled) return Over;
        (bool isMoved, IReadOnlyList<Attendee> before) = (time != Time, Attendees);
        Attendee[] after = people is null ? [.. before] : [.. people.Select(person =>
            before.FirstOrDefault(one => one.Email == person.Email)?.As(person) ?? new Attendee(UuidV7.New(now), person.Email, person.Address, person.Name, person.Locale, person.TimeZone))];
        Attendee[] added = [.. after.Where(one => before.All(known => known.Id != one.Id))], removed = [.. before.Where(known => after.All(one => one.Id != known.Id))];
        bool isOther = isMoved || content != Content, isSame = !isOther && added.Length + removed.Length == 0;
        Attendees = after;
        if (isSame) return people is null || people.Select(Facts).SequenceEqual(before.Select(Facts)) ? (AppointmentNews?)null : new AppointmentNews(false, [], []);
        // Counted up for those who come and go too: a calendar takes leave, or somebody who is invited again, for news by this alone.
        (Content, Time, ChangedAt, Sequence) = (content, time, now, Sequence + 1);
        foreach (Attendee attendee in isMoved ? after : added) attendee.Ask(Sequence);
        return new AppointmentNews(isOther, added, removed);
    }

    public Failure? Cancel(DateTimeOffset now)
    {
        if (IsCancelled) return Over;
        (IsCancelled, ChangedAt, Sequence) = (true, now, Sequence + 1);
        return null;
    }

    /// <summary>An attendee answers. What is proven about who that is was looked at before.</summary>
    public ReplyEffect Reply(Attendee attendee, CalendarAnswer reply, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(attendee);
        return IsCancelled ? ReplyEffect.Stale : attendee.Take(reply, now);
    }

    internal void Restore(int sequence, bool isCancelled, DateTimeOffset changedAt, int version) => (Sequence, IsCancelled, ChangedAt, Version) = (sequence, isCancelled, changedAt, version);

    private static (string, string?, string?, string?) Facts(NewAttendee one) => (one.Address, one.Name, one.Locale, one.TimeZone);

    private static (string, string?, string?, string?) Facts(Attendee one) => (one.Address, one.Name, one.Locale, one.TimeZone);

    private static Failure Over => new(FailureKind.Conflict, "appointment_cancelled", "This appointment was called off: nothing about it changes any more.");
}
