using System.Buffers;
using System.Security.Cryptography;

namespace Mail.Protocol.Dkim;

/// <summary>Hashes what is written into it, as a whole or its first octets (the tag <c>l=</c>). Reusable after <see cref="Finish"/>.</summary>
internal sealed class HashSink(HashAlgorithmName algorithm) : IBufferWriter<byte>, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);
    private readonly byte[] _buffer = new byte[4096];
    private int _count;
    private long _hashed;

    /// <summary>How many octets are hashed at most; later ones are only counted.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>How many octets were written since the last <see cref="Finish"/>.</summary>
    public long Written { get; private set; }

    public void Advance(int count)
    {
        _count += count;
        Written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_count);
    }

    /// <summary>Ends the input and starts anew.</summary>
    /// <returns>The length of the hash: 32 octets for SHA-256, 20 for SHA-1.</returns>
    public int Finish(Span<byte> destination)
    {
        Flush();
        (_hashed, Written, Limit) = (0, 0, long.MaxValue);
        return _hash.GetHashAndReset(destination);
    }

    /// <summary>Forgets what was written, after a failure in between.</summary>
    public void Clear()
    {
        if (Written > 0) Finish(stackalloc byte[64]);
        Limit = long.MaxValue;
    }

    public void Dispose() => _hash.Dispose();

    private void Reserve(int size)
    {
        if (size > _buffer.Length) throw new ArgumentOutOfRangeException(nameof(size), size, "The canonical form is written in small pieces.");
        if (_buffer.Length - _count < Math.Max(size, 1)) Flush();
    }

    private void Flush()
    {
        int length = (int)Math.Min(_count, Limit - _hashed);
        _hash.AppendData(_buffer, 0, length);
        _hashed += length;
        _count = 0;
    }
}
