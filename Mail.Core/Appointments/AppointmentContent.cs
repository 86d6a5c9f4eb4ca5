using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Protocol.Calendar;

namespace Mail.Core.Appointments;

/// <summary>What an appointment is, but for its time.</summary>
/// <param name="Company">Who invites, as the attendees read it.</param>
public sealed record AppointmentContent(string Title, string Company)
{
    public string? Place { get; init; }

    /// <summary>Where it takes place online.</summary>
    public string? JoinUrl { get; init; }

    public string? OrganizerName { get; init; }

    /// <summary>Gets answers to the mails (Reply-To), and without an address of ours the answers of calendars too.</summary>
    public string? OrganizerEmail { get; init; }

    public string? Description { get; init; }

    public string? Interviewers { get; init; }

    /// <summary>The sender of the mails; null for EMAIL_FROM.</summary>
    public string? From { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <summary>When it begins: a moment, or a time on the clocks of a place, which moves with that place's law.</summary>
/// <param name="Local">On the clocks of <paramref name="Zone"/>; null for a moment.</param>
public sealed record AppointmentTime(DateTimeOffset At, DateTime? Local, string? Zone, int Minutes)
{
    [JsonIgnore] public DateTimeOffset End => At.AddMinutes(Minutes);
}

/// <summary>As it is stored.</summary>
internal sealed record AppointmentFacts(
    string Title, string Company, string? Place, string? JoinUrl, string? OrganizerName, string? OrganizerEmail, string? Description, string? Interviewers, string? From, JsonElement? Metadata, AppointmentTime Time);

/// <summary>`data` of `appointment.replied`.</summary>
/// <param name="Status">`accepted`, `declined`, `tentative`, `delegated` or `needs_action`.</param>
/// <param name="ProposedStart">As the attendee's calendar writes it, when another time is proposed.</param>
public sealed record AppointmentTold(
    Guid Id, string Uid, int Sequence, string Title, DateTimeOffset StartsAt, AppointmentPerson Attendee, string Status, string PreviousStatus, string? Comment, string? ProposedStart, DateTimeOffset At, JsonElement? Metadata, bool Test);

public sealed record AppointmentPerson(Guid Id, string Email, string? Name);

/// <summary>A line of history.</summary>
internal sealed record ChangedDetail(int Sequence, DateTimeOffset StartsAt);

internal sealed record ReplyDetail(string Status, string Effect, int Sequence, string? Comment, string? ProposedStart);

internal sealed record AppointmentMailDetail(string Template, string? Problem = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppointmentFacts))]
[JsonSerializable(typeof(AppointmentTold))]
[JsonSerializable(typeof(ChangedDetail))]
[JsonSerializable(typeof(ReplyDetail))]
[JsonSerializable(typeof(AppointmentMailDetail))]
internal sealed partial class AppointmentJson : JsonSerializerContext;

/// <summary>How states and answers stand on the wire and in the database.</summary>
public static class AppointmentNames
{
    public static string Name(this AttendeeStatus status) => status switch
    {
        AttendeeStatus.Accepted => "accepted",
        AttendeeStatus.Declined => "declined",
        AttendeeStatus.Tentative => "tentative",
        AttendeeStatus.Delegated => "delegated",
        _ => "needs_action",
    };

    public static string Name(this ReplyEffect effect) => effect switch
    {
        ReplyEffect.Changed => "changed",
        ReplyEffect.NothingNew => "nothing_new",
        ReplyEffect.Stale => "stale",
        ReplyEffect.NoReply => "no_reply",
        _ => "unmatched",
    };

    internal static AttendeeStatus StatusOf(string name) => Enum.GetValues<AttendeeStatus>().FirstOrDefault(status => status.Name() == name);
}
