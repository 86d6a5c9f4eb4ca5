using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace Mail.Protocol.Smtp.Server;

/// <summary>The two directions of a connection with their time limits: lines and octets in, replies out. Knows no commands.</summary>
/// <remarks>What waits for the client on the way of every message is pooled (<see cref="PoolingAsyncValueTaskMethodBuilder{TResult}"/>): it would be most of what a message allocates.</remarks>
/// <param name="transport">The connection's pipes.</param>
/// <param name="options">Limits.</param>
/// <param name="clock">The clock that they run on.</param>
/// <param name="shutdown">Fires when the server is being stopped.</param>
internal sealed class SmtpServerChannel(IDuplexPipe transport, SmtpServerOptions options, TimeProvider clock, CancellationToken shutdown) : IAsyncDisposable
{
    private static readonly StreamPipeReaderOptions _secureInput = new(bufferSize: 8192, minimumReadSize: 2048, leaveOpen: true);
    private static readonly StreamPipeWriterOptions _secureOutput = new(minimumBufferSize: 2048, leaveOpen: true);

    private const int MaxUnsent = 100; // replies that wait for the end of what was pipelined: a client that reads none must not fill our memory with them

    private readonly Deadline _readLimit = new(clock);
    private readonly Deadline _writeLimit = new(clock);
    private SslStream? _tls;
    private PipeReader _input = transport.Input;
    private PipeWriter _output = transport.Output;
    private byte[] _line = [];
    private int _lineLength;
    private int _unsent;
    private bool _isBroken;

    /// <summary>The last line, without CRLF. Valid until the next read.</summary>
    public ReadOnlySpan<byte> Line => _line.AsSpan(0, _lineLength);

    /// <summary>Whether the client has sent more than was asked for until now, as far as can be seen without waiting.</summary>
    public bool HasUnread
    {
        get
        {
            if (!_input.TryRead(out ReadResult result)) return false;
            bool unread = !result.Buffer.IsEmpty;
            _input.AdvanceTo(result.Buffer.Start);
            return unread;
        }
    }

    public void Write(SmtpReply reply, bool isPlain = false)
    {
        if (_isBroken) return;
        ReplyWriter.Write(_output, reply, isPlain);
        _unsent++;
    }

    /// <summary>Sends what was written. A client that has gone or reads nothing breaks the channel: then the next read says closed.</summary>
    public async ValueTask FlushAsync()
    {
        if (_unsent == 0 || _isBroken) return;
        _unsent = 0;
        try
        {
            FlushResult result = await _output.FlushAsync(_writeLimit.Start(options.WriteTimeout, CancellationToken.None)).ConfigureAwait(false);
            _isBroken = result.IsCompleted;
        }
        catch (Exception e) when (IsLoss(e))
        {
            _isBroken = true;
        }
        finally
        {
            _writeLimit.Stop();
        }
    }

    /// <summary>Reads the next line. Replies that were written before are sent first, unless the line is here already: so pipelined commands are answered together (RFC 2920 §3.2).</summary>
    /// <param name="maxLength">CRLF included.</param>
    /// <param name="timeout">For the whole line.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpInput> ReadLineAsync(int maxLength, TimeSpan timeout)
    {
        if (shutdown.IsCancellationRequested) return SmtpInput.ShuttingDown;
        _lineLength = 0;
        LineState state = default;
        if (_unsent >= MaxUnsent) await FlushAsync().ConfigureAwait(false);
        if (!_isBroken && _input.TryRead(out ReadResult ready) && TakeLine(ready, maxLength, ref state) is { } buffered) return buffered;
        await FlushAsync().ConfigureAwait(false);

        CancellationToken limit = _readLimit.Start(timeout, shutdown);
        try
        {
            while (true)
            {
                (SmtpInput input, ReadResult result) = await ReadAsync(limit).ConfigureAwait(false);
                if (input != SmtpInput.Complete) return input;
                if (TakeLine(result, maxLength, ref state) is { } taken) return taken;
            }
        }
        finally
        {
            _readLimit.Stop();
        }
    }

    /// <summary>Reads a message up to its final dot (RFC 5321 §4.1.1.4).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpInput> ReadDottedAsync(MessageContent content)
    {
        DotDecoder decoder = default;
        long started = clock.GetTimestamp();
        while (!decoder.IsEnd)
        {
            (SmtpInput input, ReadResult result) = await ReadContentAsync(started).ConfigureAwait(false);
            if (input != SmtpInput.Complete) return input;
            _input.AdvanceTo(Decode(result.Buffer, ref decoder, content));
        }
        return SmtpInput.Complete;
    }

