using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes header fields word by word and folds between words: at 76 octets where a word allows it, never above 998 (RFC 5322 §2.1.1).
/// What it is given has been checked before; it copies, it does not judge.</summary>
internal sealed class HeaderWriter(IBufferWriter<byte> output)
{
    /// <summary>Octets on the current line.</summary>
    public int Column { get; private set; }

    /// <summary>Whether only the field's name stands on the line. A line that holds nothing else confuses readers: some take the fold for a part of the value.</summary>
    public bool IsAtFirstWord { get; private set; }

    public void Begin(ReadOnlySpan<byte> name)
    {
        Glue(name);
        Glue(":"u8);
        IsAtFirstWord = true;
    }

    public void Begin(string name)
    {
        Glue(name);
        Glue(":"u8);
        IsAtFirstWord = true;
    }

    public void End()
    {
        output.Write("\r\n"u8);
        Column = 0;
    }

    /// <summary>Writes the end of the header block.</summary>
    public void EndBlock() => output.Write("\r\n"u8);

    /// <summary>Adds a word after one space, on the next line if this one is full.</summary>
    public void Word(ReadOnlySpan<char> word)
    {
        BeginWord(Encoding.UTF8.GetByteCount(word));
        Glue(word);
    }

    /// <summary>Adds a word after one space, on the next line if this one is full.</summary>
    public void Word(ReadOnlySpan<byte> word)
    {
        BeginWord(word.Length);
        Glue(word);
    }

    /// <summary>Writes the space before a word, on the next line if this one is full; the word follows in pieces that are glued to it.</summary>
    /// <param name="length">The word's octets, all pieces together.</param>
    public void BeginWord(int length) => BeginWord(" ", length, glued: 1);

    // Unfolding gives exactly the white space back.
    private void BeginWord(ReadOnlySpan<char> whiteSpace, int length, int glued)
    {
        length += whiteSpace.Length + glued; // room for the comma or semicolon that may follow
        int limit = IsAtFirstWord ? HeaderRules.HardLineLimit : HeaderRules.SoftLineLimit;
        if (Column > 0 && Column + length > limit) Fold();
        Glue(whiteSpace);
        IsAtFirstWord = false;
    }

    /// <summary>Adds text to the word before, without white space.</summary>
    public void Glue(ReadOnlySpan<char> text) => Column += (int)Encoding.UTF8.GetBytes(text, output);

    /// <summary>Adds octets to the word before, without white space.</summary>
    public void Glue(ReadOnlySpan<byte> text)
    {
        output.Write(text);
        Column += text.Length;
    }

    /// <summary>Ends the line; the next word begins with white space.</summary>
    public void Fold()
    {
        output.Write("\r\n"u8);
        Column = 0;
    }

    /// <summary>A whole line that is always the same and needs no folding, with its CRLF.</summary>
    public void Line(ReadOnlySpan<byte> line) => output.Write(line);

    /// <summary>A field whose value is words between single spaces: message ids, URLs, keywords.</summary>
    public void Structured(string name, string value)
    {
        Begin(name);
        foreach (Range word in value.AsSpan().SplitAny(' ', '\t'))
            if (!value.AsSpan(word).IsEmpty) Word(value.AsSpan(word));
        End();
    }

    /// <summary>A field whose value is an id in angle brackets.</summary>
    public void Id(ReadOnlySpan<byte> name, string id)
    {
        Begin(name);
        BeginWord(id.Length + 2);
        Glue("<"u8);
        Glue(id);
        Glue(">"u8);
        End();
    }

    /// <summary>A field of free text: as it is when ASCII and foldable, else in encoded words (RFC 2047).</summary>
    public void Unstructured(string name, string value)
    {
        Begin(name);
        if (IsPlain(value)) PlainText(value);
        else EncodedWords.Write(this, value);
        End();
    }

    // Encoded words carry what folding would lose or a reader would misread: other scripts, tabs, spaces at the ends, words no line
    // can hold, and text that looks like an encoded word.
    private static bool IsPlain(string value)
    {
        if (value.Length == 0) return true;
        if (!Ascii.IsValid(value) || value.Contains('\t', StringComparison.Ordinal) || value.Contains("=?", StringComparison.Ordinal)) return false;
        if (value[0] == ' ' || value[^1] == ' ') return false;
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            int length = NextWord(rest);
            if (length > HeaderRules.HardLineLimit - 1) return false;
            rest = rest[length..];
        }
        return true;
    }

    private void PlainText(ReadOnlySpan<char> value)
    {
        bool first = true;
        while (!value.IsEmpty)
        {
            ReadOnlySpan<char> piece = value[..NextWord(value)];
            value = value[piece.Length..];
            int spaces = first ? 0 : piece.IndexOfAnyExcept(' ');
            BeginWord(first ? " " : piece[..spaces], piece.Length - spaces, glued: 0);
            Glue(piece[spaces..]);
            first = false;
        }
    }

    // The length of the white space at the start and the word behind it.
    private static int NextWord(ReadOnlySpan<char> text)
    {
        int start = text.IndexOfAnyExcept(' ');
        int length = text[start..].IndexOf(' ');
        return length < 0 ? text.Length : start + length;
    }
}
