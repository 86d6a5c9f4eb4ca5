using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Alerts;

/// <summary>Stores what was raised in this process, looks at the queue and at what comes back, and tells people what they do not know yet. Runs in every host; no failure ends it.</summary>
internal sealed partial class AlertKeeper(
    AlertOutbox outbox, AlertStore store, QueueWatch queue, RateWatch rates, IEnumerable<IAlertChannel> channels, IOptions<AlertOptions> options, ILogger<AlertKeeper> logger) : BackgroundService
{
    private readonly IAlertChannel[] _channels = [.. channels];
    private readonly Dictionary<(Guid, bool), long> _complainedAt = [];
    private long _queueSeenAt;
    private long _ratesSeenAt;
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using PeriodicTimer timer = new(options.Value.LookEvery);
        try
        {
            do await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await StoreAsync(ct);
            if (_queueSeenAt == 0 || Stopwatch.GetElapsedTime(_queueSeenAt) >= options.Value.QueueLookEvery)
            {
                _queueSeenAt = Stopwatch.GetTimestamp();
                await queue.LookAsync(ct);
                await store.ExpireAsync(ct);
            }

            if (_ratesSeenAt == 0 || Stopwatch.GetElapsedTime(_ratesSeenAt) >= options.Value.RatesLookEvery)
            {
                _ratesSeenAt = Stopwatch.GetTimestamp();
                await rates.LookAsync(ct);
            }

            if (_channels.Length > 0)
                foreach (Alert alert in await store.UntoldAsync(ct)) await TellAsync(alert, ct);
            _isAway = false;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (!_isAway) LogFailed(e); // while the database is away, once
            _isAway = true;
        }
    }

    private async Task StoreAsync(CancellationToken ct)
    {
        IReadOnlyList<AlertChange> changes = outbox.Take();
        int stored = 0;
        try
        {
            for (; stored < changes.Count; stored++) await store.ApplyAsync(changes[stored], ct);
        }
        catch
        {
            outbox.GiveBack([.. changes.Skip(stored)]);
            throw;
        }
    }

    private async Task TellAsync(Alert alert, CancellationToken ct)
    {
        List<string> problems = [];
        foreach (IAlertChannel channel in _channels)
        {
            try
            {
                if (await channel.TellAsync(alert, ct) is { } problem) problems.Add(problem);
            }
            catch (Exception e) when (e is not NpgsqlException && !ct.IsCancellationRequested)
            {
                problems.Add($"A fault in the mail system: {e.GetType().Name}: {e.Message}"); // those that come after it are told all the same
            }
        }

        if (problems.Count < _channels.Length)
        {
            await store.MarkToldAsync(alert, ct);
            LogTold(alert.Key.Kind, alert.Key.Subject, alert.IsOpen);
            return;
        }

        if (_complainedAt.TryGetValue((alert.Id, alert.IsOpen), out long before) && Stopwatch.GetElapsedTime(before) < options.Value.RepeatAfter) return;
        if (_complainedAt.Count > 1000) _complainedAt.Clear();
        _complainedAt[(alert.Id, alert.IsOpen)] = Stopwatch.GetTimestamp();
        string all = string.Join(" ", problems);
        LogNobodyTold(alert.Key.Kind, alert.Key.Subject, alert.Facts.Reason, all);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "People were told of {Kind} '{Subject}'; it still stands: {IsOpen}")]
    private partial void LogTold(AlertKind kind, string subject, bool isOpen);

    [LoggerMessage(Level = LogLevel.Error, Message = "ALERT {Kind} '{Subject}': {Reason} Nobody can be told of it for now: {Problem}")]
    private partial void LogNobodyTold(AlertKind kind, string subject, string? reason, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alerts could not be stored or told; trying again")]
    private partial void LogFailed(Exception e);
}
