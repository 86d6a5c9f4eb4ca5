namespace Mail.Tests.Protocol.Smtp;

/// <summary>A server that says prepared pieces, one per read, whatever it hears, and is gone when there are no more. It remembers what it heard.</summary>
/// <param name="writes">How many writes it takes before the connection breaks.</param>
internal sealed class HostileStream(IEnumerable<byte[]> pieces, int writes = int.MaxValue) : Stream
{
    private readonly IEnumerator<byte[]> _pieces = pieces.Where(piece => piece.Length > 0).GetEnumerator();
    private byte[] _piece = [];
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
        if (_offset == _piece.Length)
        {
            if (!_pieces.MoveNext()) return ValueTask.FromResult(0);
            (_piece, _offset) = (_pieces.Current, 0);
        }
        int count = Math.Min(buffer.Length, _piece.Length - _offset);
        _piece.AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
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
