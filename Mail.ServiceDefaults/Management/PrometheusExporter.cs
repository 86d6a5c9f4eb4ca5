using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mail.ServiceDefaults.Management;

/// <summary>What all meters say at the moment at which somebody asks. Safe for many threads.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int LongestMilliseconds = 10_000;

    private readonly Lock _lock = new();
    private string _text = "";

    /// <summary>Given by the reader that it belongs to.</summary>
    public Func<int, bool>? Collect { get; set; }

    public string Scrape()
    {
        lock (_lock) // collecting resets what is only told once, so that two who ask at a time must not mix
        {
            if (Collect?.Invoke(LongestMilliseconds) != true) throw new InvalidOperationException("Metrics could not be collected; the host has not started, or is stopping.");
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text = PrometheusText.Of(batch);
        return ExportResult.Success;
    }
}
