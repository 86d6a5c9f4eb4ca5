using System.Diagnostics;

namespace Mail.Tests.Support;

/// <summary>Prometheus' own checker: from PATH, or as .ci/unpack-promtool.sh unpacked it.</summary>
internal static class Promtool
{
    public const string Missing = "promtool is neither in PATH nor in .local/peers/promtool (.ci/unpack-promtool.sh)";

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append(Path.Combine(Repository.Root, ".local", "peers", "promtool"))
        .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    public static async Task<(int Code, string Said)> RunAsync(string[] arguments, string input = "", string? folder = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(Find()!, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Path.GetTempPath(),
        })!;
        Task<string> said = process.StandardOutput.ReadToEndAsync(), complained = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}
