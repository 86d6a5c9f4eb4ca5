using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Mail.ServiceDefaults.Management;

/// <summary>
/// Metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/), with names as OpenTelemetry's compatibility rules make them:
/// `mail.queue.wait` in seconds is `mail_queue_wait_seconds`, the counter `mail.deliveries.sent` is `mail_deliveries_sent_total`.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(in Batch<Metric> batch)
    {
        SortedDictionary<string, List<Metric>> families = new(StringComparer.Ordinal); // lines of one name stand together, whichever meter they are of
        foreach (Metric metric in batch)
        {
            if (TypeOf(metric) is null) continue;
            string name = PrometheusName.Of(metric);
            if (!families.TryGetValue(name, out List<Metric>? family)) families.Add(name, family = []);
            family.Add(metric);
        }

        StringBuilder text = new();
        foreach ((string name, List<Metric> family) in families)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(family[0].Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(family[0])).Append('\n');
            foreach (Metric metric in family)
                foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
                    Write(text, name, metric.MetricType, point);
        }

        return text.ToString();
    }

    /// <summary>Null for what this format cannot say: exponential histograms, which none of our meters has.</summary>
    private static string? TypeOf(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic or MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private static void Write(StringBuilder text, string name, MetricType type, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic: Line(text, name, "", point, null, point.GetSumLong()); break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic: Line(text, name, "", point, null, point.GetSumDouble()); break;
            case MetricType.LongGauge: Line(text, name, "", point, null, point.GetGaugeLastValueLong()); break;
            case MetricType.DoubleGauge: Line(text, name, "", point, null, point.GetGaugeLastValueDouble()); break;
            default: WriteHistogram(text, name, point); break;
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, in MetricPoint point)
    {
        long all = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            all += bucket.BucketCount; // here a bucket holds what the smaller ones hold, too
            Line(text, name, "_bucket", point, bucket.ExplicitBound, all);
        }

        Line(text, name, "_sum", point, null, point.GetHistogramSum());
        Line(text, name, "_count", point, null, point.GetHistogramCount());
    }

    private static void Line(StringBuilder text, string name, string suffix, in MetricPoint point, double? bound, double value)
    {
        text.Append(name).Append(suffix);
        char before = '{';
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            Label(text, before, PrometheusName.Clean(tag.Key), Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
            before = ',';
        }

        if (bound is { } limit)
        {
            Label(text, before, "le", Number(limit));
            before = ',';
        }

        if (before == ',') text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static void Label(StringBuilder text, char before, string name, string value)
    {
        text.Append(before).Append(name).Append("=\"");
        foreach (char c in value)
        {
            if (c is '\\' or '"') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else text.Append(c);
        }

        text.Append('"');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
