using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Alerts;

/// <summary>The table `alerts`. Any number of processes write it; for each subject one alert stands at a time.</summary>
public sealed class AlertStore(NpgsqlDataSource dataSource, IOptions<AlertOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(90);

    /// <summary>Those that stand first, then what was lately over: the project's own and, for the first project, which is the operator's, the installation's.</summary>
    /// <param name="subject">What they are about, such as a relay's name; null for all.</param>
    public async Task<IReadOnlyList<Alert>> ListAsync(ProjectId project, int limit, CancellationToken ct, string? subject = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.List);
        command.Parameters.AddTyped(project.Value).AddTyped(limit).AddTyped(subject, NpgsqlDbType.Text);
        return await ReadAsync(command, ct);
    }

    /// <summary>A person knows about it: it is not told again, and stands on until it is over.</summary>
    /// <returns>Null when the project sees no such alert.</returns>
    public async Task<Alert?> AcknowledgeAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.Acknowledge);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(Now());
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    internal async Task ApplyAsync(AlertChange change, CancellationToken ct)
    {
        DateTime now = Now();
        if (change.IsOver)
        {
            await ExecuteAsync(AlertSql.Resolve, change.Key, parameters => parameters.AddTyped(now), ct);
            return;
        }

        void Values(NpgsqlParameterCollection parameters) => parameters
            .AddTyped(JsonSerializer.Serialize(Storable(change.Facts), AlertJson.Default.AlertFacts), NpgsqlDbType.Jsonb).AddTyped(change.Times).AddTyped(now)
            .AddTyped((change.EndsAt ?? clock.GetUtcNow() + options.Value.StaleAfter).UtcDateTime);
        if (await ExecuteAsync(AlertSql.Renew, change.Key, Values, ct) > 0) return;
        if (await ExecuteAsync(AlertSql.Reopen, change.Key, Reopening, ct) > 0) return;
        await ExecuteAsync(AlertSql.Open, change.Key, Opening, ct);

        void Reopening(NpgsqlParameterCollection parameters)
        {
            Values(parameters);
            parameters.AddTyped(now - options.Value.ReopenWithin);
        }

        void Opening(NpgsqlParameterCollection parameters)
        {
            Values(parameters);
            parameters.AddTyped(UuidV7.New(clock.GetUtcNow()));
        }
    }

    /// <summary>Ends what nobody raises any more, and forgets what is long over.</summary>
    internal async Task ExpireAsync(CancellationToken ct)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        NpgsqlBatchCommand expire = new(AlertSql.Expire), forget = new(AlertSql.Forget);
        expire.Parameters.AddTyped(Now());
        forget.Parameters.AddTyped(Now() - _kept);
        batch.BatchCommands.Add(expire);
        batch.BatchCommands.Add(forget);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What people have to be told now: that it stands, or that it is over.</summary>
    internal async Task<IReadOnlyList<Alert>> UntoldAsync(CancellationToken ct)
    {
        DateTime now = Now();
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.Untold);
        command.Parameters.AddTyped(now).AddTyped(now - options.Value.TellAfter).AddTyped(now - options.Value.RepeatAfter).AddTyped(options.Value.TellAfter)
            .AddTyped(now - (options.Value.RepeatAfter / 6));
        return await ReadAsync(command, ct);
    }

    internal async Task MarkToldAsync(Alert alert, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(alert.IsOpen ? AlertSql.Told : AlertSql.ToldEnd);
        command.Parameters.AddTyped(Alert.Stored(alert.Key.Project)).AddTyped(alert.Id).AddTyped(Now());
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<int> ExecuteAsync(string sql, AlertKey key, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants of AlertSql
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        add(command.Parameters.AddTyped(Alert.Stored(key.Project)).AddTyped(key.Kind.Name()).AddTyped(key.Subject));
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<Alert>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Alert> alerts = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Guid project = reader.GetGuid(1);
            if (!AlertKinds.TryParse(reader.GetString(2), out AlertKind kind)) continue; // a newer version's, during an upgrade
            alerts.Add(new Alert(
                reader.GetGuid(0), new AlertKey(project == Guid.Empty ? null : new ProjectId(project), kind, reader.GetString(3)),
                JsonSerializer.Deserialize(reader.GetString(4), AlertJson.Default.AlertFacts)!, reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<DateTimeOffset>(7))
            {
                ResolvedAt = reader.OptionalTime(8), AcknowledgedAt = reader.OptionalTime(9), ToldAt = reader.OptionalTime(10), ToldEndAt = reader.OptionalTime(11),
            });
        }

        return alerts;
    }

    /// <summary>A server's words may be anything: one alert that cannot be stored would keep back all that come after it.</summary>
    private static AlertFacts Storable(AlertFacts facts) => facts.Reason is { } reason ? facts with { Reason = Delivery.Delivery.Storable(reason) } : facts;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertFacts))]
[JsonSerializable(typeof(string))]
internal sealed partial class AlertJson : JsonSerializerContext;
