using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Joins continued parameters and decodes extended ones (RFC 2231 §3 and §4): sections in any order, some of them missing, extended or not.</summary>
internal static class ParameterSections
{
    public static List<KeyValuePair<string, string>> Join(List<RawParameter> raw, MimeSource source, long offset)
    {
        List<KeyValuePair<string, string>> result = new(raw.Count);
        Dictionary<string, List<RawParameter>>? extended = null;
        foreach (RawParameter parameter in raw)
        {
            if (parameter.Section < 0 && !parameter.IsExtended) continue;
            extended ??= [];
            if (!extended.TryGetValue(parameter.Name, out List<RawParameter>? sections)) extended[parameter.Name] = sections = [];
            sections.Add(parameter);
        }

        foreach (RawParameter parameter in raw)
        {
            // A parameter in both forms is one, and the extended form says it better (RFC 2231 §4).
            if (extended is not null && extended.TryGetValue(parameter.Name, out List<RawParameter>? sections))
            {
                if (sections.Count == 0) continue;
                result.Add(new(parameter.Name, Join(parameter.Name, sections, source, offset)));
                sections.Clear();
            }
            else if (extended?.ContainsKey(parameter.Name) is not true)
                result.Add(new(parameter.Name, EncodedWordDecoder.Decode(parameter.Value, source, offset)));
        }
        return result;
    }

    private static string Join(string name, List<RawParameter> sections, MimeSource source, long offset)
    {
        // The whole form wins over its own pieces; sections given twice count once.
        int whole = sections.FindIndex(s => s.Section < 0);
        if (whole >= 0) sections = [sections[whole]];
        else sections = [.. sections.OrderBy(s => s.Section).DistinctBy(s => s.Section)];
        if (sections[^1].Section > sections.Count - 1)
            source.Note(MimeDefectKind.InvalidHeaderValue, offset, $"A piece of the parameter \"{name}\" is missing.");

        ArrayBufferWriter<byte> octets = new();
        string charset = "";
        bool isFirst = true;
        bool isEncoded = false;
        foreach (RawParameter section in sections)
        {
            ReadOnlySpan<char> value = section.Value;
            if (section.IsExtended)
            {
                if (isFirst && value.IndexOf('\'') is >= 0 and int quote && value[(quote + 1)..].IndexOf('\'') is >= 0 and int second)
                {
                    charset = value[..quote].ToString();
                    value = value[(quote + second + 2)..];
                }
                isEncoded = true;
                Unescape(value, octets);
            }
            else Encoding.UTF8.GetBytes(value, octets);
            isFirst = false;
        }
        string text = CharsetText.Decode(octets.WrittenSpan, charset, source, offset);
        return isEncoded ? text : EncodedWordDecoder.Decode(text, source, offset); // some write encoded words into continuations
    }

    private static void Unescape(ReadOnlySpan<char> value, ArrayBufferWriter<byte> octets)
    {
        Span<byte> text = octets.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length));
        text = text[..Encoding.UTF8.GetBytes(value, text)];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && QuotedPrintableDecoder.HexDigit(text[i + 1]) is >= 0 and int high && QuotedPrintableDecoder.HexDigit(text[i + 2]) is >= 0 and int low)
            {
                text[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else text[length++] = text[i];
        }
        octets.Advance(length);
    }
}
