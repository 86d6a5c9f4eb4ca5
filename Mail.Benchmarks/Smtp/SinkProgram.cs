using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mail.Benchmarks.Smtp;

/// <summary>Postfix's test programs: smtp-sink takes every message and forgets it, smtp-source sends as fast as it can. C programs of one process with an event loop each.</summary>
internal sealed class SinkProgram : IDisposable
{
    private const string Sink = "/usr/sbin/smtp-sink";
    private const string Source = "/usr/sbin/smtp-source";

    private readonly Process _process;

    private SinkProgram(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>How much CPU time it has used.</summary>
    public TimeSpan Cpu => _process.TotalProcessorTime;

    /// <param name="options">Of smtp-sink: <c>-p</c> offers no PIPELINING.</param>
    /// <exception cref="InvalidOperationException">The programs (Debian package postfix) are not installed.</exception>
    public static async Task<SinkProgram> StartAsync(params string[] options)
    {
        if (!File.Exists(Sink) || !File.Exists(Source)) throw new InvalidOperationException("smtp-sink and smtp-source (Debian package postfix) are not installed.");
        int port = FreePort();
        string[] asRoot = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        SinkProgram sink = new(Process.Start(new ProcessStartInfo(Sink, [.. options, .. asRoot, $"127.0.0.1:{port}", "256"]) { RedirectStandardError = true })!, port);
        while (!await ListensAsync(port)) await Task.Delay(20);
        return sink;
    }

    /// <summary>Runs smtp-source -d against it: connections are kept, messages go one after the other on each.</summary>
    /// <param name="file">The message with LF line ends.</param>
    /// <returns>Messages per second, from its start to its end.</returns>
    public Task<double> RunSourceAsync(int connections, int messages, string file) => RunSourceAsync(Port, connections, messages, file, keepConnections: true);

    /// <summary>Runs smtp-source against any server.</summary>
    /// <param name="file">The message with LF line ends.</param>
    /// <param name="keepConnections">Whether messages go one after the other on each connection; otherwise each has its own.</param>
    /// <returns>Messages per second, from its start to its end.</returns>
    public static async Task<double> RunSourceAsync(int port, int connections, int messages, string file, bool keepConnections)
    {
        long started = Stopwatch.GetTimestamp();
        using Process source = Process.Start(Source, [.. keepConnections ? ["-d"] : Array.Empty<string>(), "-s", $"{connections}", "-m", $"{messages}", "-F", file, "-f", "sender@example.com", "-t", "recipient@example.net", $"127.0.0.1:{port}"]);
        await source.WaitForExitAsync();
        if (source.ExitCode != 0) throw new InvalidOperationException($"smtp-source ended with {source.ExitCode}.");
        return messages / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
