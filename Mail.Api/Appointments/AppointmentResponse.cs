using System.Text.Json;
using Mail.Api.Requests;
using Mail.Core.Appointments;
using Mail.Core.Flows;

namespace Mail.Api.Appointments;

/// <summary>An appointment, and who has answered what.</summary>
/// <param name="State">`scheduled` or `cancelled`.</param>
/// <param name="Uid">What calendars know it by.</param>
/// <param name="Sequence">How often it was changed.</param>
/// <param name="StartsAtLocal">On the clocks of `time_zone`; null for a moment.</param>
/// <param name="History">Of one appointment; null in a list, and in the answer that makes one.</param>
public sealed record AppointmentResponse(
    string Object, string Id, string State, string Uid, int Sequence, string Title, string Company, DateTimeOffset StartsAt, string? StartsAtLocal, string? TimeZone, int DurationMinutes, string? Place, string? JoinUrl,
    AppointmentResponse.OrganizerFacts? Organizer, string? Description, string? Interviewers, string? From, JsonElement? Metadata, IReadOnlyList<AppointmentResponse.AttendeeFacts> Attendees,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, IReadOnlyList<FlowLine>? History)
{
    public sealed record OrganizerFacts(string? Name, string? Email);

    /// <param name="Status">`needs_action`, `accepted`, `declined`, `tentative` or `delegated`.</param>
    /// <param name="RepliedAt">By the attendee's clock.</param>
    /// <param name="ProposedStart">As the attendee's calendar writes it, when another time is proposed.</param>
    public sealed record AttendeeFacts(string Id, string Email, string? Name, string? Locale, string? TimeZone, string Status, DateTimeOffset? RepliedAt, string? Comment, string? ProposedStart);

    public static AppointmentResponse Of(Appointment appointment, IReadOnlyList<FlowEntry>? history = null)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        AppointmentContent content = appointment.Content;
        return new AppointmentResponse(
            "appointment", appointment.Id.ToString(), appointment.State, appointment.Uid, appointment.Sequence, content.Title, content.Company, appointment.Time.At,
            appointment.Time.Local?.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), appointment.Time.Zone, appointment.Time.Minutes, content.Place, content.JoinUrl,
            content.OrganizerName is null && content.OrganizerEmail is null ? null : new OrganizerFacts(content.OrganizerName, content.OrganizerEmail), content.Description, content.Interviewers, content.From, content.Metadata,
            [.. appointment.Attendees.Select(one => new AttendeeFacts(one.Id.ToString(), one.Address, one.Name, one.Locale, one.TimeZone, one.Status.Name(), one.ReplyStamp, one.Comment, one.ProposedStart))],
            appointment.CreatedAt, appointment.ChangedAt, history is null ? null : [.. history.Select(FlowLine.Of)]);
    }
}
