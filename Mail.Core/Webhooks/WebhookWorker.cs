using System.Threading.Channels;
using Mail.Core.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Webhooks;

/// <summary>Tells endpoints of events: claims what is due, sends it, records what came of it in batches. Any number of workers share one queue; no failure ends the loop.</summary>
internal sealed partial class WebhookWorker(
    WebhookQueue queue, WebhookPayloads payloads, WebhookSender sender, WebhookHousekeeping housekeeping, IAlerts alerts, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookWorker> logger) : BackgroundService
{
    private const int LargestBatch = 200;
    private static readonly TimeSpan _takeOverEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _drain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<WebhookOutcome> _outcomes = Channel.CreateUnbounded<WebhookOutcome>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _inFlight;

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the first claim
        using CancellationTokenSource abort = new(), giveUpRecords = new();
        Task recording = RecordAllAsync(giveUpRecords.Token);
        Task keeping = housekeeping.RunAsync(stoppingToken);
        List<Task> sending = [];
        long takeOverAt = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            bool mayBeMore = false;
            try
            {
                if (Environment.TickCount64 >= takeOverAt)
                {
                    if (await queue.TakeOverAsync(stoppingToken) is > 0 and int count) TookOver(count);
                    takeOverAt = Environment.TickCount64 + (long)_takeOverEvery.TotalMilliseconds;
                }

                mayBeMore = await StartDueAsync(sending, abort.Token, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // what was claimed comes due again when its lease ends
            }
            catch (OperationCanceledException)
            {
                break;
            }

            sending.RemoveAll(task => task.IsCompleted);
            if (mayBeMore && Volatile.Read(ref _inFlight) < options.Value.Concurrency) continue;
            try
            {
                await _wake.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        abort.CancelAfter(_drain);
        await Task.WhenAll(sending);
        _outcomes.Writer.Complete();
        giveUpRecords.CancelAfter(_drain);
        await recording;
        await keeping;
    }

    /// <returns>Whether there may be more at once.</returns>
    private async Task<bool> StartDueAsync(List<Task> sending, CancellationToken abort, CancellationToken ct)
    {
        int room = options.Value.Concurrency - Volatile.Read(ref _inFlight);
        if (room <= 0) return false;
        (List<ClaimedEvent> claimed, bool mayBeMore) = await queue.ClaimAsync(room, ct);
        if (claimed.Count == 0) return mayBeMore;
        Dictionary<(Guid, Guid), WebhookBody> bodies = await payloads.MakeAsync(claimed, ct);
        foreach (ClaimedEvent one in claimed)
        {
            if (bodies.TryGetValue((one.WebhookId, one.EventId), out WebhookBody body))
            {
                Interlocked.Increment(ref _inFlight);
                sending.Add(SendAsync(one, body, abort));
            }
            else
            {
                _outcomes.Writer.TryWrite(new WebhookOutcome(one, clock.GetUtcNow(), TimeSpan.Zero, false, null, null, null, null) { IsForgotten = true });
            }
        }

        return mayBeMore;
    }

    private async Task SendAsync(ClaimedEvent one, WebhookBody body, CancellationToken abort)
    {
        try
        {
            await Task.Yield();
            WebhookOutcome outcome = await sender.SendAsync(one, body, abort);
            WebhookMetrics.Attempted(outcome);
            _outcomes.Writer.TryWrite(outcome);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // Cut off by our end: its lease ends, and another worker sends it again under the same id.
        }
        catch (Exception e)
        {
            LogFault(e, one.EventId, one.WebhookId); // a fault of ours must not be repeated at once: it waits for its lease to end
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task RecordAllAsync(CancellationToken giveUp)
    {
        List<WebhookOutcome> batch = new(LargestBatch);
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _outcomes.Reader.TryRead(out WebhookOutcome? outcome)) batch.Add(outcome);
            await RecordAsync(batch, giveUp);
            if (_wake.CurrentCount == 0) Wake();
        }
    }

    /// <summary>Until it is stored, or the leases are over and others do it all again.</summary>
    private async Task RecordAsync(List<WebhookOutcome> batch, CancellationToken giveUp)
    {
        long until = Environment.TickCount64 + (long)options.Value.Lease.TotalMilliseconds;
        while (true)
        {
            try
            {
                foreach (EndpointHealth news in await queue.RecordAsync(batch, giveUp)) Tell(news);
                return;
            }
            catch (Exception e)
            {
                LogRecordFailed(e, batch.Count);
                if (giveUp.IsCancellationRequested || Environment.TickCount64 >= until) return;
                await Task.Delay(_afterFailure, CancellationToken.None);
            }
        }
    }

    private void Tell(EndpointHealth news)
    {
        AlertKey failing = WebhookAlerts.Failing(news.ProjectId, news.Endpoint), off = WebhookAlerts.Disabled(news.ProjectId, news.Endpoint);
        DateTimeOffset now = clock.GetUtcNow();
        if (news.IsSwitchedOff)
        {
            WebhookMetrics.Disabled();
            LogSwitchedOff(news.Id, news.ProjectId.Value, news.Reason);
            alerts.Resolve(failing);
            alerts.Raise(off, new AlertFacts { Reason = news.Reason }, endsAt: now + WebhookAlerts.Lasts);
        }
        else if (news.FailingSince is not { } since)
        {
            alerts.Resolve(failing);
        }
        else if (now - since >= options.Value.AlertAfter)
        {
            alerts.Raise(failing, new AlertFacts { Since = since }, endsAt: now + TimeSpan.FromDays(1)); // its events may wait for hours from one attempt to the next
        }
    }

    private void TookOver(int count)
    {
        WebhookMetrics.TakenOver(count);
        LogTakenOver(count);
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be claimed; trying again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "A fault in the mail system kept event {EventId} from webhook {WebhookId}; it is tried again when its lease ends")]
    private partial void LogFault(Exception e, Guid eventId, Guid webhookId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} outcomes of webhooks could not be stored")]
    private partial void LogRecordFailed(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} events were taken over from a worker that stopped; their endpoints may get them twice, under the same id")]
    private partial void LogTakenOver(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {WebhookId} of project {ProjectId} was switched off: {Reason}")]
    private partial void LogSwitchedOff(Guid webhookId, Guid projectId, string? reason);
}
