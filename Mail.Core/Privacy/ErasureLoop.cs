using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Privacy;

/// <summary>Goes on with erasures that nobody waits for. Every worker may run it: each step belongs to whoever has it first.</summary>
internal sealed partial class ErasureLoop(Erasures erasures, TimeProvider clock, ILogger<ErasureLoop> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        do
        {
            try
            {
                while (await erasures.RunDueAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // it stands there for the next time
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An erasure could not go on; it is tried again")]
    private partial void LogFailed(Exception e);
}
