using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>The two directions of a connection with their time limits. Knows bytes and replies, no commands.</summary>
internal sealed class SmtpChannel : IAsyncDisposable
{
    private static readonly StreamPipeReaderOptions _inputOptions = new(bufferSize: 4096, leaveOpen: true);

    private readonly Socket? _socket;
    private readonly TimeProvider _clock;
    private readonly Deadline _writeDeadline;
    private Stream _stream;
    private PipeReader _input;
    private SmtpReplyReader _replies;

    public SmtpChannel(Stream stream, Socket? socket, TimeProvider clock)
    {
        _socket = socket;
        _clock = clock;
        _writeDeadline = new Deadline(clock);
        _stream = stream;
        _input = PipeReader.Create(stream, _inputOptions);
        _replies = new SmtpReplyReader(_input, clock);
    }

    public bool IsSecure { get; private set; }

    /// <summary>Where the conversation is written down, if anywhere.</summary>
    public SmtpTranscript? Transcript { get; set; }

    /// <summary>What is said of the message under way, as it goes over the wire; null where nobody asks for it.</summary>
    public SmtpJournal? Journal { get; set; }

    /// <summary>What AUTH sends: some servers repeat it, and it is masked in all that is written down or thrown.</summary>
    public SmtpSecrets Secrets { get; set; } = SmtpSecrets.None;

    /// <summary>Whether the connection is coming about: then what the server says may end in an exception, and is masked.</summary>
    public bool IsOpening { get; set; }

    /// <summary>Whether the connection does not leave this machine.</summary>
    public bool IsLocal => _socket?.RemoteEndPoint is IPEndPoint remote && IPAddress.IsLoopback(remote.Address);

    /// <summary>Whether nobody listens in: TLS, or a connection that does not leave this machine.</summary>
    public bool IsPrivate => IsSecure || IsLocal;

    public IPAddress? LocalAddress => (_socket?.LocalEndPoint as IPEndPoint)?.Address;

    /// <summary>Whether bytes from the server were read that no reply has used.</summary>
    public bool HasUnread => _replies.HasUnread;

    /// <summary>Whether the server has neither closed nor spoken unasked, as far as can be seen without waiting.</summary>
    public bool IsQuiet
    {
        get
        {
            if (HasUnread) return false;
            // A closed connection is readable (its end), and so is an unasked 421.
            try { return _socket is null || !_socket.Poll(0, SelectMode.SelectRead); }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { return false; }
        }
    }

    public ValueTask<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct) =>
        Transcript is null && !IsOpening ? _replies.ReadAsync(stage, timeout, ct) : ReadRecordedAsync(stage, timeout, ct);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        if (Transcript is not null) WriteDown(bytes.Span, stage);
        if (stage is not (SmtpStage.Content or SmtpStage.FinalDot)) Journal?.Said(bytes.Span);
        CancellationToken limit = _writeDeadline.Start(timeout, ct);
        try
        {
            await _stream.WriteAsync(bytes, limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SmtpTimeoutException(stage, timeout);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new SmtpConnectionLostException(stage, $"The connection broke while a command was sent ({stage}): {e.Message}", e);
        }
        finally
        {
            _writeDeadline.Stop();
        }
    }

    /// <summary>Tells of a message, or a part of it, that is about to be sent: its size, never its octets.</summary>
    /// <param name="octets">How many.</param>
    /// <param name="command">What announces it, where it goes out in one write with it.</param>
    public void TellContent(long octets, string? command = null)
    {
        if (command is not null) Transcript?.Add(SmtpSpeaker.Client, command);
        Transcript?.AddContent(octets);
        Journal?.SaidContent(octets, command);
    }

    /// <summary>Makes the TLS handshake and goes on inside of it. The caller has checked that nothing is unread.</summary>
    /// <returns>The protocol and the cipher suite.</returns>
    public async Task<string> SecureAsync(SslClientAuthenticationOptions tls, CancellationToken ct)
    {
        SslStream secure = new(_stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(tls, ct).ConfigureAwait(false);
        await _input.CompleteAsync().ConfigureAwait(false);
        _replies.Dispose();
        _stream = secure;
        _input = PipeReader.Create(secure, _inputOptions);
        _replies = new SmtpReplyReader(_input, _clock);
        IsSecure = true;
        string agreed = $"{secure.SslProtocol}, {secure.NegotiatedCipherSuite}";
        Transcript?.Note($"{agreed}, certificate {secure.RemoteCertificate?.Subject ?? "absent"}");
        return agreed;
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket?.Dispose();
        _replies.Dispose();
        _writeDeadline.Dispose();
    }

    private async ValueTask<SmtpReply> ReadRecordedAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            SmtpReply reply = await _replies.ReadAsync(stage, timeout, ct).ConfigureAwait(false);
            if (Transcript is null && stage == SmtpStage.Auth) return reply;
            SmtpReply masked = Secrets.Mask(reply);
            Transcript?.Add(masked);
            // What is read on is read as it is: a challenge, and what EHLO offers, even if the password is "SIZE".
            return !IsOpening || stage == SmtpStage.Auth || (stage == SmtpStage.Hello && reply.Class == ReplyClass.Success && reply.Code != 221) ? reply : masked;
        }
        catch (SmtpProtocolException e)
        {
            // Its text quotes the server.
            SmtpProtocolException masked = new(stage, Secrets.Mask(e.Message));
            Transcript?.Note(masked.Message);
            throw masked;
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            Transcript?.Note(e.Message);
            throw;
        }
    }

    private void WriteDown(ReadOnlySpan<byte> bytes, SmtpStage stage)
    {
        if (stage is SmtpStage.Content or SmtpStage.FinalDot) return; // told by its size, by whoever sends it
        string text = Encoding.UTF8.GetString(bytes);
        if (text.EndsWith("\r\n", StringComparison.Ordinal)) text = text[..^2];
        Transcript!.Add(SmtpSpeaker.Client, stage == SmtpStage.Auth ? SmtpSecrets.MaskCommand(text) : text);
    }
}
