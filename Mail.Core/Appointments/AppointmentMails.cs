using System.Globalization;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Appointments;

/// <summary>What the attendees are told.</summary>
public enum AppointmentChange
{
    Created,
    Updated,
    Cancelled,
}

/// <summary>The mails of an appointment: to each attendee one, with what their calendar needs (RFC 6047).</summary>
public sealed class AppointmentMails(ReplyAddresses replies, FlowMail mail, IOptions<MessageOptions> messages)
{
    public static string TemplateOf(AppointmentChange change) => change switch
    {
        AppointmentChange.Created => "interview-appointment",
        AppointmentChange.Updated => "appointment-updated",
        _ => "appointment-cancelled",
    };

    /// <summary>The address whose domain names appointments; a failure where there is nobody whom a calendar could answer.</summary>
    public Result<EmailAddress> OrganizerOf(AppointmentContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (EmailAddress.TryParse(content.OrganizerEmail ?? content.From ?? messages.Value.DefaultFrom, out EmailAddress? organizer, out _)) return organizer;
        return Failure.Missing("organizer.email");
    }

    public string DomainOf(EmailAddress organizer)
    {
        ArgumentNullException.ThrowIfNull(organizer);
        return replies.Domain ?? organizer.AsciiDomain;
    }

    /// <param name="people">Who is told: who is, or was, invited.</param>
    /// <param name="before">When it would have begun, where that has changed.</param>
    /// <param name="note">Some words of the organizer.</param>
    /// <returns>For each of them, in their place, the message or why there is none.</returns>
    public async Task<IReadOnlyList<Result<MessageId>>> StoreAsync(NpgsqlConnection within, Appointment appointment, AppointmentChange change, IReadOnlyList<Attendee> people, DateTimeOffset? before, string? note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        ArgumentNullException.ThrowIfNull(people);
        AppointmentContent content = appointment.Content;
        List<FlowMessage> all = new(people.Count);
        foreach (Attendee attendee in people)
        {
            Dictionary<string, JsonElement> variables = new() { ["title"] = PlatformMail.Text(content.Title), ["company"] = PlatformMail.Text(content.Company), ["starts_at"] = PlatformMail.Time(appointment.Time.At) };
            if ((attendee.TimeZone ?? appointment.Time.Zone) is { } zone) variables["time_zone"] = PlatformMail.Text(zone);
            Add("name", attendee.Name);
            Add("message", note ?? (change is AppointmentChange.Created ? content.Description : null));
            if (change is not AppointmentChange.Cancelled)
            {
                variables["duration_minutes"] = PlatformMail.Number(appointment.Time.Minutes);
                Add("place", content.Place);
                Add("join_url", content.JoinUrl);
                Add("interviewers", content.Interviewers);
            }

            if (before is { } previous) variables["previous_starts_at"] = PlatformMail.Time(previous);
            all.Add(new FlowMessage(appointment.ProjectId, appointment.IsTest, attendee.Address, TemplateOf(change), variables, attendee.Locale)
            {
                ToName = attendee.Name, From = content.From, ReplyTo = content.OrganizerEmail, Calendar = await CalendarAsync(appointment, attendee, change, ct),
            });

            void Add(string name, string? text)
            {
                if (text is not null) variables[name] = PlatformMail.Text(text);
            }
        }

        return await mail.StoreAsync(within, all, ct);
    }

    public void Wake() => mail.Wake();

    /// <summary>Each attendee sees themself and no other: whom else an interviewer meets is nobody's business.</summary>
    private async ValueTask<CalendarMessage> CalendarAsync(Appointment appointment, Attendee attendee, AppointmentChange change, CancellationToken ct)
    {
        AppointmentContent content = appointment.Content;
        EmailAddress organizer = await replies.WriteAsync(appointment.ProjectId, attendee.Id, ct) ?? OrganizerOf(content).Value;
        CalendarEvent what = new()
        {
            Uid = appointment.Uid, Sequence = appointment.Sequence, Stamp = appointment.ChangedAt, Start = TimeOf(appointment.Time, appointment.Time.At), End = TimeOf(appointment.Time, appointment.Time.End),
            Summary = string.Create(CultureInfo.InvariantCulture, $"{content.Title} — {content.Company}"), Location = content.Place ?? content.JoinUrl, Description = DescriptionOf(content),
            Conference = content.JoinUrl is { } url ? new Uri(url) : null, Organizer = organizer.WithDisplayName(content.OrganizerName ?? content.Company),
        };
        what.Attendees.Add(new CalendarAttendee(EmailAddress.Parse(attendee.Address).WithDisplayName(attendee.Name)) { Status = change is AppointmentChange.Cancelled ? AttendeeStatus.NeedsAction : attendee.Status });
        return change is AppointmentChange.Cancelled ? CalendarMessage.Cancel(what) : CalendarMessage.Request(what);
    }

    private static CalendarTime TimeOf(AppointmentTime time, DateTimeOffset at)
    {
        if (time.Zone is not { } name || TimeZones.Find(name) is not { } zone) return CalendarTime.At(at);
        DateTime local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        // Of an hour that comes twice a calendar means the first one: the second one is said in UTC.
        bool isSecond = zone.IsAmbiguousTime(local) && zone.GetUtcOffset(at) != zone.GetAmbiguousTimeOffsets(local).Max();
        return isSecond ? CalendarTime.At(at) : CalendarTime.In(local, zone);
    }

    private static string? DescriptionOf(AppointmentContent content)
    {
        string text = string.Join("\n\n", new[] { content.Description, content.JoinUrl, content.Interviewers }.Where(part => !string.IsNullOrEmpty(part)));
        return text.Length == 0 ? null : text;
    }
}
