using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Relays.Limits;
using Mail.Core.Suppressions;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Delivery;

/// <summary>How many deliveries of a project's lane to claim, and from which due time on.</summary>
internal readonly record struct ClaimShare(Lane Lane, ProjectId ProjectId, DateTimeOffset Since, int Limit);

/// <summary>A project with deliveries that nobody holds.</summary>
/// <param name="Oldest">When the first of them is due, or was.</param>
internal readonly record struct WaitingProject(Lane Lane, ProjectId ProjectId, DateTimeOffset Oldest);

/// <summary>The queue in the table `deliveries`, as its workers use it.</summary>
internal sealed class DeliveryQueue(NpgsqlDataSource dataSource, SuppressionFeed suppressions, IOptions<DeliveryOptions> options, TimeProvider clock) : IAsyncDisposable
{
    // A claim that a crash of the database takes back was only a promise: its rows come due again, and whoever sent one of them is fenced
    // out as a late worker. So claims do not wait for the disk. What they were for does: records, and the mark before a transfer.
    private readonly HeldConnection _claims = new(dataSource, "SET synchronous_commit = off;", clock);
    private readonly HeldConnection _records = new(dataSource, settings: null, clock);

    private readonly TimeSpan _lease = options.Value.Lease;

    /// <param name="after">Where the walk begins: behind this one. Null for the first.</param>
    /// <returns>Projects by lane and id, as many as the limit at most.</returns>
    public Task<List<WaitingProject>> WaitingProjectsAsync(WaitingProject? after, int limit, CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.WaitingProjects, connection);
        command.Parameters.AddTyped((short)(after?.Lane ?? (Lane)(-1))).AddTyped(after?.ProjectId.Value ?? Guid.Empty).AddTyped(limit);
        await command.PrepareAsync(ct);
        List<WaitingProject> waiting = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) waiting.Add(new WaitingProject((Lane)reader.GetInt16(0), new ProjectId(reader.GetGuid(1)), reader.GetFieldValue<DateTimeOffset>(2)));
        return waiting;
    }, ct);

    /// <summary>Leases what is due, of each share up to its limit, under one new token.</summary>
    public Task<List<Delivery>> ClaimDueAsync(IReadOnlyList<ClaimShare> shares, CancellationToken ct) => _claims.UseAsync(async (connection, _) =>
    {
        // Not cancelled once begun: rows that were leased and not told would be nobody's until the lease ends.
        CancellationToken never = CancellationToken.None;
        Guid token = Guid.NewGuid();
        await using NpgsqlCommand command = new(DeliverySql.ClaimDue, connection);
        command.Parameters.AddTyped(_lease).AddTyped(token).AddTyped(Now())
            .AddTyped(Column(shares, share => (short)share.Lane))
            .AddTyped(Column(shares, share => share.ProjectId.Value))
            .AddTyped(Column(shares, share => share.Since.UtcDateTime))
            .AddTyped(Column(shares, share => share.Limit));
        await command.PrepareAsync(never);
        List<Delivery> claimed = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(never);
        while (await reader.ReadAsync(never))
        {
            claimed.Add(new Delivery(new ProjectId(reader.GetGuid(0)), new DeliveryId(reader.GetGuid(1)), new MessageId(reader.GetGuid(2)), reader.GetString(3), (Lane)reader.GetInt16(4), reader.GetInt32(5))
            {
                LeaseToken = token,
                DueAt = reader.GetFieldValue<DateTimeOffset>(6),
                FirstAttemptAt = reader.GetFieldValue<DateTimeOffset>(7),
                WasParked = reader.GetBoolean(8),
                Takeovers = reader.GetInt32(9),
            });
        }

        return claimed;
    }, ct);

    /// <returns>The claims that are still ours.</returns>
    public Task<HashSet<(DeliveryId Id, Guid LeaseToken)>> ExtendLeasesAsync(IReadOnlyList<Delivery> held, CancellationToken ct) =>
        _claims.UseAsync((connection, ct) => HeldAsync(connection, DeliverySql.ExtendLeases, held, ct), ct);

    /// <summary>Call before the first byte of a message that must not arrive twice.</summary>
    /// <returns>The claims that are still ours.</returns>
    public async Task<HashSet<(DeliveryId Id, Guid LeaseToken)>> MarkDataStartedAsync(IReadOnlyList<Delivery> held, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        return await HeldAsync(connection, DeliverySql.MarkDataStarted, held, ct);
    }

    /// <summary>Gives back what was claimed and not sent.</summary>
    public Task<int> ReleaseAsync(IReadOnlyList<Delivery> held, CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.Release, connection);
        AddKeys(command.Parameters.AddTyped(Now()), held);
        await command.PrepareAsync(ct);
        return await command.ExecuteNonQueryAsync(ct);
    }, ct);

    /// <summary>Stores the outcomes of deliveries that have one.</summary>
    /// <returns>Those that were still ours; for the others nothing was changed.</returns>
    public Task<HashSet<DeliveryId>> RecordAsync(IReadOnlyList<Delivery> outcomes, CancellationToken ct) => _records.UseAsync(async (connection, ct) =>
    {
        DateTimeOffset now = clock.GetUtcNow();
        ToldDetours told = new();
        List<FedSuppression> fed = Fed(outcomes);
        await using NpgsqlCommand command = new(fed.Count == 0 ? DeliverySql.Record : DeliverySql.RecordAndSuppress, connection);
        AddKeys(command.Parameters.AddTyped(now.UtcDateTime), outcomes)
            .AddTyped(Column(outcomes, o => o.State.Name()))
            .AddTyped(Column(outcomes, o => o.Attempts))
            .AddTyped(Column(outcomes, o => o.NextAttemptAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(Column(outcomes, o => o.ParkedBy), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, o => o.Relay), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, o => o.Reply?.Code), NpgsqlDbType.Array | NpgsqlDbType.Integer)
            .AddTyped(Column(outcomes, o => o.Reply?.EnhancedCode), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, o => o.Reply?.Text), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, o => o.Reason), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(outcomes, delivery => told.Add(delivery, now)))
            .AddTyped(Column(outcomes, DeliveryEvents.TypeOf), NpgsqlDbType.Array | NpgsqlDbType.Text);
        told.AddTo(command.Parameters);
        command.Parameters.AddTyped(Column(outcomes, o => o.Cause), NpgsqlDbType.Array | NpgsqlDbType.Text);
        command.Parameters.AddTyped(Column(outcomes, o => o.Held is not null));
        command.Parameters.AddTyped(Column(outcomes, o => o.Transcript), NpgsqlDbType.Array | NpgsqlDbType.Text);
        told.AddTranscriptsTo(command.Parameters);
        if (fed.Count > 0) suppressions.AddTo(command.Parameters, fed, now);
        await command.PrepareAsync(ct);
        HashSet<DeliveryId> recorded = new(outcomes.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) recorded.Add(new DeliveryId(reader.GetGuid(0)));
        return recorded;
    }, ct);

    /// <summary>What a server said of the address, when that was the end of it. An attempt that only failed may work yet.</summary>
    private List<FedSuppression> Fed(IReadOnlyList<Delivery> outcomes)
    {
        List<FedSuppression> fed = [];
        foreach (Delivery outcome in outcomes)
        {
            if (outcome is not { State: DeliveryState.Bounced or DeliveryState.Failed, Reply: not null, Cause: { } cause }) continue;
            if (suppressions.Of(outcome.Id.Value, outcome.Recipient, AddressCauses.SuppressionOf(cause)) is { } one) fed.Add(one);
        }

        return fed;
    }

    /// <summary>Takes over what dead workers held.</summary>
    /// <param name="ours">What this worker holds; asked when the statement's turn has come, because the wait for it may have been long.</param>
    /// <returns>How many are due again, and how many ended as failed because they may have been sent and must not arrive twice.</returns>
    public Task<(int Again, int Lost)> TakeOverAsync(int limit, Func<Guid[]> ours, CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.TakeOver, connection);
        command.Parameters.AddTyped(Now()).AddTyped(limit).AddTyped(ours());
        await command.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return ((int)reader.GetInt64(0), (int)reader.GetInt64(1));
    }, ct);

    /// <returns>What deliveries wait for, each name once.</returns>
    public Task<List<string>> WaitedForAsync(CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.WaitedFor, connection);
        List<string> names = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0));
        return names;
    }, ct);

    /// <summary>Makes deliveries due that wait only for these relays.</summary>
    /// <returns>How many; the limit when there may be more.</returns>
    public Task<int> UnparkAsync(string waitsAs, int limit, CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.Unpark, connection);
        command.Parameters.AddTyped(waitsAs).AddTyped(Now()).AddTyped(limit);
        await command.PrepareAsync(ct);
        return await command.ExecuteNonQueryAsync(ct);
    }, ct);

    /// <summary>Makes deliveries due that wait only for this limit.</summary>
    /// <param name="forBulk">How many of them are left to the lane `bulk`, if so many of it wait.</param>
    /// <returns>How many; the limit when there may be more.</returns>
    public Task<int> CallAsync(string waitsAs, int limit, int forBulk, CancellationToken ct) => _claims.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(DeliverySql.Call, connection);
        command.Parameters.AddTyped(waitsAs).AddTyped(Now()).AddTyped(limit).AddTyped(forBulk).AddTyped(LimitNames.IsQuota(waitsAs));
        await command.PrepareAsync(ct);
        return await command.ExecuteNonQueryAsync(ct);
    }, ct);

    public async ValueTask DisposeAsync()
    {
        await _claims.DisposeAsync();
        await _records.DisposeAsync();
    }

    private async Task<HashSet<(DeliveryId Id, Guid LeaseToken)>> HeldAsync(NpgsqlConnection connection, string sql, IReadOnlyList<Delivery> held, CancellationToken ct)
    {
#pragma warning disable CA2100 // a constant of DeliverySql
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        AddKeys(command.Parameters.AddTyped(_lease), held);
        await command.PrepareAsync(ct);
        HashSet<(DeliveryId, Guid)> ours = new(held.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ours.Add((new DeliveryId(reader.GetGuid(0)), reader.GetGuid(1)));
        return ours;
    }

    private static NpgsqlParameterCollection AddKeys(NpgsqlParameterCollection parameters, IReadOnlyList<Delivery> deliveries) => parameters
        .AddTyped(Column(deliveries, d => d.ProjectId.Value))
        .AddTyped(Column(deliveries, d => d.Id.Value))
        .AddTyped(Column(deliveries, d => d.LeaseToken));

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value)
    {
        TColumn[] column = new TColumn[rows.Count];
        for (int i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
