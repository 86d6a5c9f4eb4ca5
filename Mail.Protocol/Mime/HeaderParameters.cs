using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes the parameters of Content-Type and Content-Disposition, with RFC 2231 for what is not ASCII.</summary>
internal static class HeaderParameters
{
    private const int LongestRune = 12; // four octets as %XX

    private static readonly SearchValues<char> _attributeText = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`{|}~"); // RFC 2231 §7
    private static readonly SearchValues<char> _escaped = SearchValues.Create("\"\\");

    public static void Write(HeaderWriter header, MimeContentType type)
    {
        for (int i = 0; i < type.Parameters.Count; i++)
        {
            (string name, string value) = type.Parameters[i];
            header.Glue(";"u8);
            bool isToken = MimeContentType.IsToken(value);
            header.BeginWord(name.Length + 1 + (isToken ? value.Length : QuotedLength(value)));
            header.Glue(name);
            header.Glue("="u8);
            if (isToken) header.Glue(value);
            else Quote(header, value);
        }
    }

    /// <summary>A file name: ASCII in quotes; other scripts as <c>filename*</c>, followed by an ASCII likeness for readers that do not know RFC 2231.
    /// The true name comes first: readers that know both forms take the first or the extended one.</summary>
    public static void WriteFileName(HeaderWriter header, string fileName)
    {
        if (!Ascii.IsValid(fileName) || fileName.Contains("=?", StringComparison.Ordinal))
        {
            WriteExtended(header, fileName);
            fileName = Likeness(fileName);
        }
        header.Glue(";"u8);
        header.BeginWord("filename=".Length + QuotedLength(fileName));
        header.Glue("filename="u8);
        Quote(header, fileName);
    }

    /// <summary>The octets of an ASCII value in double quotes.</summary>
    public static int QuotedLength(string value)
    {
        int length = value.Length + 2;
        ReadOnlySpan<char> rest = value;
        while (rest.IndexOfAny(_escaped) is >= 0 and var index)
        {
            length++;
            rest = rest[(index + 1)..];
        }
        return length;
    }

    /// <summary>Glues an ASCII value in double quotes, with backslashes where it needs them (RFC 5322 §3.2.4).</summary>
    public static void Quote(HeaderWriter header, string value)
    {
        header.Glue("\""u8);
        ReadOnlySpan<char> rest = value;
        while (rest.IndexOfAny(_escaped) is >= 0 and var index)
        {
            header.Glue(rest[..index]);
            header.Glue("\\"u8);
            header.Glue(rest.Slice(index, 1));
            rest = rest[(index + 1)..];
        }
        header.Glue(rest);
        header.Glue("\""u8);
    }

    // On one line if it fits, else in continuations (RFC 2231 §3); a character is never split between two.
    private static void WriteExtended(HeaderWriter header, string fileName)
    {
        const string Start = "filename*=utf-8''";
        Span<char> line = stackalloc char[HeaderRules.SoftLineLimit];
        Start.CopyTo(line);
        int length = Start.Length;
        ReadOnlySpan<char> rest = fileName;
        while (!rest.IsEmpty && Take(ref rest, line, ref length)) { }
        if (rest.IsEmpty)
        {
            header.Glue(";"u8);
            header.Word(line[..length]);
            return;
        }

        rest = fileName;
        for (int section = 0; !rest.IsEmpty; section++)
        {
            line.TryWrite(CultureInfo.InvariantCulture, $"filename*{section}*={(section == 0 ? "utf-8''" : "")}", out length);
            while (!rest.IsEmpty && Take(ref rest, line, ref length)) { }
            header.Glue(";"u8);
            header.Word(line[..length]);
        }
    }

    // Adds one character to the line while two columns stay free, for the space before and the semicolon after.
    private static bool Take(ref ReadOnlySpan<char> rest, scoped Span<char> line, ref int length)
    {
        Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
        Span<char> coded = stackalloc char[LongestRune];
        int count = Percent(rune, coded);
        if (length + count + 2 > HeaderRules.SoftLineLimit) return false;
        coded[..count].CopyTo(line[length..]);
        length += count;
        rest = rest[consumed..];
        return true;
    }

    private static int Percent(Rune rune, Span<char> coded)
    {
        if (rune.IsAscii && _attributeText.Contains((char)rune.Value))
        {
            coded[0] = (char)rune.Value;
            return 1;
        }
        Span<byte> octets = stackalloc byte[4];
        octets = octets[..rune.EncodeToUtf8(octets)];
        for (int i = 0; i < octets.Length; i++)
        {
            coded[3 * i] = '%';
            octets[i].TryFormat(coded[((3 * i) + 1)..], out _, "X2", CultureInfo.InvariantCulture);
        }
        return 3 * octets.Length;
    }

    // "Résumé 履歴.pdf" becomes "Resume __.pdf".
    private static string Likeness(string fileName)
    {
        StringBuilder result = new(fileName.Length);
        string decomposed = fileName.Replace('\uFFFE', '_').Normalize(NormalizationForm.FormD); // U+FFFE is the one character that Normalize refuses
        foreach (Rune rune in decomposed.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            result.Append(rune.IsAscii && rune.Value is not ('"' or '\\' or '=') ? (char)rune.Value : '_');
        }
        return result.ToString();
    }
}
