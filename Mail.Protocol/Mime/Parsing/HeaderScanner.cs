using System.Buffers;
using System.Runtime.InteropServices;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Finds the fields of a header section and where the body begins (RFC 5322 §2.2, with the obsolete forms of §4.5).</summary>
internal sealed class HeaderScanner(MimeSource source)
{
    private static readonly SearchValues<byte> _nameOctets = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8); // RFC 5322 §3.6.8

    private const int LinesToLookAhead = 64;

    private readonly List<HeaderSlice> _slices = [];
    private int _nextUsual = -1;

    /// <summary>Where the body of the last scanned section begins.</summary>
    public int BodyStart { get; private set; }

    /// <summary>Reads one section.</summary>
    /// <param name="start">Where its first line begins.</param>
    /// <param name="end">Where it must end.</param>
    /// <param name="isDelimiter">Says of a line whether it belongs to a multipart around this section, which then ends before it.</param>
    public ParsedHeaders Scan(int start, int end, Func<int, bool>? isDelimiter)
    {
        _slices.Clear();
        ReadOnlySpan<byte> bytes = source.Bytes.Span[..end];
        int position = start;
        int open = -1; // the start of the field whose value may go on in the next line
        BodyStart = end;
        while (position < end)
        {
            if (position - start > source.Limits.MaxHeaderBytes)
                throw new MimeFormatException(new MimeDefect(MimeDefectKind.HeadersTooLarge, position, $"The header section that begins at octet {start} is larger than {source.Limits.MaxHeaderBytes} octets."));
            int after = Math.Min(source.AfterLine(position), end);
            ReadOnlySpan<byte> line = source.Line(position, after);
            if (line.IsEmpty)
            {
                BodyStart = after;
                break;
            }

            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (IsBlank(line) && !GoesOn(bytes, after, orContinues: true))
                {
                    BodyStart = after; // a line of blanks that stands for the empty one
                    break;
                }
                if (open >= 0) Extend(position + line.Length);
                else if (_slices.Count == 0) ReadIndented(position, line);
            }
            else if (isDelimiter?.Invoke(position) is true)
            {
                source.Note(MimeDefectKind.MissingBodySeparator, position, "No empty line ends the headers of a part.");
                BodyStart = position;
                break;
            }
            else if (NameLength(line, out int colon) is > 0 and int length)
            {
                open = position;
                if (_slices.Count < source.Limits.MaxHeaders) _slices.Add(new HeaderSlice(position, length, position + colon + 1, position + line.Length));
                else
                {
                    open = -1;
                    source.Note(MimeDefectKind.TooManyHeaders, start, $"There are more than {source.Limits.MaxHeaders} header fields; the rest was left out.");
                }
            }
            else if (IsMailboxSeparator(line) && (position == start || GoesOn(bytes, after, orContinues: false)))
            {
                open = -1; // "From sender date" of an mbox file (RFC 4155) stands before the headers
            }
            else if (GoesOn(bytes, after, orContinues: false) || IsWithin(bytes, after))
            {
                // Most often the line lost the blanks that made it continue the field before it.
                if (open >= 0) Extend(position + line.Length);
                source.Note(MimeDefectKind.InvalidHeaderLine, position, "A line among the headers is no header field.");
            }
            else
            {
                source.Note(MimeDefectKind.MissingBodySeparator, position, "No empty line ends the headers.");
                BodyStart = position;
                break;
            }
            position = after;
        }
        return new ParsedHeaders(source, [.. _slices]);
    }

    /// <summary>How long the name is, without the white space that RFC 5322 §4.5 allows before the colon; 0 when the line is no field.</summary>
    private static int NameLength(ReadOnlySpan<byte> line, out int colon)
    {
        colon = line.IndexOf((byte)':');
        if (colon <= 0) return 0;
        ReadOnlySpan<byte> name = line[..colon].TrimEnd(" \t"u8);
        return name.ContainsAnyExcept(_nameOctets) ? 0 : name.Length;
    }

    private void Extend(int end)
    {
        Span<HeaderSlice> slices = CollectionsMarshal.AsSpan(_slices);
        slices[^1] = slices[^1] with { End = end };
    }

    /// <summary>The first line of all begins with blanks: it continues nothing, but may be a field.</summary>
    private void ReadIndented(int position, ReadOnlySpan<byte> line)
    {
        source.Note(MimeDefectKind.InvalidHeaderLine, position, "The first line of the headers begins with a blank.");
        int indent = line.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (indent >= 0 && NameLength(line[indent..], out int colon) is > 0 and int length)
            _slices.Add(new HeaderSlice(position + indent, length, position + indent + colon + 1, position + line.Length));
    }

    /// <summary>Whether a field that everybody knows stands within the next lines, before an empty one.</summary>
    private bool IsWithin(ReadOnlySpan<byte> bytes, int position)
    {
        if (position < _nextUsual) return true; // found when an earlier line asked
        for (int i = 0; i < LinesToLookAhead && position < bytes.Length; i++)
        {
            int after = Math.Min(source.AfterLine(position), bytes.Length);
            ReadOnlySpan<byte> line = source.Line(position, after);
            if (IsBlank(line)) return false;
            if (NameLength(line, out _) is > 0 and int length && HeaderNames.IsUsual(line[..length]))
            {
                _nextUsual = position;
                return true;
            }
            position = after;
        }
        return false;
    }

    private static bool IsMailboxSeparator(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);

    /// <summary>Whether the next line is a field again, or continues one with more than blanks.</summary>
    private bool GoesOn(ReadOnlySpan<byte> bytes, int position, bool orContinues)
    {
        if (position >= bytes.Length) return false;
        int after = Math.Min(source.AfterLine(position), bytes.Length);
        ReadOnlySpan<byte> line = source.Line(position, after);
        return NameLength(line, out _) > 0 || (orContinues && line is [(byte)' ' or (byte)'\t', ..] && !IsBlank(line));
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept((byte)' ', (byte)'\t');
}
