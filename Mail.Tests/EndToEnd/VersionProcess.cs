using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mail.Tests.EndToEnd;

/// <summary>API or worker of some version, as a process that another version takes the place of.</summary>
internal sealed class VersionProcess(string host, IReadOnlyDictionary<string, string> environment, Uri? address = null) : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    private Process? _process;

    /// <summary>What its processes have written.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Whether it is one that answers.</summary>
    public bool HasAddress => address is not null;

    /// <param name="version">The folder of a checkout that is built.</param>
    /// <param name="words">Of the command line.</param>
    public void Start(string version, params string[] words)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(version, host, "bin", "Debug", "net10.0", $"{host}.dll"), .. words])
        {
            WorkingDirectory = Path.Combine(version, host), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        if (address is not null) start.Environment["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/');
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Until an API is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        using HttpClient client = new() { BaseAddress = address };
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            Assert.True(!_process!.HasExited && Stopwatch.GetElapsedTime(started) < _limit, $"{host} did not come up:\n{string.Join('\n', Lines)}");
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>SIGTERM, as everything that replaces a process sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        return await EndAsync();
    }

    /// <returns>The exit code, once it ends by itself.</returns>
    public async Task<int> EndAsync()
    {
        using CancellationTokenSource limit = new(_limit);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null) Lines.Enqueue(line);
    }
}
