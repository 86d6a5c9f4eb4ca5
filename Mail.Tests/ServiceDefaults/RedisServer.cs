using System.Diagnostics;
using System.Net.Sockets;
using Mail.Tests.Support;

namespace Mail.Tests.ServiceDefaults;

/// <summary>A real server of the Redis protocol on a free loopback port: Garnet as restored for the AppHost, else Debian's redis-server.</summary>
/// <param name="only">`garnet` or `redis`, for a test that wants to see that one.</param>
internal sealed class RedisServer(string? only = null) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-redis-").FullName;
    private Process? _process;

    public int Port { get; } = FreePort.Next();

    public string Password { get; } = Guid.NewGuid().ToString("N");

    public string ConnectionString => $"localhost:{Port},password={Password}";

    /// <summary>Starts it and waits until it takes connections; skips the test when this machine has no such server.</summary>
    public async Task StartAsync()
    {
        ProcessStartInfo? start = only switch { "garnet" => Garnet(), "redis" => Redis(), _ => Garnet() ?? Redis() };
        Assert.SkipUnless(start is not null, "neither Garnet (restored by the AppHost's build) nor redis-server is on this machine");
        start.WorkingDirectory = _folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            Assert.False(_process.HasExited, $"{start.FileName} ended at once with {(_process.HasExited ? _process.ExitCode : 0)}");
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync("localhost", Port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    /// <summary>As a crash: what it held is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await Ending.OfAsync(_process, "Redis");
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ProcessStartInfo? Garnet()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string folder = Path.Combine(packages, "garnet-server");
        string? server = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "GarnetServer.dll", SearchOption.AllDirectories).FirstOrDefault(file => file.Contains("net10.0", StringComparison.Ordinal))
            : null;
        return server is null ? null : new ProcessStartInfo("dotnet",
            [server, "--port", $"{Port}", "--bind", "127.0.0.1", "--memory", "128m", "--index", "8m", "--lua", "--lua-transaction-mode", "--auth", "Password", "--password", Password]);
    }

    private ProcessStartInfo? Redis()
    {
        string? server = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        return server is null ? null : new ProcessStartInfo(server, ["--port", $"{Port}", "--bind", "127.0.0.1", "--requirepass", Password, "--save", ""]);
    }
}
