using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Protocol.Pop3;

/// <summary>Lines and messages over a stream, with their limits. Knows no commands.</summary>
internal sealed class Pop3Channel(Stream stream, TimeSpan timeout, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>RFC 2449 §4 allows 512 octets; some servers say more.</summary>
    private const int MaxLine = 8 * 1024;

    private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
    private readonly Deadline _deadline = new(clock);

    /// <summary>Whether the server has said more than was read: before TLS that would be somebody else's words.</summary>
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

    public Task WriteAsync(string line, CancellationToken ct) => LimitedAsync(async limit =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), limit).ConfigureAwait(false);
        return true;
    }, ct);

    /// <returns>A line without its end.</returns>
    public Task<string> ReadLineAsync(CancellationToken ct) => LimitedAsync(async limit =>
    {
        while (true)
        {
            ReadResult result = await _input.ReadAsync(limit).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition? end = buffer.PositionOf((byte)'\n');
            if ((end is { } at ? buffer.Slice(0, at).Length : buffer.Length) > MaxLine) throw new Pop3Exception(Pop3Failure.Protocol, $"The server sent a line of more than {MaxLine} octets.");
            if (end is { } found)
            {
                string line = Encoding.UTF8.GetString(buffer.Slice(0, found)).TrimEnd('\r');
                _input.AdvanceTo(buffer.GetPosition(1, found));
                return line;
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) throw new Pop3Exception(Pop3Failure.Connection, "The server closed the connection before it had answered.");
        }
    }, ct);

    /// <summary>Reads a message up to the line of one dot, and takes the doubled dots away (RFC 1939 §3).</summary>
    public async Task<ReadOnlyMemory<byte>> ReadMessageAsync(int most, CancellationToken ct)
    {
        ArrayBufferWriter<byte> message = new(64 * 1024);
        DotDecoder dots = new();
        while (!dots.IsEnd)
        {
            // The limit is for each piece: a slow line may take its time, a silent one may not.
            await LimitedAsync(async limit =>
            {
                ReadResult result = await _input.ReadAsync(limit).ConfigureAwait(false);
                SequencePosition read = Take(result.Buffer, ref dots, message, most);
                _input.AdvanceTo(read, dots.IsEnd ? read : result.Buffer.End);
                if (result.IsCompleted && !dots.IsEnd) throw new Pop3Exception(Pop3Failure.Connection, "The server closed the connection in the midst of a message.");
                return true;
            }, ct).ConfigureAwait(false);
        }

        return message.WrittenMemory;
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync().ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        _deadline.Dispose();
    }

    /// <summary>Lets go of the stream, for TLS to go on inside of it.</summary>
    public Stream Release()
    {
        _input.Complete();
        _deadline.Dispose();
        return stream;
    }

    /// <returns>How far the octets were used.</returns>
    private static SequencePosition Take(ReadOnlySequence<byte> buffer, ref DotDecoder dots, ArrayBufferWriter<byte> message, int most)
    {
        long used = 0;
        foreach (ReadOnlyMemory<byte> segment in buffer)
        {
            ReadOnlySpan<byte> rest = segment.Span;
            int before = rest.Length;
            while (dots.Next(ref rest, out ReadOnlySpan<byte> piece))
            {
                if (message.WrittenCount + piece.Length > most) throw new Pop3Exception(Pop3Failure.Protocol, $"A message has more than {most} octets.");
                message.Write(piece);
            }

            used += before - rest.Length;
            if (dots.IsEnd) break;
        }

        return buffer.GetPosition(used);
    }

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken ct)
    {
        CancellationToken limit = _deadline.Start(timeout, ct);
        try
        {
            return await step(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new Pop3Exception(Pop3Failure.Connection, $"The server did not answer in {timeout.TotalSeconds:0} seconds.", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new Pop3Exception(Pop3Failure.Connection, $"The connection broke: {e.Message}", e);
        }
        finally
        {
            _deadline.Stop();
        }
    }
}
