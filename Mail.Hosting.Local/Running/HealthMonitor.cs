using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mail.Hosting.Local.Running;

/// <summary>Asks a running process again and again how it is: often until it is well, then seldom.</summary>
internal sealed class HealthMonitor(IReadOnlyList<HealthProbe> probes, Action<ImmutableArray<HealthReportSnapshot>> publish)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _whileUnwell = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _whileWell = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _answerLimit = TimeSpan.FromSeconds(10);

    /// <summary>True once every probe has passed together.</summary>
    public bool WasHealthy { get; private set; } = probes.Count == 0;

    /// <summary>What is known before the first answer; it counts as unhealthy.</summary>
    public static ImmutableArray<HealthReportSnapshot> NotYetChecked(IReadOnlyList<HealthProbe> probes) =>
        [.. probes.Select(probe => new HealthReportSnapshot(probe.Name, null, "not checked yet", null))];

    /// <summary>Runs until cancelled; earlier only with the reason for which no waiting will help.</summary>
    public async Task<Exception?> RunAsync(CancellationToken ct)
    {
        TimeSpan pause = _first;
        try
        {
            while (true)
            {
                if (probes.Count == 0) await Task.Delay(Timeout.Infinite, ct);
                ImmutableArray<HealthReportSnapshot> reports = [.. await Task.WhenAll(probes.Select(probe => AskAsync(probe, ct)))];
                publish(reports);
                bool well = reports.All(report => report.Status is HealthStatus.Healthy);
                WasHealthy |= well;
                pause = well ? _whileWell : pause < _whileUnwell ? pause * 1.5 : _whileUnwell;
                await Task.Delay(pause, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (LocalHostException e)
        {
            return e;
        }
    }

    private static async Task<HealthReportSnapshot> AskAsync(HealthProbe probe, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_answerLimit);
        string? wrong;
        try
        {
            wrong = await probe.CheckAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            wrong = $"no answer within {_answerLimit.TotalSeconds:F0} s";
        }

        return new HealthReportSnapshot(probe.Name, wrong is null ? HealthStatus.Healthy : HealthStatus.Unhealthy, wrong, null) { LastRunAt = DateTime.UtcNow };
    }
}
