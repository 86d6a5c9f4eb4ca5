using Mail.Core.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Workers;

/// <summary>Says four times within <see cref="DeliveryOptions.FallbackAfter"/> that a worker is here, and at a clean stop that it is not. No failure ends it.</summary>
internal sealed partial class WorkerHeartbeat(WorkerHeartbeats heartbeats, IOptions<DeliveryOptions> options, ILogger<WorkerHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan _lastWord = TimeSpan.FromSeconds(2);

    private readonly Guid _id = Guid.CreateVersion7();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_lastWord);
        try
        {
            await heartbeats.RemoveAsync(_id, limit.Token);
        }
        catch (Exception e)
        {
            LogNotRemoved(e); // it is over when it is not heard of
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        bool isAway = false, hasSwept = false;
        using PeriodicTimer timer = new(options.Value.FallbackAfter / 4);
        try
        {
            do
            {
                try
                {
                    await heartbeats.BeatAsync(_id, stoppingToken);
                    if (!hasSwept) await heartbeats.ForgetDeadAsync(stoppingToken);
                    (hasSwept, isAway) = (true, false);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    if (!isAway) LogFailed(e); // while the database is away, once
                    isAway = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker could not say that it is here; trying again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker could not say that it stops; it is missed when it is not heard of")]
    private partial void LogNotRemoved(Exception e);
}
