using System.Globalization;
using System.Text;

namespace Mail.Protocol.Dns;

/// <summary>Names as text and as octets: labels with their lengths before them, a zero at the end (RFC 1035 §3.1). Octets are in lower case, so
/// equal names are equal octets.</summary>
internal static class DnsName
{
    /// <summary>The most octets that a name has on the wire, lengths and the zero included (RFC 1035 §2.3.4).</summary>
    public const int MaxLength = 255;

    private const int MaxLabel = 63;
    private const int MaxPointers = 64; // compression never needs more than one for each label

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = false, AllowUnassigned = true };

    /// <summary>Text to octets.</summary>
    /// <exception cref="ArgumentException">Not a name.</exception>
    public static byte[] Encode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > MaxLength * 4) throw new ArgumentException($"The name is longer than {MaxLength} octets.", nameof(name));
        string text = Ascii.IsValid(name) ? name : ToAscii(name);
        if (text == ".") return [0];
        List<byte> octets = new(text.Length + 2) { 0 };
        int labelStart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '.')
            {
                EndLabel(octets, labelStart);
                labelStart = octets.Count;
                octets.Add(0);
            }
            else if (text[i] == '\\') octets.Add(Lower(Escaped(text, ref i)));
            else if (text[i] is > ' ' and < '\x7F') octets.Add(Lower((byte)text[i]));
            else throw new ArgumentException($"The name holds the character U+{(int)text[i]:X4} at position {i + 1}.", nameof(name));
        }
        if (octets.Count - labelStart > 1) // no dot at the end: the last label and the root
        {
            EndLabel(octets, labelStart);
            octets.Add(0);
        }
        else if (labelStart == 0) throw new ArgumentException("The name is empty.", nameof(name));
        if (octets.Count > MaxLength) throw new ArgumentException($"The name is longer than {MaxLength} octets.", nameof(name));
        return [.. octets];
    }

    /// <summary>Reads a name that may be compressed (RFC 1035 §4.1.4).</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Where the name begins; afterwards where it ends.</param>
    /// <param name="name">Takes the name, at most <see cref="MaxLength"/> octets.</param>
    /// <param name="length">The octets of the name.</param>
    /// <returns>Whether it is a name. Pointers must lead backwards, so that none can lead in a circle.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<byte> name, out int length)
    {
        length = 0;
        int at = position, pointers = 0, limit = position; // a pointer leads before the part of the name that it stands in
        while (at < message.Length)
        {
            byte head = message[at];
            if (head >= 0xC0)
            {
                if (at + 1 >= message.Length || ++pointers > MaxPointers) return false;
                if (pointers == 1) position = at + 2;
                int target = (head & 0x3F) << 8 | message[at + 1];
                if (target >= limit) return false;
                at = limit = target;
                continue;
            }
            if (head > MaxLabel || at + 1 + head > message.Length || length + 1 + head > MaxLength) return false;
            name[length++] = head;
            if (head == 0)
            {
                if (pointers == 0) position = at + 1;
                return true;
            }
            foreach (byte b in message.Slice(at + 1, head)) name[length++] = Lower(b);
            at += 1 + head;
        }
        return false;
    }

    /// <summary>Octets to text.</summary>
    public static string ToText(ReadOnlySpan<byte> name)
    {
        if (name[0] == 0) return ".";
        StringBuilder text = new(name.Length);
        for (int i = 0; name[i] != 0; i += 1 + name[i])
        {
            if (i > 0) text.Append('.');
            foreach (byte b in name.Slice(i + 1, name[i]))
            {
                if (b is (byte)'.' or (byte)'\\') text.Append('\\').Append((char)b);
                else if (b is > 0x20 and < 0x7F) text.Append((char)b);
                else text.Append('\\').Append(b.ToString("D3", CultureInfo.InvariantCulture));
            }
        }
        return text.ToString();
    }

    private static void EndLabel(List<byte> octets, int start)
    {
        int length = octets.Count - start - 1;
        if (length is 0 or > MaxLabel) throw new ArgumentException(length == 0 ? "The name has an empty label." : $"A label of the name is longer than {MaxLabel} octets.", nameof(octets));
        octets[start] = (byte)length;
    }

    private static byte Escaped(string text, ref int i)
    {
        if (i + 1 == text.Length) throw new ArgumentException("The name ends in a backslash.", nameof(text));
        if (!char.IsAsciiDigit(text[i + 1])) return (byte)text[++i];
        if (i + 3 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            throw new ArgumentException("The name holds a backslash before digits that are no octet: three digits up to 255.", nameof(text));
        i += 3;
        return octet;
    }

    private static string ToAscii(string name)
    {
        try { return _idn.GetAscii(name); }
        catch (ArgumentException e) { throw new ArgumentException("The name is not a valid internationalized domain name.", nameof(name), e); }
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
