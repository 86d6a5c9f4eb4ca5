namespace Mail.Protocol.Mime.Parsing;

/// <summary>Where the pieces of an encoded word stand in a text.</summary>
internal readonly record struct EncodedWord(int CharsetStart, int CharsetLength, bool IsBase64, int PayloadStart, int PayloadLength, int End);

/// <summary>Finds encoded words (RFC 2047 §2) in one text, in linear time however many beginnings without an end it holds.</summary>
internal struct EncodedWordReader(string text)
{
    private const int LongestCharset = 80;

    private int _nextEnd; // the first "?=" at or after where it was last looked for; the text's length when there is none

    /// <summary>Reads the word that begins with the "=?" at <paramref name="start"/>.</summary>
    public bool TryRead(int start, out EncodedWord word)
    {
        word = default;
        int charset = start + 2;
        ReadOnlySpan<char> head = text.AsSpan(charset, Math.Min(LongestCharset, text.Length - charset));
        int charsetLength = head.IndexOfAny('?', ' ', '=');
        if (charsetLength <= 0 || head[charsetLength] != '?') return false;
        int encoding = charset + charsetLength + 1;
        if (encoding + 1 >= text.Length || text[encoding + 1] != '?' || (text[encoding] | 0x20) is not ('b' or 'q')) return false;
        bool isBase64 = (text[encoding] | 0x20) == 'b';

        int payload = encoding + 2;
        int end = FindEnd(payload);
        if (end == text.Length) return false;
        // Programs that forget to encode "?" write it before an escape: "...?=20...?=" goes on.
        while (!isBase64 && IsEscape(end + 1) && FindEnd(end + 2) is int later && later < text.Length && IsOneWord(end, later)) end = later;
        // Another word begins before this one's end: this one has none.
        if (text.AsSpan(payload, end - payload).IndexOf(" =?") >= 0) return false;
        word = new EncodedWord(charset, charsetLength, isBase64, payload, end - payload, end + 2);
        return true;
    }

    private int FindEnd(int from)
    {
        if (_nextEnd >= from) return _nextEnd;
        int length = from >= text.Length ? -1 : text.AsSpan(from).IndexOf("?=");
        return _nextEnd = length < 0 ? text.Length : from + length;
    }

    private readonly bool IsEscape(int equals) =>
        equals + 2 < text.Length && QuotedPrintableDecoder.HexDigit(text[equals + 1]) >= 0 && QuotedPrintableDecoder.HexDigit(text[equals + 2]) >= 0;

    private readonly bool IsOneWord(int from, int to) => text.AsSpan(from + 2, to - from - 2) is var between && between.IndexOf(' ') < 0 && between.IndexOf("=?") < 0;
}
