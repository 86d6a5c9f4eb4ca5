using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Appointments;

/// <summary>The tables `appointments` and `appointment_attendees`.</summary>
public sealed class AppointmentStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "project_id, id, is_test, uid, sequence, state, content::text, created_at, changed_at, version";

    private const string AddSql = """
        INSERT INTO appointments (project_id, id, is_test, uid, sequence, state, content, starts_at, ends_at, created_at, changed_at) VALUES ($1, $2, $3, $4, 0, 'scheduled', $5, $6, $7, $8, $8)
        """;

    private const string SaveSql = """
        UPDATE appointments SET sequence = $4, state = $5, content = $6, starts_at = $7, ends_at = $8, changed_at = $9, version = version + 1 WHERE project_id = $1 AND id = $2 AND version = $3
        """;

    // All of them, in their order; who is there no more goes.
    private const string SaveAttendeesSql = """
        WITH gone AS (DELETE FROM appointment_attendees WHERE project_id = $1 AND appointment_id = $2 AND id <> ALL ($3))
        INSERT INTO appointment_attendees (project_id, appointment_id, id, position, email, address, name, locale, time_zone, status, asked_sequence, reply_sequence, reply_stamp, comment, proposed_start)
        SELECT $1, $2, a.id, a.position, a.email, a.address, a.name, a.locale, a.time_zone, a.status, a.asked, a.sequence, a.stamp, a.comment, a.proposed
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[], $11::int[], $12::timestamptz[], $13::text[], $14::text[])
            WITH ORDINALITY AS a(id, email, address, name, locale, time_zone, status, asked, sequence, stamp, comment, proposed, position)
        ON CONFLICT (project_id, id) DO UPDATE SET position = excluded.position, address = excluded.address, name = excluded.name, locale = excluded.locale, time_zone = excluded.time_zone, status = excluded.status,
            asked_sequence = excluded.asked_sequence, reply_sequence = excluded.reply_sequence, reply_stamp = excluded.reply_stamp, comment = excluded.comment, proposed_start = excluded.proposed_start
        """;

    private const string FindSql = $"SELECT {Columns} FROM appointments WHERE project_id = $1 AND id = $2";
    private const string LockSql = FindSql + " FOR UPDATE";

    // Ids are UUIDv7, so that a page is a range of the primary key. One row too many tells whether there is another page.
    private const string ListSql = $"SELECT {Columns} FROM appointments WHERE project_id = $1 AND is_test = $2 AND id < $3 AND ($4::text IS NULL OR state = $4) ORDER BY id DESC LIMIT $5";
    private const string OfAttendeeSql = "SELECT appointment_id FROM appointment_attendees WHERE project_id = $1 AND id = $2";
    private const string OfUidSql = "SELECT id FROM appointments WHERE project_id = $1 AND is_test = $2 AND uid = $3";

    private const string AttendeesSql = """
        SELECT appointment_id, id, email, address, name, locale, time_zone, status, asked_sequence, reply_sequence, reply_stamp, comment, proposed_start
        FROM appointment_attendees WHERE project_id = $1 AND appointment_id = ANY($2) ORDER BY appointment_id, position
        """;

    public static async Task AddAsync(NpgsqlConnection within, Appointment appointment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        await using NpgsqlCommand add = new(AddSql, within);
        add.Parameters.AddTyped(appointment.ProjectId.Value).AddTyped(appointment.Id).AddTyped(appointment.IsTest).AddTyped(appointment.Uid).AddTyped(Json(appointment), NpgsqlDbType.Json)
            .AddTyped(appointment.Time.At.UtcDateTime).AddTyped(appointment.Time.End.UtcDateTime).AddTyped(appointment.CreatedAt.UtcDateTime);
        await add.ExecuteNonQueryAsync(ct);
        await SaveAttendeesAsync(within, appointment, ct);
    }

    /// <exception cref="InvalidOperationException">It was not read with <see cref="LockAsync"/> in this transaction.</exception>
    public static async Task SaveAsync(NpgsqlConnection within, Appointment appointment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        await using NpgsqlCommand save = new(SaveSql, within);
        save.Parameters.AddTyped(appointment.ProjectId.Value).AddTyped(appointment.Id).AddTyped(appointment.Version).AddTyped(appointment.Sequence).AddTyped(appointment.State).AddTyped(Json(appointment), NpgsqlDbType.Json)
            .AddTyped(appointment.Time.At.UtcDateTime).AddTyped(appointment.Time.End.UtcDateTime).AddTyped(appointment.ChangedAt.UtcDateTime);
        if (await save.ExecuteNonQueryAsync(ct) != 1) throw new InvalidOperationException($"Appointment {appointment.Id} was changed by somebody else.");
        appointment.Version++;
        await SaveAttendeesAsync(within, appointment, ct);
    }

    private static async Task SaveAttendeesAsync(NpgsqlConnection within, Appointment appointment, CancellationToken ct)
    {
        const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
        IReadOnlyList<Attendee> all = appointment.Attendees;
        await using NpgsqlCommand save = new(SaveAttendeesSql, within);
        save.Parameters.AddTyped(appointment.ProjectId.Value).AddTyped(appointment.Id).AddTyped(all.Select(one => one.Id).ToArray()).AddTyped(all.Select(one => one.Email).ToArray()).AddTyped(all.Select(one => one.Address).ToArray())
            .AddTyped(all.Select(one => one.Name).ToArray(), Texts).AddTyped(all.Select(one => one.Locale).ToArray(), Texts).AddTyped(all.Select(one => one.TimeZone).ToArray(), Texts)
            .AddTyped(all.Select(one => one.Status.Name()).ToArray()).AddTyped(all.Select(one => one.AskedSequence).ToArray())
            .AddTyped(all.Select(one => one.ReplySequence).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer).AddTyped(all.Select(one => one.ReplyStamp?.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(all.Select(one => one.Comment).ToArray(), Texts).AddTyped(all.Select(one => one.ProposedStart).ToArray(), Texts);
        await save.ExecuteNonQueryAsync(ct);
    }

    /// <returns>Null when the project has none of this id.</returns>
    public async Task<Appointment?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        return await OneAsync(FindSql, connection, project, id, ct);
    }

    /// <summary>Until the transaction ends nobody else changes it.</summary>
    public static Task<Appointment?> LockAsync(NpgsqlConnection within, ProjectId project, Guid id, CancellationToken ct) => OneAsync(LockSql, within, project, id, ct);

    /// <returns>The appointment to which the attendee of this id is invited.</returns>
    public static Task<Guid?> OfAttendeeAsync(NpgsqlConnection within, ProjectId project, Guid attendee, CancellationToken ct) => IdAsync(OfAttendeeSql, within, parameters => parameters.AddTyped(project.Value).AddTyped(attendee), ct);

    public static Task<Guid?> OfUidAsync(NpgsqlConnection within, ProjectId project, bool isTest, string uid, CancellationToken ct) =>
        IdAsync(OfUidSql, within, parameters => parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(uid), ct);

    /// <param name="after">The last id of the page before.</param>
    /// <param name="state">`scheduled` or `cancelled`; null for both.</param>
    public async Task<(IReadOnlyList<Appointment> Page, bool HasMore)> ListAsync(ProjectId project, bool isTest, int limit, Guid? after, string? state, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlCommand command = new(ListSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(after ?? Guid.AllBitsSet).AddTyped(state, NpgsqlDbType.Text).AddTyped(limit + 1);
        List<Appointment> page = await ReadAsync(command, connection, project, ct);
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    private static async Task<Appointment?> OneAsync(string sql, NpgsqlConnection connection, ProjectId project, Guid id, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, connection, project, ct)).SingleOrDefault();
    }

    private static async Task<Guid?> IdAsync(string sql, NpgsqlConnection within, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, within);
#pragma warning restore CA2100
        add(command.Parameters);
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task<List<Appointment>> ReadAsync(NpgsqlCommand command, NpgsqlConnection connection, ProjectId project, CancellationToken ct)
    {
        List<(Guid Id, Func<IReadOnlyList<Attendee>, Appointment> Make)> found = [];
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                (Guid id, bool isTest, string uid, int sequence, bool isCancelled) = (reader.GetGuid(1), reader.GetBoolean(2), reader.GetString(3), reader.GetInt32(4), reader.GetString(5) == "cancelled");
                AppointmentFacts facts = JsonSerializer.Deserialize(reader.GetString(6), AppointmentJson.Default.AppointmentFacts)!;
                (DateTimeOffset createdAt, DateTimeOffset changedAt, int version) = (reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetInt32(9));
                found.Add((id, attendees =>
                {
                    Appointment appointment = new(project, id, isTest, uid, ContentOf(facts), facts.Time, attendees, createdAt);
                    appointment.Restore(sequence, isCancelled, changedAt, version);
                    return appointment;
                }
                ));
            }
        }

        ILookup<Guid, Attendee> attendees = await AttendeesAsync(connection, project, [.. found.Select(one => one.Id)], ct);
        return [.. found.Select(one => one.Make([.. attendees[one.Id]]))];
    }

    private static async Task<ILookup<Guid, Attendee>> AttendeesAsync(NpgsqlConnection connection, ProjectId project, Guid[] appointments, CancellationToken ct)
    {
        List<(Guid Appointment, Attendee Attendee)> found = [];
        await using NpgsqlCommand command = new(AttendeesSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(appointments);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Attendee attendee = new(reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.OptionalText(4), reader.OptionalText(5), reader.OptionalText(6));
            attendee.Restore(AppointmentNames.StatusOf(reader.GetString(7)), reader.GetInt32(8), reader.OptionalInt(9), reader.OptionalTime(10), reader.OptionalText(11), reader.OptionalText(12));
            found.Add((reader.GetGuid(0), attendee));
        }

        return found.ToLookup(one => one.Appointment, one => one.Attendee);
    }

    private static AppointmentContent ContentOf(AppointmentFacts facts) => new(facts.Title, facts.Company)
    {
        Place = facts.Place, JoinUrl = facts.JoinUrl, OrganizerName = facts.OrganizerName, OrganizerEmail = facts.OrganizerEmail, Description = facts.Description, Interviewers = facts.Interviewers, From = facts.From, Metadata = facts.Metadata,
    };

    private static string Json(Appointment appointment)
    {
        AppointmentContent content = appointment.Content;
        return JsonSerializer.Serialize(
            new AppointmentFacts(
                content.Title, content.Company, content.Place, content.JoinUrl, content.OrganizerName, content.OrganizerEmail, content.Description, content.Interviewers, content.From, content.Metadata, appointment.Time),
            AppointmentJson.Default.AppointmentFacts);
    }
}
