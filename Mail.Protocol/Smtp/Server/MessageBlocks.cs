using System.Buffers;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Holds a message in pooled blocks that grow with it, so that a short one costs little and a long one is never copied.</summary>
internal sealed class MessageBlocks(SmtpServerLoad.AddressLoad load) : IDisposable
{
    private const int FirstBlock = 4 * 1024;
    private const int LargestBlock = 64 * 1024; // below the size from which the runtime collects late

    private Block? _first;
    private Block? _last;
    private int _used; // of the last block

    public long Length { get; private set; }

    /// <summary>All that was appended. Valid until <see cref="Clear"/>.</summary>
    public ReadOnlySequence<byte> Content => _first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, 0, _last!, _used);

    /// <returns>Whether there was room; when there was not, only a part has been kept.</returns>
    public bool Append(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if ((_last is null || _used == _last.Array.Length) && !AddBlock()) return false;
            Span<byte> free = _last!.Array.AsSpan(_used);
            int count = Math.Min(free.Length, octets.Length);
            octets[..count].CopyTo(free);
            octets = octets[count..];
            _used += count;
            Length += count;
        }
        return true;
    }

    public void Clear()
    {
        for (Block? block = _first; block is not null; block = (Block?)block.Next)
        {
            load.Release(block.Array.Length);
            ArrayPool<byte>.Shared.Return(block.Array);
        }
        (_first, _last, _used, Length) = (null, null, 0, 0);
    }

    public void Dispose() => Clear();

    private bool AddBlock()
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(_last is null ? FirstBlock : Math.Min(LargestBlock, _last.Array.Length * 2));
        if (!load.TryReserve(array.Length))
        {
            ArrayPool<byte>.Shared.Return(array);
            return false;
        }
        Block block = new(array, Length);
        _last?.Link(block);
        _first ??= block;
        _last = block;
        _used = 0;
        return true;
    }

    private sealed class Block : ReadOnlySequenceSegment<byte>
    {
        public Block(byte[] array, long runningIndex)
        {
            Array = array;
            Memory = array;
            RunningIndex = runningIndex;
        }

        public byte[] Array { get; }

        public void Link(Block next) => Next = next;
    }
}
