using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Text;
using Mail.Protocol.Smtp.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>A client of a server without a network between: every octet is worked on before the call that sends it returns, so that nothing depends on time.</summary>
internal sealed class MemoryClient : IAsyncDisposable
{
    private static readonly PipeOptions _inline = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Lifetime _lifetime = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Pipe _toServer = new(_inline);
    private readonly Pipe _fromServer = new(_inline);
    private Stream? _tls;

    public MemoryClient(SmtpServer server, IPAddress? from = null)
    {
        DefaultConnectionContext connection = new("c1", new Pipes(_toServer.Reader, _fromServer.Writer), new Pipes(_fromServer.Reader, _toServer.Writer))
        {
            RemoteEndPoint = new IPEndPoint(from ?? IPAddress.Parse("192.0.2.7"), 40000),
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 25),
        };
        connection.Features.Set<IConnectionLifetimeNotificationFeature>(_lifetime);
        connection.ConnectionClosed = _closed.Token;
        Served = RunAsync(server, connection);
    }

    public MemoryClient(SmtpServerOptions options, ISmtpServerHandler handler, IPAddress? from = null)
        : this(new SmtpServer(options, handler, NullLogger<SmtpServer>.Instance, TimeProvider.System), from) { }

    /// <summary>Ends when the server has ended the connection.</summary>
    public Task Served { get; }

    /// <summary>As a host that is being stopped.</summary>
    public void RequestClose() => _lifetime.Source.Cancel();

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        if (_tls is not null) await _tls.WriteAsync(octets);
        else await _toServer.Writer.WriteAsync(octets);
    }

    /// <summary>Sends no more.</summary>
    public ValueTask EndAsync() => _toServer.Writer.CompleteAsync();

    /// <summary>The next reply, all its lines with LF between.</summary>
    public async Task<string> ReadReplyAsync()
    {
        StringBuilder reply = new();
        while (true)
        {
            string line = await ReadLineAsync() ?? throw new EndOfStreamException($"The server closed the connection. Read until then: \"{reply}\"");
            reply.Append(line);
            if (line.Length < 4 || line[3] != '-') return reply.ToString();
            reply.Append('\n');
        }
    }

    /// <summary>Sends a line and reads one reply.</summary>
    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReadReplyAsync();
    }

    /// <summary>All that the server says until it closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        StringBuilder all = new();
        while (await ReadLineAsync() is { } line) all.Append(line).Append("\r\n");
        return all.ToString();
    }

    /// <summary>Makes the TLS handshake.</summary>
    public async Task SecureAsync()
    {
        SslStream tls = new(new DuplexPipeStream(new Pipes(_fromServer.Reader, _toServer.Writer)));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null });
        _tls = tls;
    }

    public async ValueTask DisposeAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _fromServer.Reader.CompleteAsync();
        await Served.WaitAsync(TimeSpan.FromSeconds(30));
        _lifetime.Source.Dispose();
        _closed.Dispose();
    }

    private async Task RunAsync(SmtpServer server, ConnectionContext connection)
    {
        await server.OnConnectedAsync(connection);
        await connection.Transport.Input.CompleteAsync();
        await connection.Transport.Output.CompleteAsync();
        await _closed.CancelAsync();
    }

    /// <summary>The next line without CRLF, or null when the server has closed.</summary>
    public async Task<string?> ReadLineAsync()
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        if (_tls is not null) return await ReadSecureLineAsync(late.Token);
        while (true)
        {
            ReadResult result = await _fromServer.Reader.ReadAsync(late.Token);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                string line = Encoding.Latin1.GetString(result.Buffer.Slice(0, end)).TrimEnd('\r');
                _fromServer.Reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }
            _fromServer.Reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    private async Task<string?> ReadSecureLineAsync(CancellationToken ct)
    {
        byte[] one = new byte[1];
        StringBuilder line = new();
        while (await _tls!.ReadAsync(one, ct) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
        return null;
    }

    private sealed class Lifetime : IConnectionLifetimeNotificationFeature
    {
        public CancellationTokenSource Source { get; } = new();

        public CancellationToken ConnectionClosedRequested { get => Source.Token; set => throw new NotSupportedException(); }

        public void RequestClose() => Source.Cancel();
    }

    internal sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
