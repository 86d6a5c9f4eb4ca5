using System.Globalization;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes the parameters of Content-Type and Content-Disposition, with RFC 2231 for what is not ASCII.</summary>
internal static class HeaderParameters
{
    /// <summary>An ASCII value, as a token or quoted.</summary>
    public static void Write(HeaderWriter header, string name, string value)
    {
        header.Glue(";");
        header.Word($"{name}={(MimeContentType.IsToken(value) ? value : MimeContentType.Quote(value))}");
    }

    /// <summary>A file name: ASCII in quotes; other scripts as <c>filename*</c>, followed by an ASCII likeness for readers that do not know RFC 2231.
    /// The true name comes first: readers that know both forms take the first or the extended one.</summary>
    public static void WriteFileName(HeaderWriter header, string fileName)
    {
        if (Ascii.IsValid(fileName) && !fileName.Contains("=?", StringComparison.Ordinal))
        {
            header.Glue(";");
            header.Word($"filename={MimeContentType.Quote(fileName)}");
            return;
        }
        WriteExtended(header, fileName);
        header.Glue(";");
        header.Word($"filename={MimeContentType.Quote(Likeness(fileName))}");
    }

    private static void WriteExtended(HeaderWriter header, string fileName)
    {
        List<string> characters = [.. fileName.EnumerateRunes().Select(Percent)];
        string whole = $"filename*=utf-8''{string.Concat(characters)}";
        if (whole.Length + 2 <= HeaderRules.SoftLineLimit)
        {
            header.Glue(";");
            header.Word(whole);
            return;
        }

        // Continuations (RFC 2231 §3); a character is never split between two.
        int section = 0;
        StringBuilder piece = new("filename*0*=utf-8''");
        foreach (string character in characters)
        {
            if (piece.Length + character.Length + 2 > HeaderRules.SoftLineLimit)
            {
                header.Glue(";");
                header.Word(piece.ToString());
                section++;
                piece.Clear().Append(CultureInfo.InvariantCulture, $"filename*{section}*=");
            }
            piece.Append(character);
        }
        header.Glue(";");
        header.Word(piece.ToString());
    }

    private static string Percent(Rune rune)
    {
        if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "!#$&+-.^_`{|}~".Contains((char)rune.Value, StringComparison.Ordinal))) return rune.ToString();
        Span<byte> octets = stackalloc byte[4];
        octets = octets[..rune.EncodeToUtf8(octets)];
        StringBuilder result = new(3 * octets.Length);
        foreach (byte octet in octets) result.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        return result.ToString();
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
