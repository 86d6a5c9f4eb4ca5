using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Finds the parts of a message in one pass (RFC 2046 §5.1): every line that begins with two hyphens is compared with the boundaries that are open there.</summary>
internal sealed class MimeTreeParser(MimeSource source)
{
    private readonly List<byte[]> _boundaries = [];
    private readonly HeaderScanner _headers = new(source);
    // A part costs some hundred octets of memory: small messages may not have as many as large ones.
    private readonly int _maxParts = Math.Min(source.Limits.MaxParts, Math.Max(100, source.Bytes.Length / 32));
    private int _parts;
    private Delimiter _stop; // what ended the last part

    public ParsedMessage Parse()
    {
        if (source.LineEnd == '\r') source.Note(MimeDefectKind.BareLineEnd, 0, "Lines end with CR alone.");
        return new ParsedMessage(source, ParsePart(0, 0, ContentTypes.Text, isHeadersOnly: false));
    }

    private MimePart ParsePart(int start, int depth, string defaultType, bool isHeadersOnly)
    {
        _parts++;
        ParsedHeaders headers = _headers.Scan(start, source.Bytes.Length, _boundaries.Count == 0 ? null : IsDelimiter);
        int body = _headers.BodyStart;
        ParsedContentType type = ContentTypes.Read(headers, defaultType);
        MimePart[] parts = [];
        ParsedMessage? enclosed = null;

        if (isHeadersOnly) _stop = FindDelimiter(body);
        else if (type.IsMultipart && IsOpenable(start, depth)) parts = ParseMultipart(body, depth, type);
        else if (ContentTypes.IsMessage(type.MediaType) && depth < source.Limits.MaxDepth && _parts < _maxParts && ContentDecoder.IsIdentity(ContentTypes.ReadTransferEncoding(headers)))
            enclosed = new ParsedMessage(source, ParsePart(body, depth + 1, ContentTypes.Text, ContentTypes.IsHeadersOnly(type.MediaType)));
        else
        {
            if (ContentTypes.IsMessage(type.MediaType) && depth >= source.Limits.MaxDepth) NoteDepth(start);
            _stop = FindDelimiter(body);
        }
        return new MimePart(source, headers, new PartRange(start, body, Math.Max(body, _stop.ContentEnd)), type, depth, parts, enclosed);
    }

    private bool IsOpenable(int start, int depth)
    {
        if (depth < source.Limits.MaxDepth) return true;
        NoteDepth(start);
        return false;
    }

    private void NoteDepth(int start) => source.Note(MimeDefectKind.NestingTooDeep, start, $"Parts stand more than {source.Limits.MaxDepth} levels deep; what is deeper was not opened.");

    private MimePart[] ParseMultipart(int body, int depth, ParsedContentType type)
    {
        int level = _boundaries.Count;
        byte[] boundary = Encoding.UTF8.GetBytes(type.Parameters["boundary"] ?? "");
        _boundaries.Add(boundary);
        _stop = FindDelimiter(body);
        if (_stop.Level != level)
        {
            if (boundary.Length == 0) source.Note(MimeDefectKind.MissingBoundary, body, "A multipart has no boundary.");
            else source.Note(MimeDefectKind.BoundaryNotFound, body, "A multipart's boundary never stands in it.");
            if (BoundaryGuess.Find(source, body, _stop.ContentEnd) is { } guess)
            {
                _boundaries[level] = guess;
                _stop = FindDelimiter(body);
            }
        }

        List<MimePart> parts = [];
        string defaultType = type.MediaType == "multipart/digest" ? ContentTypes.Message : ContentTypes.Text;
        while (_stop.Level == level && !_stop.IsClose && _stop.After < source.Bytes.Length)
        {
            if (_parts >= _maxParts)
            {
                source.Note(MimeDefectKind.TooManyParts, _stop.Start, $"The message has more than {_maxParts} parts; the rest was left out.");
                break;
            }
            parts.Add(ParsePart(_stop.After, depth + 1, defaultType, isHeadersOnly: false));
        }
        if (parts.Count > 0 && (_stop.Level != level || !_stop.IsClose)) source.Note(MimeDefectKind.MissingClosingBoundary, _stop.Start, "A multipart is not closed.");
        _boundaries.RemoveAt(level);
        if (_stop.Level == level) _stop = FindDelimiter(_stop.After); // the epilogue says nothing
        return [.. parts];
    }

    /// <summary>Finds the next line that delimits a part of an open multipart; the end of the message when there is none.</summary>
    private Delimiter FindDelimiter(int position)
    {
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        if (_boundaries.Count > 0)
        {
            ReadOnlySpan<byte> start = [source.LineEnd, (byte)'-', (byte)'-'];
            while (true)
            {
                if (TryMatch(position, out Delimiter delimiter)) return delimiter;
                int next = position >= bytes.Length ? -1 : bytes[position..].IndexOf(start);
                if (next < 0) break;
                position += next + 1;
            }
        }
        return new Delimiter(-1, IsClose: true, bytes.Length, bytes.Length, bytes.Length);
    }

    private bool IsDelimiter(int lineStart) => TryMatch(lineStart, out _);

    /// <summary>A delimiter is two hyphens, the whole boundary, two more when it is the last, and then nothing but blanks: "abc" is not found in "--abcdef".</summary>
    private bool TryMatch(int lineStart, out Delimiter delimiter)
    {
        delimiter = default;
        ReadOnlySpan<byte> bytes = source.Bytes.Span;
        if (!bytes[lineStart..].StartsWith("--"u8)) return false;
        int after = source.AfterLine(lineStart);
        ReadOnlySpan<byte> line = source.Line(lineStart, after)[2..];
        for (int level = _boundaries.Count - 1; level >= 0; level--)
        {
            byte[] boundary = _boundaries[level];
            if (boundary.Length == 0 || !line.StartsWith(boundary)) continue;
            ReadOnlySpan<byte> rest = line[boundary.Length..];
            bool isClose = rest.StartsWith("--"u8);
            if ((isClose ? rest[2..] : rest).ContainsAnyExcept((byte)' ', (byte)'\t')) continue;
            // The line end before a delimiter belongs to it.
            int end = lineStart;
            if (end > 0 && bytes[end - 1] == source.LineEnd) end--;
            if (source.LineEnd == '\n' && end < lineStart && end > 0 && bytes[end - 1] == '\r') end--;
            delimiter = new Delimiter(level, isClose, lineStart, after, end);
            return true;
        }
        return false;
    }

    /// <summary>A line that ends a part: of which open multipart (-1 for the end of the message), where it stands, and where the content before it ends.</summary>
    private readonly record struct Delimiter(int Level, bool IsClose, int Start, int After, int ContentEnd);
}
