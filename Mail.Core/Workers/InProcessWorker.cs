using Mail.Core.Alerts;
using Mail.Core.Delivery;
using Mail.Core.Relays;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Workers;

/// <summary>
/// Starts and stops a worker within a host that is none. Several such hosts may do so at once, beside workers too: leases make it safe. Who stands in for workers does not say that a worker
/// is here, so that several do not take each other for one; who always delivers is one.
/// </summary>
internal sealed partial class InProcessWorker(Func<IHost> build, WorkerHeartbeats heartbeats, IAlerts alerts, IOptions<DeliveryOptions> options, ILogger<InProcessWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _raiseEvery = TimeSpan.FromMinutes(1);

    private readonly WorkerWatch _watch = new(options.Value.FallbackAfter);
    private IHost? _worker;
    private bool? _isAlone;
    private bool _isAway;
    private string? _problem;
    private long _triedAt, _raisedAt;

    private bool IsStoodDown => _worker?.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested == true;

    /// <summary>Who always delivers and cannot, must not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.InProcess == InProcessDelivery.Always) await BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken); // from here nobody else touches the worker
        await EndAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (options.Value.InProcess == InProcessDelivery.Never) return;
        using PeriodicTimer timer = new(options.Value.FallbackAfter / 8);
        try
        {
            do
            {
                if (options.Value.InProcess == InProcessDelivery.Fallback) await LookAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <summary>What cannot be seen leaves everything as it is.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            bool isSeen = await heartbeats.AnySeenAsync(options.Value.FallbackAfter, ct);
            bool isAlone = _watch.Looked(isSeen, Environment.TickCount64);
            _isAway = false;
            if (isAlone || isSeen) _isAlone = isAlone; // neither: it is not known yet
            if (isSeen && _raisedAt >= 0)
            {
                // Also at the first look: an API that stopped meanwhile may have left it.
                alerts.Resolve(AlertKey.NoWorkerSeen);
                (_raisedAt, _problem, _triedAt) = (-1, null, 0);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _watch.CouldNotLook();
            if (!_isAway) LogCannotLook(e);
            _isAway = true;
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        if (IsStoodDown)
        {
            LogStoodDown(); // one of its loops has failed, as its own log says
            await EndAsync(ct);
        }

        bool isWanted = options.Value.InProcess == InProcessDelivery.Always || _isAlone == true;
        if (!isWanted && _worker is not null)
        {
            LogEnds();
            await EndAsync(ct);
        }

        if (isWanted && _worker is null && (_triedAt == 0 || Environment.TickCount64 - _triedAt >= options.Value.FallbackAfter.TotalMilliseconds)) await TryBeginAsync(ct);
        if (_isAlone == true && (_raisedAt <= 0 || Environment.TickCount64 - _raisedAt >= _raiseEvery.TotalMilliseconds))
        {
            alerts.Raise(AlertKey.NoWorkerSeen, new AlertFacts { Reason = _problem });
            _raisedAt = Environment.TickCount64;
        }
    }

    private async Task TryBeginAsync(CancellationToken ct)
    {
        _triedAt = Environment.TickCount64;
        string? before = _problem;
        try
        {
            await BeginAsync(ct);
            _problem = null;
            if (options.Value.InProcess == InProcessDelivery.Fallback) LogBegins(options.Value.FallbackAfter);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _problem = e is OptionsValidationException invalid ? string.Join(" ", invalid.Failures) : e.Message;
            if (_problem != before) LogCannotBegin(_problem, e is OptionsValidationException or InvalidRelayException or RestoredDatabaseException ? null : e);
        }

        if (_problem != before) _raisedAt = 0;
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        IHost worker = build();
        try
        {
            worker.Services.GetService<IStartupValidator>()?.Validate();
            if (options.Value.InProcess == InProcessDelivery.Fallback) RequireChosenRelay(worker.Services);
            await worker.StartAsync(ct);
            _worker = worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    private async Task EndAsync(CancellationToken ct)
    {
        if (_worker is not { } worker) return;
        _worker = null;
        try
        {
            await worker.StopAsync(ct);
        }
        catch (Exception e)
        {
            LogNotStopped(e); // its leases end
        }
        finally
        {
            if (worker is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }
    }

    /// <summary>Without any setting mail goes to the log, which is what a developer wants of a worker. In the place of one that has a relay it would be lost.</summary>
    private static void RequireChosenRelay(IServiceProvider worker)
    {
        if (worker.GetRequiredService<RelaySettings>().Kind == RelayKind.Log && worker.GetRequiredService<IOptions<RelayOptions>>().Value.Kind != RelayKind.Log)
            throw new InvalidRelayException("No relay is set for the API: give it SMTP_HOST and what else the workers have, or set Delivery__InProcess=never.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No worker is seen (for {After}, or the last one has stopped): this host delivers until one is back")]
    private partial void LogBegins(TimeSpan after);

    [LoggerMessage(Level = LogLevel.Information, Message = "A worker is back: this host delivers no more")]
    private partial void LogEnds();

    [LoggerMessage(Level = LogLevel.Error, Message = "No worker is seen, and this host cannot deliver in its place: {Problem}")]
    private partial void LogCannotBegin(string problem, Exception? e);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker in this host has stopped by itself; it is started again")]
    private partial void LogStoodDown();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker in this host did not stop cleanly; what it held comes due again when its leases end")]
    private partial void LogNotStopped(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It cannot be seen whether workers are there; trying again")]
    private partial void LogCannotLook(Exception e);
}
