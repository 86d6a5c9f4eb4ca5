using Mail.Core.Common;
using Mail.Core.Templates.Experiments;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Tracking;

/// <summary>The table `conversions`, and the clicks that count as such. No address stands in it: a conversion is its message's.</summary>
public sealed class ConversionStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string Columns = "message_id, name, key, value, currency, occurred_at";

    // The message is held until this is committed: an erasure waits for it, and then finds the row.
    private const string AddSql = $"""
        WITH message AS MATERIALIZED (SELECT project_id, id FROM messages WHERE project_id = $1 AND id = $2 FOR KEY SHARE)
        INSERT INTO conversions (project_id, message_id, name, key, id, value, currency, occurred_at, created_at)
        SELECT project_id, id, $3, $4, $5, $6, $7, $8, $9 FROM message ON CONFLICT DO NOTHING RETURNING {Columns}
        """;

    private const string FindSql = $"SELECT {Columns} FROM conversions WHERE project_id = $1 AND message_id = $2 AND name = $3 AND key = $4";

    // A person's, whichever of the experiment's mails it was counted for.
    private const string FindOfPersonSql = """
        SELECT c.message_id, c.name, c.key, c.value, c.currency, c.occurred_at
        FROM experiment_messages x JOIN conversions c ON c.project_id = x.project_id AND c.message_id = x.message_id
        WHERE x.project_id = $1 AND x.experiment_id = $2 AND x.person = $3 AND c.name = $4 AND c.key = $5 LIMIT 1
        """;

    private const string LastMailSql = "SELECT message_id FROM experiment_messages WHERE project_id = $1 AND experiment_id = $2 AND person = $3 AND message_id < $4 ORDER BY message_id DESC LIMIT 1";

    // Of a template the one that runs, else the last that did.
    private const string ExperimentSql = """
        SELECT e.id FROM templates t JOIN experiments e ON e.project_id = t.project_id AND e.template_id = t.id
        WHERE t.project_id = $1 AND (t.key = $2 OR t.id = $3) AND t.deleted_at IS NULL AND e.started_at IS NOT NULL
        ORDER BY (e.id = t.experiment_id) IS TRUE DESC, e.started_at DESC LIMIT 1
        """;

    private const string MessageSql = "SELECT created_at, is_test FROM messages WHERE project_id = $1 AND id = $2";

    private const string ListSql = $"""
        SELECT {Columns}, false FROM conversions WHERE project_id = $1 AND message_id = $2
        UNION ALL
        SELECT message_id, detail -> 'click' ->> 'conversion', '', NULL, NULL, min(created_at), true FROM events
        WHERE project_id = $1 AND message_id = $2 AND type = '{TrackingEvents.Clicked}' AND detail -> 'click' ? 'conversion' AND NOT coalesce((detail ->> 'machine')::boolean, false)
        GROUP BY message_id, detail -> 'click' ->> 'conversion'
        ORDER BY 6
        """;

    /// <summary>Once for each message, name and key.</summary>
    /// <param name="isTest">By a test key, which says nothing of real mail.</param>
    /// <returns>What stands there, and whether it is new.</returns>
    public async Task<Result<(Conversion Conversion, bool IsNew)>> AddAsync(ProjectId project, MessageId message, NewConversion wish, bool isTest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        DateTimeOffset now = clock.GetUtcNow(), at = wish.OccurredAt ?? now;
        if (wish.Problem(now) is { } problem) return problem;
        await using (NpgsqlCommand find = dataSource.CreateCommand(MessageSql))
        {
            find.Parameters.AddTyped(project.Value).AddTyped(message.Value);
            await using NpgsqlDataReader reader = await find.ExecuteReaderAsync(ct);
            if (!await reader.ReadAsync(ct)) return Failure.NotFound("Email");
            if (reader.GetFieldValue<DateTimeOffset>(0) > at.AddMinutes(5)) return Failure.Field("occurred_at", "lies before the mail: it cannot have come of it.");
            if (isTest && !reader.GetBoolean(1)) return new Failure(FailureKind.Forbidden, "test_key", "A test key records conversions of its own mail alone.");
        }

        await using (NpgsqlCommand add = dataSource.CreateCommand(AddSql))
        {
            add.Parameters.AddTyped(project.Value).AddTyped(message.Value).AddTyped(wish.Name).AddTyped(wish.Key ?? "").AddTyped(UuidV7.New(now)).AddTyped(wish.Value).AddTyped(wish.Currency, NpgsqlDbType.Text)
                .AddTyped(at.UtcDateTime).AddTyped(now.UtcDateTime);
            if ((await ReadAsync(add, ct)).FirstOrDefault() is { } added) return (added, true);
        }

        await using NpgsqlCommand there = dataSource.CreateCommand(FindSql);
        there.Parameters.AddTyped(project.Value).AddTyped(message.Value).AddTyped(wish.Name).AddTyped(wish.Key ?? "");
        return (await ReadAsync(there, ct)).FirstOrDefault() is { } stored ? (stored, false) : Failure.NotFound("Email"); // erased in this moment
    }

    /// <summary>Of a person who took part in an experiment, for their last mail of it before; once for each person, name and key.</summary>
    /// <param name="address">In its normal form.</param>
    public async Task<Result<(Conversion Conversion, bool IsNew)>> AddAsync(ProjectId project, Guid experiment, string address, NewConversion wish, bool isTest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Problem(clock.GetUtcNow()) is { } problem) return problem;
        long person = unchecked((long)ExperimentSplit.PersonOf(experiment, address));
        await using (NpgsqlCommand there = dataSource.CreateCommand(FindOfPersonSql))
        {
            there.Parameters.AddTyped(project.Value).AddTyped(experiment).AddTyped(person).AddTyped(wish.Name).AddTyped(wish.Key ?? "");
            if ((await ReadAsync(there, ct)).FirstOrDefault() is { } stored) return (stored, false);
        }

        await using NpgsqlCommand last = dataSource.CreateCommand(LastMailSql);
        last.Parameters.AddTyped(project.Value).AddTyped(experiment).AddTyped(person).AddTyped(UuidV7.First((wish.OccurredAt ?? clock.GetUtcNow()).AddMinutes(5)));
        return await last.ExecuteScalarAsync(ct) is Guid message ? await AddAsync(project, new MessageId(message), wish, isTest, ct) : new Failure(FailureKind.NotFound, "not_found", "No mail of the experiment went to `recipient` before that.");
    }

    /// <param name="template">Its key or id.</param>
    /// <returns>Null when none was ever started.</returns>
    public async Task<Guid?> ExperimentOfAsync(ProjectId project, string template, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ExperimentSql);
        command.Parameters.AddTyped(project.Value).AddTyped(template).AddTyped(Guid.TryParse(template, out Guid id) ? id : default);
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>What came of a message, in order, by the app's word and by links.</summary>
    public async Task<IReadOnlyList<Conversion>> ListAsync(ProjectId project, MessageId message, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(message.Value);
        return await ReadAsync(command, ct);
    }

    private static async Task<List<Conversion>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Conversion> conversions = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            conversions.Add(new Conversion(
                new MessageId(reader.GetGuid(0)), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetDecimal(3), reader.OptionalText(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.FieldCount > 6 && reader.GetBoolean(6)));
        }

        return conversions;
    }
}
