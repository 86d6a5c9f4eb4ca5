using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Webhooks;

/// <summary>How an endpoint is after a batch, where that is news.</summary>
/// <param name="FailingSince">Null when it is well again.</param>
/// <param name="IsSwitchedOff">By this batch.</param>
internal sealed record EndpointHealth(ProjectId ProjectId, Guid Id, string Endpoint, DateTimeOffset? FailingSince, bool IsSwitchedOff, string? Reason);

/// <summary>The queue in the table `webhook_queue`, as its workers use it.</summary>
internal sealed class WebhookQueue(NpgsqlDataSource dataSource, IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <returns>What is ours for the length of a lease, in the order in which it happened; and whether there may be more at once.</returns>
    public async Task<(List<ClaimedEvent> Claimed, bool MayBeMore)> ClaimAsync(int limit, CancellationToken ct)
    {
        Guid token = Guid.NewGuid();
        await using NpgsqlCommand command = dataSource.CreateCommand(WebhookSql.Claim);
        command.Parameters.AddTyped(options.Value.Lease).AddTyped(token).AddTyped(Now()).AddTyped(options.Value.PerEndpoint).AddTyped(options.Value.PauseAfter).AddTyped(limit);
        List<ClaimedEvent> claimed = [];
        long putOff = 0;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            putOff = reader.GetInt64(0);
            if (reader.IsDBNull(1)) continue;
            claimed.Add(new ClaimedEvent(
                new ProjectId(reader.GetGuid(1)), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6), reader.OptionalText(7), reader.GetInt32(8), token)
            { Endpoint = reader.GetString(9), Secret = reader.GetString(10), OldSecret = reader.OptionalText(11) });
        }

        return (claimed, putOff > 0 || claimed.Count > 0);
    }

    public async Task<int> TakeOverAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(WebhookSql.TakeOver);
        command.Parameters.AddTyped(Now());
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Records outcomes, and how that leaves their endpoints, in one transaction.</summary>
    /// <returns>Endpoints of which there is news.</returns>
    public async Task<IReadOnlyList<EndpointHealth>> RecordAsync(IReadOnlyList<WebhookOutcome> outcomes, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        HashSet<Guid> ours = await RecordAsync(connection, outcomes, ct);
        WebhookMetrics.Late(outcomes.Count - ours.Count);
        List<EndpointHealth> news = await HealthAsync(connection, outcomes, ct);
        await transaction.CommitAsync(ct);
        return news;
    }

    private async Task<HashSet<Guid>> RecordAsync(NpgsqlConnection connection, IReadOnlyList<WebhookOutcome> outcomes, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(WebhookSql.Record, connection);
        command.Parameters
            .AddTyped(Now())
            .AddTyped(Column(outcomes, one => one.Event.ProjectId.Value))
            .AddTyped(Column(outcomes, one => one.Event.WebhookId))
            .AddTyped(Column(outcomes, one => one.Event.EventId))
            .AddTyped(Column(outcomes, one => one.Event.LeaseToken))
            .AddTyped(Column(outcomes, one => UuidV7.New(one.At)))
            .AddTyped(Column(outcomes, one => one.Event.Attempts + 1))
            .AddTyped(Column(outcomes, one => one.At.UtcDateTime))
            .AddTyped(Column(outcomes, one => (int)Math.Min(int.MaxValue, one.Took.TotalMilliseconds)))
            .AddTyped(Column(outcomes, one => one.IsTaken))
            .AddTyped(Column(outcomes, one => one.NextAttemptAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(Column(outcomes, one => one.Status), NpgsqlDbType.Array | NpgsqlDbType.Integer)
            .AddTyped(Column(outcomes, one => one.Problem), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, one => one.Answer), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, one => one.IsForgotten));
        HashSet<Guid> ours = new(outcomes.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ours.Add(reader.GetGuid(0));
        return ours;
    }

    private async Task<List<EndpointHealth>> HealthAsync(NpgsqlConnection connection, IReadOnlyList<WebhookOutcome> outcomes, CancellationToken ct)
    {
        List<IGrouping<(ProjectId ProjectId, Guid WebhookId), WebhookOutcome>> endpoints =
            [.. outcomes.Where(one => !one.IsForgotten).GroupBy(one => (one.Event.ProjectId, one.Event.WebhookId))];
        if (endpoints.Count == 0) return [];
        WebhookOptions settings = options.Value;
        await using NpgsqlCommand command = new(WebhookSql.Health, connection);
        command.Parameters
            .AddTyped(Now())
            .AddTyped(Column(endpoints, group => group.Key.ProjectId.Value))
            .AddTyped(Column(endpoints, group => group.Key.WebhookId))
            .AddTyped(Column(endpoints, group => group.Any(one => one.IsTaken) ? 0 : group.Count()))
            .AddTyped(Column(endpoints, group => group.Any(one => one.IsGone)))
            .AddTyped(Column(endpoints, group => group.Max(one => one.AskedToWaitUntil)?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(settings.PauseAfter).AddTyped(settings.LongestPause).AddTyped(settings.DisableAfter)
            .AddTyped($"It has failed for {settings.DisableAfter.TotalDays:0.#} days without one success.");
        List<EndpointHealth> news = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            news.Add(new EndpointHealth(new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetString(2), reader.OptionalTime(3), reader.GetBoolean(4), reader.OptionalText(5)));
        return news;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];
}
