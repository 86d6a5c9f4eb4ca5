namespace Mail.Benchmarks;

/// <summary>Starts the system for a profiler or a load generator of one's own, delivering to port 2525, until its input ends; `stop` and `start` are for the worker.</summary>
internal static class ServeProgram
{
    /// <param name="settings">NAME=VALUE, environment variables for API and worker.</param>
    public static async Task<int> RunAsync(string[] settings)
    {
        await using BenchmarkStack stack = await BenchmarkStack.StartAsync(2525, [.. settings.Select(setting => (setting.Split('=')[0], setting.Split('=', 2)[1]))]);
        Console.WriteLine($"READY {stack.Emails} {await stack.ConnectionStringAsync()}");
        while (await Console.In.ReadLineAsync() is { } line and ("stop" or "start"))
        {
            await (line == "stop" ? stack.StopWorkerAsync() : stack.StartWorkerAsync());
            Console.WriteLine($"done {line}");
        }

        return 0;
    }
}
