using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Messages;
using Mail.Protocol.Mime;
using Npgsql;

namespace Mail.Core.Appointments;

/// <summary>An appointment to be made.</summary>
/// <param name="Attendees">Whose addresses all differ.</param>
public sealed record NewAppointment(ProjectId ProjectId, bool IsTest, AppointmentContent Content, AppointmentTime Time, IReadOnlyList<NewAttendee> Attendees, string? Message);

/// <param name="Email">In its normal form.</param>
public sealed record NewAttendee(string Email, string Address, string? Name, string? Locale, string? TimeZone);

/// <summary>Everything that happens to appointments: rows, lines of history, mails in one transaction. Answers are <see cref="AppointmentReplies"/>'.</summary>
public sealed class AppointmentFlow(NpgsqlDataSource dataSource, AppointmentMails mails, IdempotentAnswers keys, TimeProvider clock)
{
    /// <param name="answer">Writes what the caller is told, and under an Idempotency-Key told again.</param>
    /// <returns>That answer; or why nothing was stored: all attendees must be such that a mail can reach them.</returns>
    public async Task<Result<string>> CreateAsync(NewAppointment asked, FlowActor by, IdempotencyRecord? key, Func<Appointment, string> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(answer);
        if (await keys.FindAsync(asked.ProjectId, key, ct) is { } earlier) return earlier;
        DateTimeOffset now = clock.GetUtcNow();
        Result<EmailAddress> organizer = mails.OrganizerOf(asked.Content);
        if (!organizer.IsSuccess) return organizer.Failure;
        Guid id = UuidV7.New(now);
        Attendee[] attendees = [.. asked.Attendees.Select(one => new Attendee(UuidV7.New(now), one.Email, one.Address, one.Name, one.Locale, one.TimeZone))];
        Appointment appointment = new(asked.ProjectId, id, asked.IsTest, $"{id}@{mails.DomainOf(organizer.Value)}", asked.Content, asked.Time, attendees, now);
        string said = answer(appointment);
        bool isFirst;
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
            await AppointmentStore.AddAsync(connection, appointment, ct);
            await NoteAsync(connection, appointment, AppointmentChange.Created, by, now, ct);
            if (await TellAsync(connection, appointment, AppointmentChange.Created, appointment.Attendees, null, asked.Message, by, now, ct) is { } unreachable) return unreachable;
            isFirst = await keys.TakeAsync(connection, appointment.ProjectId, key, said, ct);
            if (isFirst) await transaction.CommitAsync(CancellationToken.None);
        }

        if (!isFirst) return await keys.FindAsync(asked.ProjectId, key, ct) ?? throw new InvalidOperationException("An Idempotency-Key was taken and is gone.");
        mails.Wake();
        return said;
    }

    /// <param name="change">What it is to be, of what it is.</param>
    /// <param name="people">All who are to be invited from now on, whose addresses all differ; null for the same.</param>
    /// <returns>How it is; or why nothing was stored: whoever is invited anew must be such that a mail can reach them.</returns>
    public async Task<Result<Appointment>> ChangeAsync(
        ProjectId project, bool isTest, Guid id, Func<Appointment, Result<(AppointmentContent Content, AppointmentTime Time)>> change, IReadOnlyList<NewAttendee>? people, string? message, FlowActor by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await AppointmentStore.LockAsync(connection, project, id, ct) is not { } appointment || appointment.IsTest != isTest) return Failure.NotFound("Appointment");
        Result<(AppointmentContent Content, AppointmentTime Time)> wanted = change(appointment);
        if (!wanted.IsSuccess) return wanted.Failure;
        (DateTimeOffset now, DateTimeOffset before) = (clock.GetUtcNow(), appointment.Time.At);
        Result<AppointmentNews?> changed = appointment.Change(wanted.Value.Content, wanted.Value.Time, people, now);
        if (!changed.IsSuccess) return changed.Failure;
        if (changed.Value is not { } news) return appointment;
        await AppointmentStore.SaveAsync(connection, appointment, ct);
        await NoteAsync(connection, appointment, AppointmentChange.Updated, by, now, ct);
        Attendee[] staying = news.IsOther ? [.. appointment.Attendees.Except(news.Added)] : [];
        await TellAsync(connection, appointment, AppointmentChange.Updated, staying, before == appointment.Time.At ? null : before, message, by, now, ct);
        await TellAsync(connection, appointment, AppointmentChange.Cancelled, news.Removed, null, message, by, now, ct);
        if (await TellAsync(connection, appointment, AppointmentChange.Created, news.Added, null, message, by, now, ct) is { } unreachable) return unreachable;
        await transaction.CommitAsync(CancellationToken.None);
        mails.Wake();
        return appointment;
    }

    public async Task<Result<Appointment>> CancelAsync(ProjectId project, bool isTest, Guid id, string? message, FlowActor by, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await AppointmentStore.LockAsync(connection, project, id, ct) is not { } appointment || appointment.IsTest != isTest) return Failure.NotFound("Appointment");
        DateTimeOffset now = clock.GetUtcNow();
        if (appointment.Cancel(now) is { } over) return over;
        await AppointmentStore.SaveAsync(connection, appointment, ct);
        await NoteAsync(connection, appointment, AppointmentChange.Cancelled, by, now, ct);
        await TellAsync(connection, appointment, AppointmentChange.Cancelled, appointment.Attendees, null, message, by, now, ct);
        await transaction.CommitAsync(CancellationToken.None);
        mails.Wake();
        return appointment;
    }

    /// <summary>The line of history that says it; those of the mails follow.</summary>
    private static async Task NoteAsync(NpgsqlConnection within, Appointment appointment, AppointmentChange change, FlowActor by, DateTimeOffset now, CancellationToken ct)
    {
#pragma warning disable CA1308 // the wire's names are lower case
        string what = change.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        JsonElement facts = JsonSerializer.SerializeToElement(new ChangedDetail(appointment.Sequence, appointment.Time.At), AppointmentJson.Default.ChangedDetail);
        await FlowHistory.AddAsync(within, appointment.ProjectId, appointment.Id, new FlowEntry(what, now, by, null, facts), ct);
    }

    /// <returns>Why the first mail that could not be taken was not; null when all were.</returns>
    private async Task<Failure?> TellAsync(
        NpgsqlConnection within, Appointment appointment, AppointmentChange change, IReadOnlyList<Attendee> people, DateTimeOffset? before, string? message, FlowActor by, DateTimeOffset now, CancellationToken ct)
    {
        if (people.Count == 0) return null;
        IReadOnlyList<Result<MessageId>> stored = await mails.StoreAsync(within, appointment, change, people, before, message, ct);
        Failure? first = null;
        for (int i = 0; i < stored.Count; i++)
        {
            Result<MessageId> one = stored[i];
            JsonElement about = JsonSerializer.SerializeToElement(new AppointmentMailDetail(AppointmentMails.TemplateOf(change), one.Failure?.Detail), AppointmentJson.Default.AppointmentMailDetail);
            FlowEntry entry = new(one.IsSuccess ? "mailed" : "not_mailed", now, by, people[i].Email, about) { EmailId = one.IsSuccess ? one.Value.Value : null };
            await FlowHistory.AddAsync(within, appointment.ProjectId, appointment.Id, entry, ct);
            if (one.IsSuccess) continue;
            string field = $"`attendees.{appointment.Attendees.ToList().IndexOf(people[i])}.email`";
            first ??= one.Failure with { Detail = one.Failure.Detail.Replace("`to.0`", field, StringComparison.Ordinal).Replace("`to`", field, StringComparison.Ordinal) };
        }

        return first;
    }
}
