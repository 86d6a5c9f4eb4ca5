using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>The statements of intake. Everything a group of requests stores goes in one statement: one round trip, one commit, one fsync.</summary>
internal static class IntakeSql
{
    // Idempotency keys first: whoever loses a key takes its messages out of this very statement. Sorted, because two groups that
    // hold the keys A,B and B,A would deadlock otherwise. An expired key is taken over. ON CONFLICT waits for a commit of the same
    // key that is under way elsewhere, so a loser always finds the stored answer afterwards.
    // What is not scheduled is due by the earlier of our clock and the database's: an API whose clock is ahead must not make mail wait.
    // unnest instead of COPY: COPY knows no ON CONFLICT and needs a round trip per table.
    private const string Store = """
        WITH submission AS MATERIALIZED (
            SELECT * FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bytea[], $5::text[]) AS s(submission, project_id, key, request_hash, response)
        ), won AS (
            INSERT INTO idempotency_keys AS k (project_id, key, request_hash, response, expires_at)
            SELECT project_id, key, request_hash, response, $7 FROM submission WHERE key IS NOT NULL ORDER BY project_id, key
            ON CONFLICT (project_id, key) DO UPDATE
                SET request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at WHERE k.expires_at <= $6
            RETURNING project_id, key
        ), accepted AS MATERIALIZED (
            SELECT submission FROM submission s
            WHERE key IS NULL OR EXISTS (SELECT 1 FROM won w WHERE w.project_id = s.project_id AND w.key = s.key)
        ), stored AS (
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content, scheduled_at, trace_parent, api_key_id)
            SELECT m.project_id, m.id, $6, m.lane, m.is_test, m.guarantee, m.subject, m.envelope, m.content, m.scheduled_at, m.trace_parent, m.api_key_id
            FROM unnest($8::int[], $9::uuid[], $10::uuid[], $11::smallint[], $12::bool[], $13::text[], $14::text[], $15::json[], $16::json[], $17::timestamptz[], $18::text[], $19::uuid[])
                AS m(submission, project_id, id, lane, is_test, guarantee, subject, envelope, content, scheduled_at, trace_parent, api_key_id)
            JOIN accepted USING (submission)
        ), queued AS (
            INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason)
            SELECT d.project_id, d.id, d.message_id, d.recipient, d.kind, d.lane,
                   CASE WHEN d.scheduled_at IS NULL THEN 'queued' ELSE 'scheduled' END, coalesce(d.scheduled_at, least($6, now())),
                   CASE WHEN d.scheduled_at IS NULL THEN 'Accepted; waiting for a worker.' ELSE 'Scheduled by the sender.' END
            FROM unnest($20::int[], $21::uuid[], $22::uuid[], $23::uuid[], $24::text[], $25::text[], $26::smallint[], $27::timestamptz[])
                AS d(submission, project_id, id, message_id, recipient, kind, lane, scheduled_at)
            JOIN accepted USING (submission)
        )
        """;

    private const string Commit = Store + " SELECT submission FROM accepted";

    // For a group with a suppressed recipient, who is final at once. A statement apart: the usual one need not plan two inserts that store nothing.
    private const string Suppressed = """
        , suppressed AS MATERIALIZED (
            SELECT * FROM unnest($28::int[], $29::uuid[], $30::uuid[], $31::uuid[], $32::text[], $33::text[], $34::text[], $35::uuid[])
                AS s(submission, project_id, id, message_id, recipient, kind, reason, event_id)
            JOIN accepted USING (submission)
        ), finished AS (
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, reason, finished_at)
            SELECT project_id, message_id, id, recipient, kind, 'suppressed', 0, reason, $6 FROM suppressed
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, reason)
            SELECT project_id, message_id, event_id, 'email.suppressed', $6, recipient, reason FROM suppressed
        )

        """;

    private const string Accepted = " SELECT submission FROM accepted";

    // For a group with a message that takes part in an experiment. Its parameters come after all others.
    private const string SplitFrom = """
        , split AS (
            INSERT INTO experiment_messages (project_id, message_id, experiment_id, arm, person)
            SELECT x.project_id, x.message_id, x.experiment_id, x.arm, x.person
        """;

    private const string Split = SplitFrom + " FROM unnest($28::int[], $29::uuid[], $30::uuid[], $31::uuid[], $32::text[], $33::bigint[]) AS x(submission, project_id, message_id, experiment_id, arm, person) JOIN accepted USING (submission))";
    private const string SplitAfterSuppressed = SplitFrom + " FROM unnest($36::int[], $37::uuid[], $38::uuid[], $39::uuid[], $40::text[], $41::bigint[]) AS x(submission, project_id, message_id, experiment_id, arm, person) JOIN accepted USING (submission))";

    private const string CommitWithSuppressed = Store + Suppressed + Accepted;
    private const string CommitWithSplit = Store + Split + Accepted;
    private const string CommitWithBoth = Store + Suppressed + SplitAfterSuppressed + Accepted;

    // After a lost answer to a commit: whose messages are there?
    private const string FindMessages = "SELECT id FROM messages WHERE (project_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))";

    private const string FindKeys = """
        SELECT k.project_id, k.key, k.request_hash, k.response FROM idempotency_keys k
        JOIN unnest($1::uuid[], $2::text[]) AS wanted(project_id, key) USING (project_id, key) WHERE k.expires_at > $3
        """;

