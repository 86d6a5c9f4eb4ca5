using Mail.Tests.Core.Suppressions;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Microsoft.Extensions.Options;
using Npgsql;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

/// <summary>Does to a queue, at random, all that workers, senders and reports can do: also too late, twice, and with what another has taken over.</summary>
internal sealed class QueueActor(DeliveryDatabase database, Random random, TimeProvider clock) : IAsyncDisposable
{
    private static readonly QueueOperation[] _operations = Enum.GetValues<QueueOperation>();
    private static readonly RelayFault _down = new("The mail server is down.", IsPermanent: false);
    private static readonly RetrySchedule _retries = RetrySchedule.Of(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    private readonly DeliveryQueue _queue = new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), clock);
    private readonly DeliveryReports _reports = new(database.Source, Feeds.Of(), clock);
    private readonly MessageSchedule _schedule = new(database.Source, new MessageReader(database.Source), new DeliverySignal(), Options.Create(new MessageOptions()), clock);

    /// <summary>Everything ever claimed, also what was recorded, released or lost since: late writes are part of the game.</summary>
    private readonly List<Claimed> _claimed = [];

    /// <returns>What it did.</returns>
    public async Task<QueueOperation> StepAsync()
    {
        CancellationToken ct = CancellationToken.None;
        QueueOperation operation = _operations[random.Next(_operations.Length)];
        switch (operation)
        {
            case QueueOperation.Accept:
                DeliveryGuarantee guarantee = random.Next(2) == 0 ? DeliveryGuarantee.AtLeastOnce : DeliveryGuarantee.AtMostOnce;
                await database.AddMessageAsync([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Guid.NewGuid():N}@example.com")], (Lane)random.Next(3), guarantee, due: clock.GetUtcNow().AddSeconds(-1));
                break;
            case QueueOperation.Claim:
                _claimed.AddRange(await _queue.ClaimDueAsync(random.Next(4), random.Next(4), random.Next(4)));
                break;
            case QueueOperation.Extend:
                await _queue.ExtendLeasesAsync(Some(), ct);
                break;
            case QueueOperation.Mark:
                await _queue.MarkDataStartedAsync(Some(), ct);
                break;
            case QueueOperation.Record:
                await _queue.RecordAsync([.. Some().Select(Outcome)], ct);
                break;
            case QueueOperation.Release:
                await _queue.ReleaseAsync([.. Some().Where(delivery => delivery.State == DeliveryState.Sending)], ct);
                break;
            case QueueOperation.TakeOver:
                await ExecuteAsync("UPDATE deliveries SET lease_until = now() - interval '1 second' WHERE (project_id, id) IN (SELECT project_id, id FROM deliveries WHERE lease_token IS NOT NULL ORDER BY random() LIMIT 3 FOR UPDATE SKIP LOCKED)");
                await _queue.TakeOverAsync(10, () => [], ct);
                break;
            case QueueOperation.Unpark:
                await (random.Next(3) switch
                {
                    0 => _queue.UnparkAsync("default", 10, ct),
                    1 => _queue.CallAsync(Holds.TurnName, 10, 2, ct),
                    _ => _queue.CallAsync(Holds.QuotaName, 10, 2, ct),
                });
                break;
            case QueueOperation.Cancel:
                if (await AnyMessageAsync() is { } canceled) await _schedule.CancelAsync(DeliveryDatabase.Project, canceled, ct);
                break;
            case QueueOperation.Reschedule:
                if (await AnyMessageAsync() is { } moved) await _schedule.RescheduleAsync(DeliveryDatabase.Project, moved, random.Next(2) == 0 ? "in 1 minute" : "2020-01-01T00:00:00Z", ct);
                break;
            default:
                await _reports.RecordAsync(await SomeReportsAsync(), ct);
                break;
        }

        return operation;
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    /// <summary>One of its claims, or a few, whatever became of them.</summary>
    private List<Claimed> Some() => [.. Enumerable.Range(0, random.Next(1, 5)).Where(_ => _claimed.Count > 0).Select(_ => _claimed[random.Next(_claimed.Count)]).Distinct()];

    /// <summary>The same claim with an outcome; one that has an outcome already keeps it, as a repeated record does.</summary>
    private Claimed Outcome(Claimed delivery)
    {
        if (delivery.State != DeliveryState.Sending) return delivery;
        DateTimeOffset now = clock.GetUtcNow();
        DeliveryGuarantee guarantee = random.Next(2) == 0 ? DeliveryGuarantee.AtLeastOnce : DeliveryGuarantee.AtMostOnce;
        switch (random.Next(9))
        {
            case 0:
                delivery.Park(_down, "default", "default", now.AddSeconds(30), _retries, now);
                break;
            case 1:
                delivery.Delay("A fault in the mail system.", _retries, now);
                break;
            case 2:
                delivery.Fail("It cannot be composed.");
                break;
            case 3:
                delivery.Hold(Holds.Turn(now), now, TimeSpan.FromDays(1), now);
                break;
            case 4:
                delivery.Hold(Holds.Quota(now), now.AddDays(-random.Next(2)), TimeSpan.FromHours(1), now);
                break;
            default:
                delivery.Record(new RelayReply((RelayVerdict)random.Next(4), 450, null, "text"), "default", guarantee, _retries, now);
                break;
        }

        return delivery;
    }

    private async Task<MessageId?> AnyMessageAsync()
    {
        await using NpgsqlCommand command = database.Source.CreateCommand("SELECT id FROM messages ORDER BY random() LIMIT 1");
        return await command.ExecuteScalarAsync() is Guid id ? new MessageId(id) : null;
    }

    private async Task<List<DeliveryReport>> SomeReportsAsync()
    {
        await using NpgsqlCommand command = database.Source.CreateCommand("SELECT message_id, id FROM recipients ORDER BY random() LIMIT 4");
        List<DeliveryReport> reports = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            reports.Add(new DeliveryReport(DeliveryDatabase.Project, new MessageId(reader.GetGuid(0)), new DeliveryId(reader.GetGuid(1)), DeliveryStates.Reportable[random.Next(DeliveryStates.Reportable.Count)]));
        return reports;
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
