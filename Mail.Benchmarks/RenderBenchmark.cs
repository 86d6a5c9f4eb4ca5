using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using BenchmarkDotNet.Reports;
using Mail.Benchmarks.Micro;
using Mail.Core.Templates;
using Microsoft.Extensions.Options;

namespace Mail.Benchmarks;

/// <summary>
/// Rendering beside npm's handlebars: the same compiled HTML, text and strings, the same variables, in processes of their own, one after the other. Node is
/// measured before and after, and the better of both counts; what both write is compared, so that nobody is fast by leaving something out.
/// </summary>
internal static class RenderBenchmark
{
    private static readonly (string Name, RenderSample Sample)[] _beside = [(nameof(RenderBenchmarks.PasswordReset), RenderSamples.PasswordReset), (nameof(RenderBenchmarks.Table), RenderSamples.Table)];

    /// <param name="names">Of benchmarks; none for all, and with Node's.</param>
    public static async Task<int> RunAsync(string[] names)
    {
        if (names.Length > 0) return MicroBenchmark.Run<RenderBenchmarks>(names);
        JsonElement before = await NodeAsync();
        if (MicroBenchmark.Measure<RenderBenchmarks>([]) is not { } summary) return 1;
        JsonElement after = await NodeAsync();

        string load = (await File.ReadAllTextAsync("/proc/loadavg"))[..4];
        Console.WriteLine();
        Console.WriteLine($"Load average {load}, Node {before.GetProperty("node")}, handlebars {before.GetProperty("handlebars")}");
        Console.WriteLine("| | Mail: µs, mean (least) | KB allocated | npm handlebars: µs, mean (least) | KB allocated |");
        Console.WriteLine("|---|---|---|---|---|");
        bool same = true;
        foreach (BenchmarkReport report in summary.Reports)
        {
            string name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
            string ours = string.Create(CultureInfo.InvariantCulture, $"| {name} | {report.ResultStatistics!.Mean / 1000:0.0} ({report.ResultStatistics.Min / 1000:0.0}) | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) / 1024.0:0.0} |");
            if (!before.TryGetProperty(name, out JsonElement one) || !after.TryGetProperty(name, out JsonElement other))
            {
                Console.WriteLine($"{ours} | |");
                continue;
            }

            JsonElement best = one.GetProperty("mean").GetDouble() < other.GetProperty("mean").GetDouble() ? one : other;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ours} {best.GetProperty("mean").GetDouble():0.0} ({best.GetProperty("least").GetDouble():0.0}) | {best.GetProperty("allocated").GetDouble() / 1024:0.0} |"));
            same &= IsSame(name, best);
        }

        return same ? 0 : 1;
    }

    private static bool IsSame(string name, JsonElement peer)
    {
        RenderSample sample = Array.Find(_beside, one => one.Name == name).Sample;
        RenderedEmail ours = new TemplateRenderer(Options.Create(new TemplateOptions())).Render(sample.Template, sample.Variables, "en");
        foreach ((string part, string text) in new[] { ("subject", ours.Subject), ("html", ours.Html) })
        {
            if (WebUtility.HtmlDecode(text) == WebUtility.HtmlDecode(peer.GetProperty(part).GetString())) continue; // the same character has several names
            Console.Error.WriteLine($"{name}: handlebars writes another {part}.");
            return false;
        }

        return true;
    }

    private static async Task<JsonElement> NodeAsync()
    {
        Console.WriteLine("Node...");
        Dictionary<string, object> job = _beside.ToDictionary(one => one.Name, one => (object)new
        {
            html = one.Sample.Template.Html,
            text = one.Sample.Template.Text,
            strings = one.Sample.Template.Strings["en"],
            data = Data(one.Sample),
        });
        ProcessStartInfo start = new("node", ["--expose-gc", "--min-semi-space-size=128", "--max-semi-space-size=128", Path.Combine(Peers.Folder(), "node", "render.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(job));
        node.StandardInput.Close();
        string output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0) throw new InvalidOperationException("render.mjs failed; it needs npm ci in Mail.Benchmarks/peers/node.");
        return JsonDocument.Parse(output).RootElement.Clone();
    }

    /// <summary>With what the renderer adds: the defaults and the language.</summary>
    private static Dictionary<string, JsonElement> Data(RenderSample sample)
    {
        Dictionary<string, JsonElement> data = new(sample.Variables) { ["locale"] = JsonSerializer.SerializeToElement("en"), ["dir"] = JsonSerializer.SerializeToElement("ltr") };
        foreach (TemplateVariable variable in sample.Template.Variables)
            if (variable.Default.ValueKind is not JsonValueKind.Undefined) data.TryAdd(variable.Name, variable.Default);
        return data;
    }
}