    private static SequencePosition Decode(in ReadOnlySequence<byte> octets, ref DotDecoder decoder, MessageContent content)
    {
        long taken = 0;
        foreach (ReadOnlyMemory<byte> part in octets)
        {
            ReadOnlySpan<byte> rest = part.Span;
            while (decoder.Next(ref rest, out ReadOnlySpan<byte> piece)) content.Append(piece);
            taken += part.Length - rest.Length;
        }
        return octets.GetPosition(taken);
    }

    /// <summary>Reads a chunk (RFC 3030).</summary>
    /// <param name="content">Where it goes; <see langword="null"/> passes over it.</param>
    /// <param name="length">Its octets.</param>
    public async ValueTask<SmtpInput> ReadChunkAsync(MessageContent? content, long length)
    {
        long started = clock.GetTimestamp();
        while (length > 0)
        {
            (SmtpInput input, ReadResult result) = await ReadContentAsync(started).ConfigureAwait(false);
            if (input != SmtpInput.Complete) return input;
            ReadOnlySequence<byte> part = result.Buffer.Slice(0, Math.Min(length, result.Buffer.Length));
            if (content is not null) foreach (ReadOnlyMemory<byte> memory in part) content.Append(memory.Span);
            length -= part.Length;
            _input.AdvanceTo(part.End);
        }
        return SmtpInput.Complete;
    }

    /// <summary>Makes the TLS handshake and goes on inside of it. The caller has checked that nothing is unread.</summary>
    /// <exception cref="Exception">One of <see cref="IsLoss"/> or an <see cref="AuthenticationException"/>: there is no TLS, and the connection is of no use any more.</exception>
    public async Task<SmtpServerTls> SecureAsync(SslServerAuthenticationOptions tls)
    {
        _tls = new SslStream(new DuplexPipeStream(transport), leaveInnerStreamOpen: true);
        using CancellationTokenSource limit = new(options.TlsHandshakeTimeout, clock);
        _isBroken = true; // what has begun a handshake can carry nothing else
        await _tls.AuthenticateAsServerAsync(tls, limit.Token).ConfigureAwait(false);
        _isBroken = false;
        _input = PipeReader.Create(_tls, _secureInput);
        _output = PipeWriter.Create(_tls, _secureOutput);
        return new SmtpServerTls(_tls.SslProtocol, _tls.NegotiatedCipherSuite, _tls.TargetHostName.Length == 0 ? null : _tls.TargetHostName, _tls.RemoteCertificate);
    }

    /// <summary>Waits, or not that long when the server is being stopped.</summary>
    public async ValueTask PauseAsync(TimeSpan delay)
    {
        try { await Task.Delay(delay, clock, shutdown).ConfigureAwait(false); }
        catch (OperationCanceledException) { }
    }

    /// <summary>Sends what was written and says that nothing more comes.</summary>
    /// <param name="isUnasked">Whether the client may still be sending: octets that nobody reads would make the system tear the connection down, and the last reply with it.</param>
    public async Task CloseAsync(bool isUnasked)
    {
        await FlushAsync().ConfigureAwait(false);
        if (_isBroken || (_tls is not null && !await TrySayTlsEndsAsync().ConfigureAwait(false))) return;
        try
        {
            using CancellationTokenSource limit = new(options.Linger, clock);
            for (int reads = 0; isUnasked && reads < 64; reads++)
            {
                ReadResult result = await _input.ReadAsync(limit.Token).ConfigureAwait(false);
                _input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return;
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The client has gone first, or goes on sending: either way it has had its second.
        }
    }

    // It waits as a reply does when the client reads nothing.
    private async Task<bool> TrySayTlsEndsAsync()
    {
        try
        {
            using CancellationTokenSource limit = new(options.WriteTimeout, clock);
            await _tls!.ShutdownAsync().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e))
        {
            _isBroken = true;
        }
        return !_isBroken;
    }

    /// <summary>Whether an exception means that the client has gone, and nothing else.</summary>
    public static bool IsLoss(Exception e) => e is IOException or OperationCanceledException or ObjectDisposedException;