    /// <param name="within">The connection whose transaction it is to be part of; null for one of its own.</param>
    /// <returns>The indexes in <paramref name="group"/> that were committed; the others lost their key.</returns>
    public static async Task<HashSet<int>> CommitAsync(
        NpgsqlDataSource dataSource, NpgsqlConnection? within, IReadOnlyList<Submission> group, DateTimeOffset now, TimeSpan keyLifetime, CancellationToken ct)
    {
        bool anySuppressed = group.Any(submission => submission.Messages.Any(message => message.Deliveries.Any(delivery => delivery.Suppressed is not null)));
        bool anySplit = group.Any(submission => submission.Messages.Any(message => message.Experiment is not null));
        await using NpgsqlCommand command = dataSource.CreateCommand((anySuppressed, anySplit) switch
        {
            (false, false) => Commit,
            (true, false) => CommitWithSuppressed,
            (false, true) => CommitWithSplit,
            _ => CommitWithBoth,
        }, within);
        NpgsqlParameterCollection parameters = command.Parameters;
        DateTime at = now.UtcDateTime;
        parameters
            .AddTyped(Enumerable.Range(0, group.Count).ToArray())
            .AddTyped(Column(group, submission => submission.ProjectId.Value))
            .AddTyped(Column(group, submission => submission.Idempotency?.Key), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(group, submission => submission.Idempotency?.RequestHash), NpgsqlDbType.Array | NpgsqlDbType.Bytea)
            .AddTyped(Column(group, submission => submission.Response))
            .AddTyped(at)
            .AddTyped(at + keyLifetime);

        (int Submission, NewMessage New)[] messages = [.. group.SelectMany((submission, index) => submission.Messages.Select(message => (index, message)))];
        parameters
            .AddTyped(Column(messages, row => row.Submission))
            .AddTyped(Column(messages, row => row.New.Message.ProjectId.Value))
            .AddTyped(Column(messages, row => row.New.Message.Id.Value))
            .AddTyped(Column(messages, row => (short)row.New.Message.Lane))
            .AddTyped(Column(messages, row => row.New.Message.IsTest))
            .AddTyped(Column(messages, row => row.New.Message.Guarantee.Name()))
            .AddTyped(Column(messages, row => row.New.Message.Subject))
            .AddTyped(Column(messages, row => row.New.EnvelopeJson), NpgsqlDbType.Array | NpgsqlDbType.Json)
            .AddTyped(Column(messages, row => row.New.ContentJson), NpgsqlDbType.Array | NpgsqlDbType.Json)
            .AddTyped(Column(messages, row => row.New.Message.ScheduledAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(Column(messages, row => row.New.Message.TraceParent), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(messages, row => row.New.ApiKeyId), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

        DeliveryRow[] all = [.. messages.SelectMany(row => row.New.Deliveries.Select(delivery => new DeliveryRow(row.Submission, row.New.Message, delivery)))];
        DeliveryRow[] queued = anySuppressed ? [.. all.Where(row => row.New.Suppressed is null)] : all;
        AddKeys(parameters, queued)
            .AddTyped(Column(queued, row => (short)row.Message.Lane))
            .AddTyped(Column(queued, row => row.Message.ScheduledAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        if (anySuppressed)
        {
            DeliveryRow[] suppressed = [.. all.Where(row => row.New.Suppressed is not null)];
            AddKeys(parameters, suppressed).AddTyped(Column(suppressed, row => row.New.Suppressed!)).AddTyped(Column(suppressed, _ => UuidV7.New(now)));
        }

        if (anySplit)
        {
            (int Submission, NewMessage New)[] split = [.. messages.Where(row => row.New.Experiment is not null)];
            parameters
                .AddTyped(Column(split, row => row.Submission)).AddTyped(Column(split, row => row.New.Message.ProjectId.Value)).AddTyped(Column(split, row => row.New.Message.Id.Value))
                .AddTyped(Column(split, row => row.New.Experiment!.ExperimentId)).AddTyped(Column(split, row => row.New.Experiment!.Arm)).AddTyped(Column(split, row => row.New.Experiment!.Person));
        }

        HashSet<int> accepted = new(group.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) accepted.Add(reader.GetInt32(0));
        return accepted;
    }

    public static async Task<HashSet<Guid>> FindMessagesAsync(NpgsqlDataSource dataSource, IReadOnlyList<Submission> group, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindMessages);
        command.Parameters
            .AddTyped(Column(group, submission => submission.ProjectId.Value))
            .AddTyped(Column(group, submission => submission.Messages[0].Message.Id.Value));
        HashSet<Guid> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(reader.GetGuid(0));
        return found;
    }

    public static async Task<Dictionary<(Guid ProjectId, string Key), (byte[] RequestHash, string Response)>> FindKeysAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<(ProjectId ProjectId, string Key)> keys, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindKeys);
        command.Parameters.AddTyped(Column(keys, key => key.ProjectId.Value)).AddTyped(Column(keys, key => key.Key)).AddTyped(now.UtcDateTime);
        Dictionary<(Guid, string), (byte[], string)> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found[(reader.GetGuid(0), reader.GetString(1))] = (reader.GetFieldValue<byte[]>(2), reader.GetString(3));
        return found;
    }

    private static NpgsqlParameterCollection AddKeys(NpgsqlParameterCollection parameters, DeliveryRow[] rows) => parameters
        .AddTyped(Column(rows, row => row.Submission))
        .AddTyped(Column(rows, row => row.Message.ProjectId.Value))
        .AddTyped(Column(rows, row => row.New.Id.Value))
        .AddTyped(Column(rows, row => row.Message.Id.Value))
        .AddTyped(Column(rows, row => row.New.Recipient))
        .AddTyped(Column(rows, row => row.New.Kind.Name()));

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value)
    {
        TColumn[] column = new TColumn[rows.Count];
        for (int i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }

    private readonly record struct DeliveryRow(int Submission, StoredMessage Message, NewDelivery New);
}
