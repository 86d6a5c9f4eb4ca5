using System.Threading.Channels;
using Mail.Core.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>
/// Step 6 of a message's way. Records outcomes as they arrive; an outcome waits for company only while another record is under way.
/// What cannot be recorded because the database is away is tried until it is back: it happened, and forgetting it makes a duplicate.
/// </summary>
internal sealed partial class DeliveryRecorder(DeliveryQueue queue, DeliveryLeases leases, SimulatedReports reports, IOptions<DeliveryOptions> options, ILogger<DeliveryRecorder> logger)
{
    private static readonly TimeSpan _afterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Delivery> _outcomes = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Takes a delivery that has its outcome. How many there can be is bounded by how many are held.</summary>
    public void Add(Delivery delivery) => _outcomes.Writer.TryWrite(delivery);

    /// <summary>No outcome follows: <see cref="RunAsync"/> ends once all are recorded.</summary>
    public void Complete() => _outcomes.Writer.TryComplete();

    /// <param name="giveUp">Ends the attempts to reach the database.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        List<Delivery> batch = new(options.Value.BatchSize);
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < options.Value.BatchSize && _outcomes.Reader.TryRead(out Delivery? outcome)) batch.Add(outcome);
            await RecordAsync(batch, giveUp);
            batch.Clear();
        }
    }

    /// <summary>Gives deliveries back unsent. When that fails their leases end by themselves.</summary>
    public async Task ReleaseAsync(IReadOnlyList<Delivery> unsent)
    {
        try
        {
            await queue.ReleaseAsync(unsent, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            LogReleaseFailed(e, unsent.Count);
        }
        finally
        {
            leases.Forget(unsent);
        }
    }

    private async Task RecordAsync(List<Delivery> batch, CancellationToken giveUp)
    {
        for (bool repeated = false; ; repeated = true)
        {
            try
            {
                Settle(batch, await queue.RecordAsync(batch, giveUp), repeated);
                return;
            }
            catch (PostgresException e) when (IsAboutARow(e))
            {
                await RecordByHalvesAsync(batch, e, giveUp);
                return;
            }
            catch (Exception e)
            {
                if (giveUp.IsCancellationRequested)
                {
                    LogLost(e, batch.Count);
                    leases.Forget(batch);
                    return;
                }

                LogRecordFailed(e, batch.Count);
                await Task.Delay(_afterFailure, CancellationToken.None);
            }
        }
    }

    /// <summary>Class 22 is a value that a column does not take, class 23 a broken constraint: trying the same again cannot help.</summary>
    private static bool IsAboutARow(PostgresException e) => e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    /// <summary>One outcome that cannot be stored must not keep the others from it.</summary>
    private async Task RecordByHalvesAsync(List<Delivery> batch, PostgresException e, CancellationToken giveUp)
    {
        if (batch.Count > 1)
        {
            await RecordAsync(batch.GetRange(0, batch.Count / 2), giveUp);
            await RecordAsync(batch.GetRange(batch.Count / 2, batch.Count - batch.Count / 2), giveUp);
            return;
        }

        LogUnstorable(e, batch[0].Id, batch[0].State);
        leases.Forget(batch);
    }

    private void Settle(List<Delivery> batch, HashSet<DeliveryId> recorded, bool repeated)
    {
        int late = 0;
        foreach (Delivery delivery in batch)
        {
            if (recorded.Contains(delivery.Id))
            {
                DeliveryMetrics.Recorded(delivery);
                reports.Recorded(delivery);
            }
            else if (!repeated) late++; // after a failure the first try may have been recorded and only its answer lost
        }

        leases.Forget(batch);
        if (late == 0) return;
        DeliveryMetrics.Late(late);
        LogLate(late);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} outcomes came after their lease had been taken over and changed nothing; these messages may arrive twice")]
    private partial void LogLate(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} outcomes could not be recorded; trying again")]
    private partial void LogRecordFailed(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} outcomes were not recorded before the worker ended; these messages may arrive twice")]
    private partial void LogLost(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The outcome {State} of delivery {DeliveryId} cannot be stored; it comes due again when its lease ends")]
    private partial void LogUnstorable(Exception e, DeliveryId deliveryId, DeliveryState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} unsent deliveries could not be given back; they come due again when their leases end")]
    private partial void LogReleaseFailed(Exception e, int count);
}
