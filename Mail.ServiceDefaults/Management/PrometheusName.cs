using System.Text;
using OpenTelemetry.Metrics;

namespace Mail.ServiceDefaults.Management;

/// <summary>Names in Prometheus, by OpenTelemetry's rules (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).</summary>
internal static class PrometheusName
{
    public static string Of(Metric metric)
    {
        bool isGauge = metric.MetricType is MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic;
        bool isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        return Of(metric.Name, metric.Unit, isGauge, isCounter);
    }

    public static string Of(string instrument, string unit, bool isGauge, bool isCounter)
    {
        string name = Clean(instrument);
        string? word = UnitWord(unit, isGauge);
        if (isCounter && name.EndsWith("_total", StringComparison.Ordinal)) name = name[..^"_total".Length];
        if (word is not null && !name.EndsWith("_" + word, StringComparison.Ordinal)) name += "_" + word;
        return isCounter ? name + "_total" : name;
    }

    /// <summary>Letters, digits and single underscores; none begins with a digit.</summary>
    public static string Clean(string name)
    {
        StringBuilder clean = new(name.Length);
        foreach (char c in name)
        {
            bool isAllowed = char.IsAsciiLetterOrDigit(c);
            if (clean.Length == 0 && char.IsAsciiDigit(c)) clean.Append('_');
            if (isAllowed) clean.Append(c);
            else if (clean.Length == 0 || clean[^1] != '_') clean.Append('_');
        }

        return clean.ToString();
    }

    /// <summary>UCUM's signs as words; what stands in braces says what is counted and is no unit.</summary>
    private static string? UnitWord(string unit, bool isGauge) => unit switch
    {
        "" => null,
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "1" => isGauge ? "ratio" : null,
        _ when unit.StartsWith('{') => null,
        _ => Clean(unit),
    };
}
