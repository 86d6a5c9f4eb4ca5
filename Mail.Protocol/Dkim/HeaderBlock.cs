using System.Buffers;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>
/// The header of one message cut into fields, and the choice among fields of one name that RFC 6376 §5.4.2 asks for: the last one first.
/// Costs one pass over the header and one step per field that is chosen, whatever the message holds. Rented memory: dispose it.
/// </summary>
internal ref struct HeaderBlock
{
    private readonly ReadOnlySpan<byte> _header;
    private Field[] _fields = ArrayPool<Field>.Shared.Rent(32);
    private readonly int[] _buckets;
    private int _selection;

    /// <summary>Reads the header at the start of a message in wire form: lines end in CRLF, an empty line ends the header.</summary>
    public HeaderBlock(ReadOnlySpan<byte> message)
    {
        int position = 0;
        while (position < message.Length)
        {
            if (message[position..].StartsWith("\r\n"u8))
            {
                BodyStart = position + 2;
                break;
            }
            int end = EndOfField(message, position);
            Add(message, position, end);
            position = end;
        }
        if (position >= message.Length) BodyStart = message.Length;
        _header = message[..position];
        _buckets = ArrayPool<int>.Shared.Rent(Math.Max(16, Count * 2));
        Link();
    }

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>Where the body begins: behind the empty line, or at the end of a message that is all header.</summary>
    public int BodyStart { get; }

    /// <summary>Octets of the header without the empty line.</summary>
    public readonly int Length => _header.Length;

    /// <summary>Whether a CR or LF stands in it that is not part of a CRLF.</summary>
    public readonly bool HasLineEndAlone
    {
        get
        {
            ReadOnlySpan<byte> rest = _header;
            while (rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and int end)
            {
                if (!rest[end..].StartsWith("\r\n"u8)) return true;
                rest = rest[(end + 2)..];
            }
            return false;
        }
    }

    /// <summary>A field with its name and its CRLF.</summary>
    public readonly ReadOnlySpan<byte> this[int index] => _header[_fields[index].Start.._fields[index].End];

    /// <summary>The name without the white space before the colon, or nothing when the line is no field.</summary>
    public readonly ReadOnlySpan<byte> Name(int index) => _header.Slice(_fields[index].Start, _fields[index].NameLength);

    /// <summary>How many fields have this name, in any case.</summary>
    public readonly int CountOf(ReadOnlySpan<byte> name)
    {
        int count = 0;
        for (int i = FirstOf(name); i >= 0; i = _fields[i].PreviousOfName) count++;
        return count;
    }

    /// <summary>Starts a new choice: no field is taken yet.</summary>
    public void BeginSelection() => _selection++;

    /// <summary>Takes the last field of this name that is not taken yet.</summary>
    /// <returns>Its index, or -1 when all are taken: the name then stands for a field that does not exist (RFC 6376 §5.4.2).</returns>
    public readonly int TakeNext(ReadOnlySpan<byte> name)
    {
        int last = FirstOf(name);
        if (last < 0) return -1;
        ref Field head = ref _fields[last];
        int taken = head.Selection == _selection ? head.Next : last;
        head.Selection = _selection;
        head.Next = taken < 0 ? -1 : _fields[taken].PreviousOfName;
        return taken;
    }

    public readonly void Dispose()
    {
        ArrayPool<Field>.Shared.Return(_fields);
        ArrayPool<int>.Shared.Return(_buckets);
    }

    private static int EndOfField(ReadOnlySpan<byte> message, int start)
    {
        int position = start;
        while (true)
        {
            int lineEnd = message[position..].IndexOf("\r\n"u8);
            if (lineEnd < 0) return message.Length;
            position += lineEnd + 2;
            if (position >= message.Length || message[position] is not ((byte)' ' or (byte)'\t')) return position;
        }
    }

    private void Add(ReadOnlySpan<byte> message, int start, int end)
    {
        if (Count == _fields.Length) Grow();
        int colon = message[start..end].IndexOf((byte)':');
        int nameLength = colon < 0 ? 0 : message.Slice(start, colon).TrimEnd(" \t"u8).Length;
        _fields[Count++] = new Field { Start = start, End = end, NameLength = nameLength };
    }

    private void Grow()
    {
        Field[] larger = ArrayPool<Field>.Shared.Rent(_fields.Length * 2);
        _fields.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<Field>.Shared.Return(_fields);
        _fields = larger;
    }

    // Each bucket holds the last field of every name that falls into it; each of those leads to the fields of its name before it.
    private readonly void Link()
    {
        _buckets.AsSpan().Fill(-1);
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<byte> name = Name(i);
            ref int link = ref _buckets[Bucket(name)];
            while (link >= 0 && !Ascii.EqualsIgnoreCase(Name(link), name)) link = ref _fields[link].NextInBucket;
            ref Field field = ref _fields[i];
            (field.PreviousOfName, field.NextInBucket) = link < 0 ? (-1, -1) : (link, _fields[link].NextInBucket);
            link = i;
        }
    }

    private readonly int FirstOf(ReadOnlySpan<byte> name)
    {
        int i = _buckets[Bucket(name)];
        while (i >= 0 && !Ascii.EqualsIgnoreCase(Name(i), name)) i = _fields[i].NextInBucket;
        return i;
    }

    // HashCode is seeded anew in every process: nobody can prepare names that share a bucket.
    private readonly int Bucket(ReadOnlySpan<byte> name)
    {
        Span<byte> lower = stackalloc byte[64];
        HashCode hash = new();
        while (!name.IsEmpty)
        {
            int length = Math.Min(name.Length, lower.Length);
            Ascii.ToLower(name[..length], lower, out int written); // stops at an octet that is not ASCII
            name[written..length].CopyTo(lower[written..]);
            hash.AddBytes(lower[..length]);
            name = name[length..];
        }
        return (int)((uint)hash.ToHashCode() % (uint)_buckets.Length);
    }

    private struct Field
    {
        public int Start, End, NameLength;
        public int PreviousOfName; // the next field upwards with the same name
        public int NextInBucket;   // the last field of another name
        public int Next, Selection; // in the last field of a name: which field upwards comes next in which selection
    }
}
