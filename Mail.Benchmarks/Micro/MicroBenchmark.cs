using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Mail.Benchmarks.Micro;

/// <summary>Runs one class of benchmarks in this process: BenchmarkDotNet's generated project would have to restore ours.</summary>
internal static class MicroBenchmark
{
    /// <param name="filter">Names of benchmarks to run; empty for all.</param>
    /// <returns>The exit code: a benchmark without a result is a failure.</returns>
    public static int Run<T>(string[] filter) => Measure<T>(filter) is null ? 1 : 0;

    /// <returns>Null when a benchmark has no result.</returns>
    public static Summary? Measure<T>(string[] filter)
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMaxIterationCount(25))
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Min) // the only figure that other work on the machine hardly moves
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet"));
        if (filter.Length > 0) config.AddFilter(new SimpleFilter(c => filter.Contains(c.Descriptor.WorkloadMethod.Name, StringComparer.OrdinalIgnoreCase)));

        Summary summary = BenchmarkRunner.Run<T>(config);
        string[] failed = [.. summary.Reports.Where(r => !r.Success || r.ResultStatistics is null).Select(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name)];
        if (summary.HasCriticalValidationErrors || summary.Reports.Length == 0 || failed.Length > 0)
        {
            Console.Error.WriteLine($"No result: {(failed.Length > 0 ? string.Join(", ", failed) : "nothing ran")}.");
            return null;
        }
        return summary;
    }
}
