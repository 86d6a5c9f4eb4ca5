using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mail.Tests.Support;

/// <summary>Waits for what happens in the background, without saying how fast it must.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? atMost = null, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (atMost ?? TimeSpan.FromSeconds(60))) Assert.Fail($"Never came true: {what}");
            await Task.Delay(20);
        }
    }

    public static Task TrueAsync(Func<bool> condition, TimeSpan? atMost = null, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), atMost, what);
}
