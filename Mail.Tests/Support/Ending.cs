using System.Diagnostics;

namespace Mail.Tests.Support;

/// <summary>The end of what tests share has a limit: one that waits for ever would keep the whole run from ending, and nobody would learn for what.</summary>
internal static class Ending
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    /// <exception cref="TimeoutException">It did not end in time; the text names it. It is left behind.</exception>
    public static async Task WithinLimitAsync(string what, Func<Task> end)
    {
        Task ending = Task.Run(end); // an end that blocks its thread is one too
        if (await Task.WhenAny(ending, Task.Delay(_limit)) != ending) throw new TimeoutException($"{what} did not end within {_limit.TotalSeconds:0} s.");
        await ending;
    }

    /// <summary>Waits for a process that was told to end, and kills it when it does not.</summary>
    /// <exception cref="TimeoutException">It had to be killed.</exception>
    public static async Task OfAsync(Process process, string what)
    {
        using CancellationTokenSource limit = new(_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{what} (process {process.Id}) did not end within {_limit.TotalSeconds:0} s and was killed.");
        }
    }
}
