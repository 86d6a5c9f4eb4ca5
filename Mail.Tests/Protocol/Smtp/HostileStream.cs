namespace Mail.Tests.Protocol.Smtp;

/// <summary>A server that says prepared pieces, one per read, whatever it hears, and then is gone. It remembers what it heard.</summary>
/// <param name="writes">How many writes it takes before the connection breaks.</param>
internal sealed class HostileStream(IEnumerable<byte[]> pieces, int writes = int.MaxValue) : Stream
{
    private readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0));
    private readonly MemoryStream _heard = new();
    private int _offset;
    private int _writes;

    public ReadOnlySpan<byte> Heard => _heard.GetBuffer().AsSpan(0, (int)_heard.Length);

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_pieces.TryPeek(out byte[]? piece)) return ValueTask.FromResult(0);
        int count = Math.Min(buffer.Length, piece.Length - _offset);
        piece.AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
        if (_offset == piece.Length)
        {
            _pieces.Dequeue();
            _offset = 0;
        }
        return ValueTask.FromResult(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (++_writes > writes) throw new IOException("The connection was reset.");
        _heard.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
