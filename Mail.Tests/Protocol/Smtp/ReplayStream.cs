using System.Text;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>
/// A server that follows a recorded conversation: lines <c>S: ...</c> are sent, lines <c>C: ...</c> are what the client must say, both with CRLF.
/// <c>S:&lt;</c> sends the text as one piece, with <c>\r\n</c> where it says so. It gives the client at most <paramref name="chunk"/> bytes per read, and the connection ends with the transcript.
/// </summary>
internal sealed class ReplayStream(string transcript, int chunk) : Stream
{
    private readonly Queue<(bool IsServer, byte[] Bytes)> _steps = new(transcript.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read));
    private int _position;

    /// <summary>Whether everything was said.</summary>
    public bool IsFinished => _steps.Count == 0;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_steps.TryPeek(out (bool IsServer, byte[] Bytes) step)) return ValueTask.FromResult(0);
        Assert.True(step.IsServer, $"The client waits for a reply; the transcript wants it to say: {Encoding.UTF8.GetString(step.Bytes)}");
        int count = Math.Min(Math.Min(chunk, buffer.Length), step.Bytes.Length - _position);
        step.Bytes.AsMemory(_position, count).CopyTo(buffer);
        Advance(step.Bytes.Length, count);
        return ValueTask.FromResult(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadOnlySpan<byte> said = buffer.Span;
        while (!said.IsEmpty)
        {
            // A recorded server that has closed takes no more, as the network would tell.
            if (!_steps.TryPeek(out (bool IsServer, byte[] Bytes) step)) throw new IOException("The connection is closed.");
            Assert.False(step.IsServer, $"The client speaks in the server's turn: {Encoding.UTF8.GetString(said)}");
            int count = Math.Min(said.Length, step.Bytes.Length - _position);
            Assert.Equal(Encoding.UTF8.GetString(step.Bytes, _position, count), Encoding.UTF8.GetString(said[..count]));
            said = said[count..];
            Advance(step.Bytes.Length, count);
        }
        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Advance(int length, int count)
    {
        _position += count;
        if (_position < length) return;
        _steps.Dequeue();
        _position = 0;
    }

    private static (bool IsServer, byte[] Bytes) Read(string line)
    {
        bool isServer = line.StartsWith("S:", StringComparison.Ordinal);
        if (!isServer && !line.StartsWith("C:", StringComparison.Ordinal)) throw new ArgumentException($"Not a line of a transcript: {line}");
        string text = line.StartsWith("S:<", StringComparison.Ordinal) ? line[3..].Replace("\\r\\n", "\r\n", StringComparison.Ordinal) : (line.Length > 3 ? line[3..] : "") + "\r\n";
        return (isServer, Encoding.UTF8.GetBytes(text));
    }
}