    public async ValueTask DisposeAsync()
    {
        if (_output != transport.Output) // those of TLS are ours, the transport's are the host's
        {
            await _input.CompleteAsync().ConfigureAwait(false);
            await _output.CompleteAsync(new IOException("The connection is over.")).ConfigureAwait(false); // without a last attempt to send
        }
        if (_tls is not null) await _tls.DisposeAsync().ConfigureAwait(false);
        if (_line.Length > 0) ArrayPool<byte>.Shared.Return(_line, clearArray: true); // it may have held a password
        _line = [];
        _readLimit.Dispose();
        _writeLimit.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(SmtpInput Input, ReadResult Result)> ReadContentAsync(long started)
    {
        if (!_isBroken && _input.TryRead(out ReadResult ready))
        {
            if (!ready.Buffer.IsEmpty) return (SmtpInput.Complete, ready);
            _input.AdvanceTo(ready.Buffer.End);
            if (ready.IsCompleted) return (SmtpInput.Closed, default);
        }
        await FlushAsync().ConfigureAwait(false);
        TimeSpan rest = options.MessageTimeout - clock.GetElapsedTime(started);
        if (rest <= TimeSpan.Zero) return (SmtpInput.TimedOut, default);
        CancellationToken limit = _readLimit.Start(rest < options.DataTimeout ? rest : options.DataTimeout, CancellationToken.None);
        try { return await ReadAsync(limit).ConfigureAwait(false); }
        finally { _readLimit.Stop(); }
    }

    /// <summary>Reads at least one octet.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(SmtpInput Input, ReadResult Result)> ReadAsync(CancellationToken limit)
    {
        if (_isBroken) return (SmtpInput.Closed, default);
        try
        {
            ReadResult result = await _input.ReadAsync(limit).ConfigureAwait(false);
            if (!result.Buffer.IsEmpty) return (SmtpInput.Complete, result);
            _input.AdvanceTo(result.Buffer.End);
            return (SmtpInput.Closed, default);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (shutdown.IsCancellationRequested ? SmtpInput.ShuttingDown : SmtpInput.TimedOut, default);
        }
        catch (Exception e) when (IsLoss(e) || e is ConnectionAbortedException)
        {
            _isBroken = true;
            return (SmtpInput.Closed, default);
        }
    }

    private struct LineState
    {
        public bool IsTooLong;
        public byte Last; // the octet before the next one
    }

    /// <summary>Takes octets out of the pipe up to the end of the line; null when it has not come yet. Every octet is looked at once, however small the pieces.</summary>
    private SmtpInput? TakeLine(in ReadResult result, int maxLength, ref LineState state)
    {
        long taken = 0;
        bool isEnd = false;
        foreach (ReadOnlyMemory<byte> part in result.Buffer)
        {
            ReadOnlySpan<byte> octets = part.Span;
            int lineFeed = octets.IndexOf((byte)'\n');
            isEnd = lineFeed >= 0;
            if (isEnd) octets = octets[..(lineFeed + 1)];
            taken += octets.Length;
            if (state.IsTooLong || _lineLength + octets.Length > maxLength) state.IsTooLong = true;
            else Keep(octets);
            if (isEnd && octets.Length > 1) state.Last = octets[^2];
            if (isEnd) break;
            if (octets.Length > 0) state.Last = octets[^1];
        }
        bool isTls = _lineLength > 0 && _line[0] == 0x16; // the first octet of a handshake record, and of no command
        _input.AdvanceTo(result.Buffer.GetPosition(taken));

        if (isTls) return SmtpInput.TlsHandshake;
        if (!isEnd) return result.IsCompleted ? SmtpInput.Closed : null;
        if (state.Last != '\r') return SmtpInput.BareLineFeed;
        if (state.IsTooLong) return SmtpInput.TooLong;
        _lineLength -= 2;
        return SmtpInput.Complete;
    }

    private void Keep(ReadOnlySpan<byte> octets)
    {
        if (_line.Length < _lineLength + octets.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(512, _lineLength + octets.Length));
            _line.AsSpan(0, _lineLength).CopyTo(larger);
            if (_line.Length > 0) ArrayPool<byte>.Shared.Return(_line, clearArray: true);
            _line = larger;
        }
        octets.CopyTo(_line.AsSpan(_lineLength));
        _lineLength += octets.Length;
    }
}
