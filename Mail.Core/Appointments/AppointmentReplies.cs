using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Suppressions;
using Mail.Core.Webhooks;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime.Parsing;
using Npgsql;

namespace Mail.Core.Appointments;

/// <summary>What an answer turned out to be.</summary>
/// <param name="Attendee">The address that answered; null where it is not known to be invited.</param>
public sealed record ReplyResult(ReplyEffect Effect, Guid? AppointmentId = null, string? Attendee = null, AttendeeStatus? Status = null);

/// <summary>
/// The one way in for calendars' answers. Anybody can write one, so who answers is proven by the address that it was sent to, which only the attendee knows
/// (<see cref="ReplyAddresses"/>); or an app vouches for a mail that came to its organizer, and then the mail's sender must be the attendee.
/// </summary>
public sealed class AppointmentReplies(NpgsqlDataSource dataSource, ReplyAddresses addresses, WebhookPublisher webhooks, TimeProvider clock)
{
    /// <summary>Where mail systems write the address that a mail was delivered to.</summary>
    private static readonly string[] _recipientHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To"];

    /// <summary>A mail that came to an address of ours. The address names the attendee; a calendar in which somebody else answers, to whom the invitation was passed on maybe, is not theirs.</summary>
    public async Task<ReplyResult> TakeAsync(ReadOnlyMemory<byte> raw, ProjectId project, Guid attendeeId, CancellationToken ct)
    {
        if (!ParsedMessage.TryParse(raw, out ParsedMessage? mail, out _) || CalendarReply.FindIn(mail) is not { Count: > 0 } said) return new ReplyResult(ReplyEffect.NoReply);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await AppointmentStore.OfAttendeeAsync(connection, project, attendeeId, ct) is not { } id || await AppointmentStore.LockAsync(connection, project, id, ct) is not { } appointment) return new ReplyResult(ReplyEffect.Unmatched);
        Attendee? attendee = appointment.Attendees.FirstOrDefault(one => one.Id == attendeeId);
        CalendarReply? reply = said.FirstOrDefault(one => one.Uid == appointment.Uid && one.RecurrenceId is null && NormalAddress.Of(one.Attendee) == attendee?.Email);
        if (attendee is null || reply is null) return new ReplyResult(ReplyEffect.Unmatched);
        return await CommitAsync(transaction, appointment, attendee, reply, ct);
    }

    /// <summary>A mail that came to the organizer's own mailbox, handed in by the project's app.</summary>
    public async Task<ReplyResult> TakeAsync(ReadOnlyMemory<byte> raw, ProjectId project, bool isTest, CancellationToken ct)
    {
        if (!ParsedMessage.TryParse(raw, out ParsedMessage? mail, out _) || CalendarReply.FindIn(mail) is not { Count: > 0 } said) return new ReplyResult(ReplyEffect.NoReply);
        if (mail.From is not [ParsedMailbox sender]) return new ReplyResult(ReplyEffect.Unmatched);
        string from = NormalAddress.Of(sender.Address);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        foreach (CalendarReply reply in said.Where(one => one.RecurrenceId is null && one.Uid.Length <= 255 && !one.Uid.Contains('\0', StringComparison.Ordinal) && NormalAddress.Of(one.Attendee) == from))
        {
            if (await AppointmentStore.OfUidAsync(connection, project, isTest, reply.Uid, ct) is not { } id || await AppointmentStore.LockAsync(connection, project, id, ct) is not { } appointment) continue;
            if (appointment.Attendees.FirstOrDefault(one => one.Email == from) is { } attendee) return await CommitAsync(transaction, appointment, attendee, reply, ct);
        }

        return new ReplyResult(ReplyEffect.Unmatched);
    }

    /// <summary>A mail out of a mailbox that gets what comes to our domain.</summary>
    /// <returns>Null when it was sent to no address of ours.</returns>
    public async Task<ReplyResult?> FindAsync(ReadOnlyMemory<byte> raw, CancellationToken ct)
    {
        if (addresses.Domain is null || !ParsedMessage.TryParse(raw, out ParsedMessage? mail, out _)) return null;
        foreach (string name in _recipientHeaders)
            foreach (ParsedHeader header in mail.Headers.GetAll(name).Take(20))
                foreach (ParsedMailbox address in AddressListParser.TryParse(header.UnfoldedValue, out IReadOnlyList<ParsedMailbox> listed, out _) ? listed.Take(20) : [])
                    if (await addresses.ReadAsync(address.Address, ct) is { } found) return await TakeAsync(raw, found.Project, found.Attendee, ct);
        return null;
    }

    private async Task<ReplyResult> CommitAsync(NpgsqlTransaction transaction, Appointment appointment, Attendee attendee, CalendarReply reply, CancellationToken ct)
    {
        CalendarAnswer answer = new(reply.Status, reply.Sequence, reply.Stamp, Cut(reply.Comment, 2000), reply.IsCounterProposal ? Cut(reply.Start, 40) : null);
        ReplyEffect effect = await ReplyAsync(transaction.Connection!, appointment, attendee, answer, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return new ReplyResult(effect, appointment.Id, attendee.Address, reply.Status);
    }

    /// <summary>An answer whose attendee is known. It is told where it changes something, and stands in the history where it says something new.</summary>
    private async Task<ReplyEffect> ReplyAsync(NpgsqlConnection within, Appointment appointment, Attendee attendee, CalendarAnswer reply, CancellationToken ct)
    {
        (DateTimeOffset now, AttendeeStatus before) = (clock.GetUtcNow(), attendee.Status);
        ReplyEffect effect = appointment.Reply(attendee, reply, now);
        if (effect is ReplyEffect.NothingNew) return effect;
        await AppointmentStore.SaveAsync(within, appointment, ct);
        JsonElement detail = JsonSerializer.SerializeToElement(new ReplyDetail(reply.Status.Name(), effect.Name(), reply.Sequence, reply.Comment, reply.ProposedStart), AppointmentJson.Default.ReplyDetail);
        await FlowHistory.AddAsync(within, appointment.ProjectId, appointment.Id, new FlowEntry("replied", now, new FlowActor("mail", attendee.Email), attendee.Email, detail), ct);
        if (effect is not ReplyEffect.Changed) return effect;
        AppointmentTold told = new(
            appointment.Id, appointment.Uid, appointment.Sequence, appointment.Content.Title, appointment.Time.At, new AppointmentPerson(attendee.Id, attendee.Address, attendee.Name), attendee.Status.Name(), before.Name(),
            attendee.Comment, attendee.ProposedStart, now, appointment.Content.Metadata, appointment.IsTest);
        await webhooks.PublishAsync(appointment.ProjectId, UuidV7.New(now), WebhookEvents.AppointmentReplied, JsonSerializer.SerializeToElement(told, AppointmentJson.Default.AppointmentTold), now, within, ct);
        return effect;
    }

    /// <summary>Nothing that a database cannot store, and no more of it than anybody reads.</summary>
    private static string? Cut(string? text, int longest)
    {
        if (text is null) return null;
        string clean = string.Concat(text.EnumerateRunes().Where(rune => rune.Value == '\n' || !System.Text.Rune.IsControl(rune)).Take(longest)).Trim();
        return clean.Length == 0 ? null : clean;
    }
}
