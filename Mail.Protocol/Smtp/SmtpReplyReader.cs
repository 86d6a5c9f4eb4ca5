using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>Reads replies from a pipe. What comes after a reply stays in the pipe, so that pipelined replies are read one by one.</summary>
/// <param name="input">The bytes from the server. Not completed here.</param>
/// <param name="clock">The clock that time-outs run on.</param>
public sealed class SmtpReplyReader(PipeReader input, TimeProvider clock) : ISmtpReplyReader, IDisposable
{
    /// <summary>The longest line, CRLF included. RFC 5321 §4.5.3.1.5 allows servers 512; some write more.</summary>
    public const int MaxLine = 2048;

    /// <summary>The longest reply over all its lines, in octets: room for any EHLO, no room for an endless one.</summary>
    public const int MaxReply = 64 * 1024;

    private const int KnownReplies = 8;

    private readonly Deadline _deadline = new(clock);
    private readonly StringBuilder _lines = new();
    private readonly SmtpReply?[] _known = new SmtpReply?[KnownReplies];
    private int _code;
    private int _octets;

    /// <summary>Whether the server has sent more than the replies read until now.</summary>
    public bool HasUnread
    {
        get
        {
            if (!input.TryRead(out ReadResult result)) return false;
            bool unread = !result.Buffer.IsEmpty || result.IsCompleted;
            input.AdvanceTo(result.Buffer.Start);
            return unread;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        // Pipelined replies mostly are here already; then no timer is needed.
        if (input.TryRead(out ReadResult result) && Take(result, stage) is { } ready) return ready;

        CancellationToken limit = _deadline.Start(timeout, ct);
        try
        {
            while (true)
            {
                result = await input.ReadAsync(limit).ConfigureAwait(false);
                if (Take(result, stage) is { } reply) return reply;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SmtpTimeoutException(stage, timeout);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new SmtpConnectionLostException(stage, $"The connection broke while a reply was awaited ({stage}): {e.Message}", e);
        }
        finally
        {
            _deadline.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _deadline.Dispose();

    /// <summary>Takes the lines that are complete out of the pipe; the reply once its last line is there, else null.</summary>
    private SmtpReply? Take(in ReadResult result, SmtpStage stage)
    {
        ReadOnlySequence<byte> rest = result.Buffer;
        SmtpReply? reply = null;
        while (reply is null && rest.PositionOf((byte)'\n') is { } lineEnd)
        {
            ReadOnlySequence<byte> line = rest.Slice(0, lineEnd);
            if (line.Length >= MaxLine) throw TooLong(stage);
            reply = line.IsSingleSegment ? TakeLine(line.FirstSpan, stage) : TakeLine(line.ToArray(), stage);
            rest = rest.Slice(rest.GetPosition(1, lineEnd));
        }
        if (reply is null && rest.Length >= MaxLine) throw TooLong(stage);
        // A finished reply leaves what follows unexamined, so that the next read sees it at once.
        input.AdvanceTo(rest.Start, reply is null ? rest.End : rest.Start);
        if (reply is null && result.IsCompleted) throw new SmtpConnectionLostException(stage, $"The server closed the connection before its reply was complete ({stage}).");
        return reply;
    }

    private SmtpReply? TakeLine(ReadOnlySpan<byte> line, SmtpStage stage)
    {
        if (line is [.., (byte)'\r']) line = line[..^1];
        bool isReply = line.Length >= 3 && line[0] is >= (byte)'2' and <= (byte)'5' && IsDigit(line[1]) && IsDigit(line[2])
            && (line.Length == 3 || line[3] is (byte)' ' or (byte)'-');
        if (!isReply) throw new SmtpProtocolException(stage, $"The server sent something that is not an SMTP reply ({stage}): \"{Printable(line[..Math.Min(line.Length, 100)], new char[100])}\".");

        int code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        if (_code != 0 && code != _code) throw new SmtpProtocolException(stage, $"The lines of one reply have the different codes {_code} and {code} ({stage}).");
        _octets += line.Length;
        if (_octets > MaxReply) throw TooLong(stage);

        bool isLast = line.Length == 3 || line[3] == ' ';
        if (isLast && _code == 0)
        {
            _octets = 0;
            return OneLine(code, line.Length > 4 ? line[4..] : []);
        }
        if (_code != 0) _lines.Append('\n');
        if (line.Length > 4)
        {
            Span<char> buffer = stackalloc char[line.Length];
            _lines.Append(Printable(line[4..], buffer));
        }
        _code = code;
        if (!isLast) return null;

        SmtpReply reply = new(code, _lines.ToString());
        _lines.Clear();
        _code = _octets = 0;
        return reply;
    }

    /// <summary>A server says the same few sentences to every message: they are made once.</summary>
    private SmtpReply OneLine(int code, ReadOnlySpan<byte> octets)
    {
        ref SmtpReply? known = ref _known[(code + octets.Length) % KnownReplies];
        if (known is not null && known.Code == code && Ascii.Equals(octets, known.Text)) return known;
        return known = new SmtpReply(code, Printable(octets, stackalloc char[octets.Length]).ToString());
    }

    private static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';

    // The text goes to logs, pages and databases: no control characters, and no NUL, which PostgreSQL refuses.
    private static ReadOnlySpan<char> Printable(ReadOnlySpan<byte> octets, Span<char> buffer)
    {
        Span<char> text = buffer[..Encoding.UTF8.GetChars(octets, buffer)]; // never more characters than octets
        for (int i = 0; i < text.Length; i++)
            if (char.IsControl(text[i])) text[i] = ' ';
        return text;
    }

    private static SmtpProtocolException TooLong(SmtpStage stage) =>
        new(stage, $"The server sent a line of more than {MaxLine} octets or a reply of more than {MaxReply} ({stage}).");
}
