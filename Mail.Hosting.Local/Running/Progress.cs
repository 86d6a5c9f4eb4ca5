using System.Globalization;

namespace Mail.Hosting.Local.Running;

/// <summary>Tells the developer what is going on. A step says nothing until it has taken two seconds, and from then on every ten.</summary>
internal sealed class Progress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _repeat = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();

    public void Line(string text)
    {
        lock (_gate) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.GetElapsedTime(_start).TotalSeconds,6:F1}s] {text}"));
    }

    public void Plain(string text)
    {
        lock (_gate) output.WriteLine(text);
    }

    /// <summary>For as long as the result is not disposed, <paramref name="what"/> is going on.</summary>
    public IDisposable Step(string what) => Step(() => what);

    /// <inheritdoc cref="Step(string)"/>
    public IDisposable Step(Func<string> what)
    {
        long begun = clock.GetTimestamp();
        return clock.CreateTimer(_ => Line(string.Create(CultureInfo.InvariantCulture, $"{what()} ({clock.GetElapsedTime(begun).TotalSeconds:F0} s)")), null, _quiet, _repeat);
    }
}
