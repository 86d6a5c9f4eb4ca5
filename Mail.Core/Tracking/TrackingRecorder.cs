using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Tracking;

/// <summary>
/// Writes opens and clicks, many at once: whoever comes while a group is being committed shares the next one. A reader is answered when their hit is committed,
/// and after <see cref="Patience"/> at the latest: nobody shall wait at a link for our database. Safe for many threads.
/// </summary>
public sealed partial class TrackingRecorder(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<TrackingRecorder> logger) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>More than this many hits do not wait: they are lost rather than held in memory.</summary>
    private const int MostWaiting = 10_000;

    private const int LargestGroup = 500;

    private readonly HeldConnection _connection = new(dataSource);
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isWriting;

    /// <summary>Never fails: what cannot be written is counted and told in the log.</summary>
    public async Task<HitOutcome> RecordAsync(TrackingHit hit)
    {
        ArgumentNullException.ThrowIfNull(hit);
        Waiting waiting = new(hit);
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting) return HitOutcome.Lost;
            _waiting.Enqueue(waiting);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(WriteAsync, CancellationToken.None);
            }
        }

        try
        {
            return await waiting.Outcome.Task.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            LogSlow();
            return HitOutcome.Lost; // it may be written yet
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task WriteAsync()
    {
        while (true)
        {
            List<Waiting> group = [];
            lock (_lock)
            {
                while (group.Count < LargestGroup && _waiting.TryDequeue(out Waiting? one)) group.Add(one);
                if (group.Count == 0)
                {
                    _isWriting = false;
                    return;
                }
            }

            try
            {
                HitOutcome[] outcomes = await _connection.UseAsync((connection, ct) => WriteAsync(connection, group, ct), CancellationToken.None);
                for (int i = 0; i < group.Count; i++) group[i].Outcome.TrySetResult(outcomes[i]);
            }
#pragma warning disable CA1031 // whoever reads the mail goes on; the log and the metric tell it
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogLost(e, group.Count);
                foreach (Waiting one in group) one.Outcome.TrySetResult(HitOutcome.Lost);
            }
        }
    }

    private static async Task<HitOutcome[]> WriteAsync(NpgsqlConnection connection, List<Waiting> group, CancellationToken ct)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        Dictionary<DeliveryId, HitHistory> histories = await HistoriesAsync(connection, group, ct);
        HitJudge judge = new();
        HitOutcome[] outcomes = new HitOutcome[group.Count];
        Dictionary<Guid, int> places = [];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = judge.Judge(group[i].Hit, histories.GetValueOrDefault(group[i].Hit.DeliveryId));
            if (outcomes[i] is HitOutcome.Recorded or HitOutcome.Machine) places[judge.New[^1].EventId] = i;
        }

        if (judge.New.Count > 0)
            foreach (Guid id in places.Keys.Except(await AddAsync(connection, judge.New, ct))) outcomes[places[id]] = HitOutcome.Objected;
        if (judge.Unmasked.Count > 0) await UnmaskAsync(connection, judge.Unmasked, ct);
        await transaction.CommitAsync(ct);
        return outcomes;
    }

    private static async Task<Dictionary<DeliveryId, HitHistory>> HistoriesAsync(NpgsqlConnection connection, List<Waiting> group, CancellationToken ct)
    {
        TrackingHit[] each = [.. group.Select(one => one.Hit).DistinctBy(hit => hit.DeliveryId)];
        long[] keys = [.. each.Select(hit => BitConverter.ToInt64(hit.DeliveryId.Value.ToByteArray(), 8)).Order()];
        Guid[] projects = Column(each, hit => hit.ProjectId.Value), messages = Column(each, hit => hit.MessageId.Value), deliveries = Column(each, hit => hit.DeliveryId.Value);
        await using NpgsqlBatch batch = new(connection);
        NpgsqlBatchCommand locks = new(TrackingSql.Lock);
        locks.Parameters.AddTyped(keys);
        batch.BatchCommands.Add(locks);
        foreach (string sql in (string[])[TrackingSql.Recipients, TrackingSql.Past])
        {
#pragma warning disable CA2100 // constants of TrackingSql
            NpgsqlBatchCommand command = new(sql);
#pragma warning restore CA2100
            command.Parameters.AddTyped(projects).AddTyped(messages).AddTyped(deliveries);
            batch.BatchCommands.Add(command);
        }

        await batch.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        Dictionary<DeliveryId, HitHistory> histories = [];
        while (await reader.ReadAsync(ct)) histories[new DeliveryId(reader.GetGuid(0))] = new HitHistory(reader.GetString(1), reader.GetBoolean(2));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!histories.TryGetValue(new DeliveryId(reader.GetGuid(0)), out HitHistory? history)) continue;
            DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(3);
            string type = reader.GetString(2);
            if (type is not (TrackingEvents.Opened or TrackingEvents.Clicked)) history.SentAt = history.SentAt > at ? history.SentAt : at;
            else history.Past.Add(new PastHit(reader.GetGuid(1), reader.OptionalText(4), at, !reader.IsDBNull(5) && reader.GetBoolean(5), reader.OptionalText(6), reader.OptionalText(7)));
        }

        return histories;
    }

    private static async Task<List<Guid>> AddAsync(NpgsqlConnection connection, List<JudgedHit> events, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(TrackingSql.Add, connection);
        command.Parameters
            .AddTyped(Column(events, one => one.Hit.ProjectId.Value)).AddTyped(Column(events, one => one.Hit.MessageId.Value)).AddTyped(Column(events, one => one.EventId))
            .AddTyped(Column(events, one => one.Type)).AddTyped(Column(events, one => one.Hit.At.UtcDateTime)).AddTyped(Column(events, one => one.Recipient))
            .AddTyped(Column(events, one => one.Detail())).AddTyped(Column(events, one => NormalAddress.Of(one.Recipient)));
        await command.PrepareAsync(ct);
        List<Guid> added = new(events.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) added.Add(reader.GetGuid(0));
        return added;
    }

    private static async Task UnmaskAsync(NpgsqlConnection connection, Dictionary<Guid, TrackingHit> events, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(TrackingSql.Unmask, connection);
        command.Parameters.AddTyped(events.Values.Select(hit => hit.ProjectId.Value).ToArray()).AddTyped(events.Values.Select(hit => hit.MessageId.Value).ToArray()).AddTyped(events.Keys.ToArray());
        await command.PrepareAsync(ct);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value)
    {
        TColumn[] column = new TColumn[rows.Count];
        for (int i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} opens and clicks were answered and could not be recorded")]
    private partial void LogLost(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An open or click was answered before the database took it")]
    private partial void LogSlow();

    private sealed class Waiting(TrackingHit hit)
    {
        public TrackingHit Hit => hit;

        public TaskCompletionSource<HitOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
