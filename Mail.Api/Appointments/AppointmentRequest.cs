using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Http;
using Mail.Api.Requests;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Messages;

namespace Mail.Api.Appointments;

/// <summary>The body of POST /appointments and PATCH /appointments/{id}, where what is not named stays.</summary>
/// <param name="Company">Who invites, as the attendees read it; the project's name without it.</param>
/// <param name="StartsAt">With an offset, or by the clocks of `time_zone`: then it moves with that place's law.</param>
/// <param name="DurationMinutes">5 to 1440; 60 without it.</param>
/// <param name="JoinUrl">Where it takes place online (https).</param>
/// <param name="Attendees">One to 50. In a change all who are to be invited from then on: others are called off.</param>
/// <param name="Description">Stands in the calendar, and in the first mail.</param>
/// <param name="Interviewers">With whom, as the attendees read it.</param>
/// <param name="Message">Some words for this mail alone.</param>
/// <param name="Metadata">Yours, given back with each answer; 4 KB.</param>
public sealed record AppointmentRequest(
    string? Title, string? Company, string? StartsAt, string? TimeZone, int? DurationMinutes, string? Place, string? JoinUrl, AppointmentRequest.OrganizerFields? Organizer, AppointmentRequest.AttendeeFields?[]? Attendees,
    string? Description, string? Interviewers, string? Message, JsonElement? Metadata, string? From)
{
    private const int LongestLine = 200, LongestText = 2000, LongestUrl = 800, MostAttendees = 50, Shortest = 5, Longest = 1440, Usual = 60;
    private static readonly string[] _changeable = ["title", "company", "starts_at", "time_zone", "duration_minutes", "place", "join_url", "organizer", "description", "interviewers", "message", "metadata", "from", "attendees"];

    private HashSet<string> Given { get; init; } = [];

    /// <param name="Email">Gets answers to the mails.</param>
    public sealed record OrganizerFields(string? Name, string? Email);

    /// <param name="TimeZone">In which the mail writes the time (IANA); that of the appointment without it.</param>
    public sealed record AttendeeFields(string? Email, string? Name, string? Locale, string? TimeZone);

    public static Result<AppointmentRequest> Parse(byte[] body, bool isChange)
    {
        Result<AppointmentRequest> request = JsonBody.Parse(body, ApiJson.Default.AppointmentRequest);
        if (!request.IsSuccess) return request;
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (isChange && given.Except(_changeable).FirstOrDefault() is { } unknown) return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", $"cannot be changed; these can: {string.Join(", ", _changeable)}.");
        return request.Value with { Given = given };
    }

    /// <summary>Some words for the mail alone.</summary>
    public static Failure? ProblemWithMessage(string? message) => ActionLinkChecks.TextProblem("message", message, LongestText, lines: true);

    public Result<NewAppointment> ToNew(CurrentProject project, bool isDevelopment, DateTimeOffset now)
    {
        if (StartsAt is null) return Failure.Missing("starts_at");
        Result<(AppointmentContent Content, AppointmentTime Time)> what = Over(new AppointmentContent("", project.Name), null, project, isDevelopment, now);
        if (!what.IsSuccess) return what.Failure;
        Result<List<NewAttendee>> attendees = ReadAttendees();
        return attendees.IsSuccess ? new NewAppointment(project.Id, project.IsTest, what.Value.Content, what.Value.Time, attendees.Value, FlowFields.Trimmed(Message)) : attendees.Failure;
    }

    /// <summary>All who are to be invited from now on; null where a change does not say it.</summary>
    public Result<List<NewAttendee>?> Invited()
    {
        if (!Given.Contains("attendees")) return (List<NewAttendee>?)null;
        Result<List<NewAttendee>> read = ReadAttendees();
        return read.IsSuccess ? read.Value : read.Failure;
    }

    /// <summary>What is named, over what was there.</summary>
    public Result<(AppointmentContent Content, AppointmentTime Time)> Over(AppointmentContent content, AppointmentTime? time, CurrentProject project, bool isDevelopment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(content);
        bool isNew = time is null;
        if ((isNew || Given.Contains("title")) && FlowFields.RequiredText("title", Title, LongestLine) is { } untitled) return untitled;
        if ((ActionLinkChecks.TextProblem("company", Company, LongestLine) ?? ActionLinkChecks.TextProblem("place", Place, LongestLine) ?? ActionLinkChecks.TextProblem("organizer.name", Organizer?.Name, LongestLine)
            ?? ActionLinkChecks.TextProblem("interviewers", Interviewers, LongestLine) ?? ActionLinkChecks.TextProblem("description", Description, LongestText, lines: true) ?? ProblemWithMessage(Message) ?? ProblemWithUrl(isDevelopment)) is { } bad) return bad;
        Result<string?> organizer = FlowFields.Address("organizer.email", Organizer?.Email);
        Result<string?> from = isNew || Given.Contains("from") ? FlowFields.Sender(From, project) : content.From;
        Result<JsonElement?> metadata = FlowFields.Metadata(Metadata);
        if ((organizer.Failure ?? from.Failure ?? metadata.Failure) is { } wrong) return wrong;
        Result<AppointmentTime> when = When(time, now);
        if (!when.IsSuccess) return when.Failure;
        AppointmentContent changed = content with
        {
            Title = Title?.Trim() ?? content.Title,
            Company = FlowFields.Trimmed(Company) ?? content.Company,
            Place = Kept("place", Place, content.Place),
            JoinUrl = Kept("join_url", JoinUrl, content.JoinUrl),
            OrganizerName = Given.Contains("organizer") ? FlowFields.Trimmed(Organizer?.Name) : content.OrganizerName,
            OrganizerEmail = Given.Contains("organizer") ? organizer.Value : content.OrganizerEmail,
            Description = Kept("description", Description, content.Description),
            Interviewers = Kept("interviewers", Interviewers, content.Interviewers),
            From = from.Value,
        };
        // Two texts of JSON are never equal to each other: what is not given stays the very same.
        return (Given.Contains("metadata") && metadata.Value?.GetRawText() != content.Metadata?.GetRawText() ? changed with { Metadata = metadata.Value } : changed, when.Value);
    }

    private string? Kept(string field, string? value, string? before) => Given.Contains(field) ? FlowFields.Trimmed(value) : before;

    private Result<AppointmentTime> When(AppointmentTime? before, DateTimeOffset now)
    {
        int minutes = DurationMinutes ?? before?.Minutes ?? Usual;
        if (minutes is < Shortest or > Longest) return Failure.Field("duration_minutes", $"must be {Shortest} to {Longest}.");
        string? name = Given.Contains("time_zone") ? TimeZone : before?.Zone;
        Result<TimeZoneInfo?> zone = FlowFields.Zone("time_zone", name);
        if (!zone.IsSuccess) return zone.Failure;
        if (StartsAt is null) return Given.Contains("time_zone") && name != before!.Zone ? Failure.Field("time_zone", "cannot be changed without `starts_at`.") : before! with { Minutes = minutes };
        Result<LocalMoment> start = LocalMoment.Parse("starts_at", StartsAt, zone.Value);
        if (!start.IsSuccess) return start.Failure;
        if (start.Value.Wall is { } wall && wall.Zone.IsInvalidTime(wall.Local)) return Failure.Field("starts_at", $"is a time that the clocks of {wall.Zone.Id} skip.");
        if (start.Value.At <= now || start.Value.At > now.AddDays(1100)) return Failure.Field("starts_at", "must be ahead, by three years at most.");
        return new AppointmentTime(start.Value.At, start.Value.Wall?.Local, name, minutes);
    }

    private Result<List<NewAttendee>> ReadAttendees()
    {
        if (Attendees is not { Length: > 0 and <= MostAttendees }) return Attendees is null ? Failure.Missing("attendees") : Failure.Field("attendees", $"must be one to {MostAttendees} people.");
        List<NewAttendee> all = [];
        for (int i = 0; i < Attendees.Length; i++)
        {
            Result<FlowFields.Person> person = FlowFields.PersonAt($"attendees.{i}", Attendees[i]?.Email, Attendees[i]?.Name, Attendees[i]?.Locale, Attendees[i]?.TimeZone);
            if (!person.IsSuccess) return person.Failure;
            if (all.Any(known => known.Email == person.Value.Normal)) return Failure.Field($"attendees.{i}.email", "stands there twice.");
            all.Add(new NewAttendee(person.Value.Normal, person.Value.Email, person.Value.Name, person.Value.Locale, person.Value.TimeZone));
        }

        return all;
    }

    private Failure? ProblemWithUrl(bool isDevelopment) =>
        JoinUrl is null ? null
        : JoinUrl.Length <= LongestUrl && TextRules.IsStorable(JoinUrl) && !JoinUrl.Any(char.IsControl) && Uri.TryCreate(JoinUrl, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (isDevelopment && url.Scheme == Uri.UriSchemeHttp)) ? null
        : Failure.Field("join_url", "must be an absolute https address without a user name.");
}
