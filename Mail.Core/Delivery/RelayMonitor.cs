using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Relays;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Delivery;

/// <summary>Knows which relays can be used, finds out when one is back, and then lets its waiting messages go.</summary>
internal sealed partial class RelayMonitor(
    RelayDirectory relays, DeliveryQueue queue, WaitingDeliveries waiting, DeliverySignal signal, RelayAlerts alerts, TimeProvider clock, ILogger<RelayMonitor> logger)
{
    private const int UnparkBatch = 1000;
    private const int TrialBatch = 5;

    /// <summary>A relay that asks for less than this is only sent less.</summary>
    private static readonly TimeSpan _worthAPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _trialEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _recallEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(100);

    // Messages that were being parked while the relay came back are found by the later looks.
    private static readonly TimeSpan[] _unparkAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private readonly Dictionary<RelayRoute, Watch> _watches = [];
    private CancellationToken _stopping;
    private Task _recall = Task.CompletedTask;
    private long _recalledAt = Stopwatch.GetTimestamp();

    /// <summary>A message could not be offered to the relay.</summary>
    public void Failed(RelayRoute route, RelayFault fault)
    {
        if (route.Breaker.Open(fault)) Opened(route);
        else alerts.StillPaused(route);
    }

    /// <summary>The relay answered.</summary>
    /// <param name="offered">To whom each reply is.</param>
    /// <param name="hasOthers">Whether the message had other relays to go to.</param>
    public void Answered(RelayRoute route, IReadOnlyList<Delivery> offered, IReadOnlyList<RelayReply> replies, TimeSpan took, bool hasOthers)
    {
        bool isRefused = true, isAboutDomain = true;
        TimeSpan pause = TimeSpan.Zero;
        foreach (RelayReply reply in replies)
        {
            isRefused &= reply is { IsRelaysOwn: true, Scope: ReplyScope.Relay or ReplyScope.Domain };
            isAboutDomain &= reply.Scope == ReplyScope.Domain;
            if (reply.RetryAfter > pause) pause = reply.RetryAfter.Value;
        }

        if (route.Gate is { } gate)
            for (int i = 0; i < replies.Count; i++) gate.Answered(replies[i], offered[i].Recipient);
        if (isRefused && !isAboutDomain && pause >= _worthAPause)
        {
            if (route.Breaker.Pause(new RelayFault(replies[0].Text, IsPermanent: false), pause)) Opened(route);
            return;
        }

        switch (route.Breaker.Answered(isRefused ? replies[0].Text : null, took, hasOthers, isRefused && !isAboutDomain ? null : offered[0].Recipient))
        {
            case BreakerChange.Opened:
                Opened(route);
                break;
            case BreakerChange.Closed:
                Recovered(route);
                break;
        }
    }

    /// <summary>Probes each relay when it becomes known, and when its breaker is open, whenever the pause ends. No failure ends it.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        relays.Changed += Reconsider;
        await RecallAsync();
        using PeriodicTimer timer = new(_lookEvery);
        try
        {
            do Look();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll([_recall, .. _watches.Values.Select(watch => watch.Work)]);
        }
        finally
        {
            relays.Changed -= Reconsider;
        }
    }

    /// <summary>
    /// What an earlier process left waiting is nobody's until its relays are known to this one. And while messages wait, their relays are looked at
    /// again and again, though no message asks for them: one may have been switched off, changed or removed.
    /// </summary>
    private async Task RecallAsync()
    {
        try
        {
            foreach (string waitsAs in await queue.WaitedForAsync(_stopping))
                if (await relays.RecallAsync(waitsAs, _stopping) is { } project) Reconsider(project);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            LogNotRecalled(e); // they come due by themselves, only later
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private void Reconsider(ProjectId project)
    {
        foreach (TimeSpan after in _unparkAfter) _ = ReconsiderAsync(project, after); // again, for those that were being parked by what was known before
    }

    private async Task ReconsiderAsync(ProjectId project, TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _stopping);
            int count = await waiting.ReconsiderAsync(project, _stopping);
            if (count > 0) LogReconsidered(count, project);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            LogUnparkFailed(e, project.ToString()); // they come due by themselves, only later
        }
        catch (Exception)
        {
            // Stopping: the next start looks again.
        }
    }

    private void Look()
    {
        if (_recall.IsCompleted && Stopwatch.GetElapsedTime(_recalledAt) > _recallEvery)
        {
            _recalledAt = Stopwatch.GetTimestamp();
            _recall = RecallAsync();
        }

        HashSet<RelayRoute> known = [.. relays.All];
        foreach (RelayRoute gone in _watches.Keys.Where(route => !known.Contains(route)).ToList()) _watches.Remove(gone);
        foreach (RelayRoute route in known)
        {
            DeliveryMetrics.RelayIs(route.Relay.Name, route.Breaker.Fault is not null);
            if (!_watches.TryGetValue(route, out Watch? watch)) _watches[route] = new Watch { Work = ProbeAsync(route, first: true, _stopping) };
            else if (watch.Work.IsCompleted) LookAt(route, watch);
        }
    }

    private void LookAt(RelayRoute route, Watch watch)
    {
        if (route.Breaker.ProbeAt <= clock.GetUtcNow()) watch.Work = ProbeAsync(route, first: false, _stopping);
        else if (!route.Breaker.IsHalfOpen) watch.TrialAt = 0;
        else if (watch.TrialAt == 0 || Stopwatch.GetElapsedTime(watch.TrialAt) > _trialEvery)
        {
            // Again and again, because those that were being parked while it became half open were not found by the first call.
            watch.TrialAt = Stopwatch.GetTimestamp();
            watch.Work = UnparkAsync(route.WaitsAs, TimeSpan.Zero, TrialBatch);
        }
    }

    private async Task ProbeAsync(RelayRoute route, bool first, CancellationToken ct)
    {
        try
        {
            RelayFault? was = route.Breaker.Fault;
            if (await route.Relay.ProbeAsync(ct) is { } fault) Failed(route, fault);
            else if (route.Breaker.HalfOpen()) alerts.Returning(route, was);
            else if (first) Recovered(route); // some may wait since an earlier process
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The end.
        }
        catch (Exception e)
        {
            LogProbeFailed(e, route.Relay.Name);
            Failed(route, new RelayFault($"The relay '{route.Relay.Name}' cannot be used: {e.Message}", IsPermanent: false));
        }
    }

    private void Opened(RelayRoute route)
    {
        DeliveryMetrics.RelayPaused(route.Relay.Name);
        alerts.Paused(route);
        if (route.Breaker.Fault is { } fault) LogPaused(route.Relay.Name, fault.Reason);
    }

    private void Recovered(RelayRoute route)
    {
        alerts.Recovered(route);
        foreach (TimeSpan after in _unparkAfter) _ = UnparkAsync(route.WaitsAs, after, most: int.MaxValue);
    }

    private async Task UnparkAsync(string waitsAs, TimeSpan after, int most)
    {
        try
        {
            await Task.Delay(after, _stopping);
            int count, total = 0;
            do
            {
                count = await queue.UnparkAsync(waitsAs, Math.Min(UnparkBatch, most), _stopping);
                total += count;
                if (count > 0) signal.Raise();
            }
            while (count == UnparkBatch && total < most);
            if (total > 0) LogResumed(waitsAs, total);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            LogUnparkFailed(e, waitsAs); // they come due by themselves, only later
        }
        catch (Exception)
        {
            // Stopping: the next start looks again.
        }
    }

    private sealed class Watch
    {
        public required Task Work { get; set; }

        /// <summary>When messages were last called to try a relay that is half open; 0 for not yet.</summary>
        public long TrialAt { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay '{Relay}' is paused: {Reason}")]
    private partial void LogPaused(string relay, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} deliveries that waited for '{WaitsAs}' are due now")]
    private partial void LogResumed(string waitsAs, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} waiting deliveries of project {ProjectId} are looked at again: its relays have changed")]
    private partial void LogReconsidered(int count, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay '{Relay}' could not be probed")]
    private partial void LogProbeFailed(Exception e, string relay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries that wait for '{WaitsAs}' could not be made due; they come due by themselves")]
    private partial void LogUnparkFailed(Exception e, string waitsAs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits since an earlier process could not be read; it comes due by itself")]
    private partial void LogNotRecalled(Exception e);
}
