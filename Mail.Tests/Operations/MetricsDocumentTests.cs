using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Mail.ServiceDefaults.Management;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>docs/guides/metrics.md, the dashboards and the rules say what the instruments really are called.</summary>
public sealed partial class MetricsDocumentTests
{
    private static readonly string _document = Repository.Path("docs", "guides", "metrics.md");

    private static readonly HashSet<string> _labels =
        ["mail_lane", "mail_state", "mail_relay", "mail_outcome", "mail_provider", "mail_quota", "mail_period", "mail_alert", "mail_domain_class", "mail_use"];

    [Fact]
    public void Every_instrument_of_ours_is_documented_as_it_is()
    {
        string[] wanted = [.. Instruments().Select(Row)];
        Assert.True(wanted.Length > 40, $"Only {wanted.Length} instruments were found.");

        string[] rows = [.. File.ReadLines(_document).Where(line => line.StartsWith("| `mail.", StringComparison.Ordinal))];

        Assert.True(wanted.SequenceEqual(rows), $"The table of {_document} must hold:\n{string.Join('\n', wanted)}");
    }

    [Fact]
    public void Dashboards_and_rules_use_only_metrics_that_there_are()
    {
        HashSet<string> known = [.. Instruments().SelectMany(Series)];
        string[] files = [.. Directory.EnumerateFiles(Repository.Path("deploy", "grafana", "dashboards"), "*.json"), Repository.Path("deploy", "prometheus", "mail.rules.yml")];
        Assert.Equal(7, files.Length);

        (string File, string Name)[] unknown = [.. files.SelectMany(file => Names().Matches(File.ReadAllText(file)).Select(match => (File: System.IO.Path.GetFileName(file), Name: match.Value)))
            .Where(use => !known.Contains(use.Name) && !_labels.Contains(use.Name)).Distinct()];

        Assert.Empty(unknown);
    }

    private static IEnumerable<string> Series(Instrument instrument)
    {
        string name = NameOf(instrument);
        return TypeOf(instrument) == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }

    private static string Row(Instrument instrument) => $"| `{instrument.Name}` | `{NameOf(instrument)}` | {TypeOf(instrument)} | {instrument.Unit} | {instrument.Description} |";

    private static string NameOf(Instrument instrument) => PrometheusName.Of(instrument.Name, instrument.Unit ?? "", TypeOf(instrument) == "gauge", TypeOf(instrument) == "counter");

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].Replace("Observable", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>An instrument is there when the class that counts with it is: all are woken up.</summary>
    private static IReadOnlyList<Instrument> Instruments()
    {
        SortedDictionary<string, Instrument> found = new(StringComparer.Ordinal);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "Mail" && instrument.Name.StartsWith("mail.", StringComparison.Ordinal) && !instrument.Name.StartsWith("mail.test.", StringComparison.Ordinal))
                lock (found) found[instrument.Name] = instrument;
        };
        listener.Start();
        foreach (Assembly assembly in (Assembly[])[typeof(Mail.Core.Common.MailTelemetry).Assembly, typeof(Mail.Api.ApiServices).Assembly])
        {
            foreach (Type type in assembly.GetTypes())
            {
                FieldInfo[] fields = type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly);
                if (!type.ContainsGenericParameters && fields.Any(field => typeof(Instrument).IsAssignableFrom(field.FieldType) || field.FieldType == typeof(Instrument[]))) RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
        }

        lock (found) return [.. found.Values];
    }

    [GeneratedRegex(@"\bmail_\w+")]
    private static partial Regex Names();
}
