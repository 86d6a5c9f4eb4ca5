using System.Runtime.CompilerServices;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>The octets of one message with what all its parts share: the limits and the defects found so far.</summary>
internal sealed class MimeSource(ReadOnlyMemory<byte> bytes, MimeLimits limits)
{
    private readonly List<MimeDefect> _defects = [];

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public MimeLimits Limits { get; } = limits;

    /// <summary>The octet that ends a line: LF, after an optional CR; CR in a message that has no LF at all.</summary>
    public byte LineEnd { get; } = bytes.Span.Contains((byte)'\n') || !bytes.Span.Contains((byte)'\r') ? (byte)'\n' : (byte)'\r';

    /// <summary>The defects so far; content is decoded when it is asked for, so more may follow.</summary>
    public IReadOnlyList<MimeDefect> Defects => [.. _defects];

    /// <summary>Notes a defect once, however often the same octets are decoded.</summary>
    public void Note(MimeDefectKind kind, long offset, string detail)
    {
        if (Takes(kind, offset)) _defects.Add(new MimeDefect(kind, offset, detail));
    }

    /// <summary>Notes a defect with a sentence that costs nothing when it is not kept.</summary>
    public void Note(MimeDefectKind kind, long offset, [InterpolatedStringHandlerArgument("", nameof(kind), nameof(offset))] ref DefectDetail detail)
    {
        if (detail.IsWanted) Note(kind, offset, detail.ToText());
    }

    /// <summary>Whether a defect would be kept.</summary>
    public bool Takes(MimeDefectKind kind, long offset)
    {
        if (_defects.Count >= Limits.MaxDefects) return false;
        foreach (MimeDefect known in _defects)
            if (known.Kind == kind && known.Offset == offset) return false;
        return true;
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends, its line end included.</summary>
    public int AfterLine(int start)
    {
        int length = Bytes.Span[start..].IndexOf(LineEnd);
        return length < 0 ? Bytes.Length : start + length + 1;
    }

    /// <summary>One line without its line end.</summary>
    public ReadOnlySpan<byte> Line(int start, int after)
    {
        ReadOnlySpan<byte> line = Bytes.Span[start..after];
        if (line is [.., (byte)'\n']) line = line[..^1];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
