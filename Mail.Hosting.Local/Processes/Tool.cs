namespace Mail.Hosting.Local.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    public sealed record Result(int ExitCode, string Output);

    /// <summary>Ends the program when <paramref name="ct"/> does.</summary>
    public static async Task<Result> RunAsync(ProcessSpec spec, CancellationToken ct, Action<string>? onLine = null)
    {
        List<string> lines = [];
        using ChildProcess child = ChildProcess.Start(spec, line =>
        {
            lock (lines) lines.Add(line);
            onLine?.Invoke(line);
        });
        try
        {
            int exitCode = await child.Exited.WaitAsync(ct);
            lock (lines) return new Result(exitCode, string.Join('\n', lines));
        }
        catch (OperationCanceledException)
        {
            await child.StopAsync();
            throw;
        }
    }
}
