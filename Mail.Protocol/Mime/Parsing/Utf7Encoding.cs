using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads UTF-7 (RFC 2152), which .NET no longer offers: in mail it is only text to show, never compared or executed. It writes nothing.</summary>
internal sealed class Utf7Encoding : Encoding
{
    public static readonly Utf7Encoding Instance = new();

    /// <inheritdoc/>
    public override string EncodingName => "utf-7";

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount + 1;

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count)
    {
        char[] scratch = new char[GetMaxCharCount(count)];
        return GetChars(bytes, index, count, scratch, 0);
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Read(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException("UTF-7 is only read.");

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException("UTF-7 is only read.");

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException("UTF-7 is only read.");

    private static int Read(ReadOnlySpan<byte> bytes, Span<char> output)
    {
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                output[length++] = bytes[i] < 0x80 ? (char)bytes[i] : '\uFFFD';
                continue;
            }
            if (i + 1 < bytes.Length && bytes[i + 1] == '-')
            {
                output[length++] = '+';
                i++;
                continue;
            }

            // Modified base64 of UTF-16 in network order; up to five bits left over are padding.
            uint bits = 0;
            int count = 0;
            int first = i + 1;
            while (i + 1 < bytes.Length && Base64Decoder.Value(bytes[i + 1]) is >= 0 and int value)
            {
                i++;
                bits = (bits << 6) | (uint)value;
                count += 6;
                if (count < 16) continue;
                count -= 16;
                output[length++] = (char)(ushort)(bits >> count);
            }
            if (i + 1 == first) output[length++] = '+'; // no UTF-7 after all
            else if (i + 1 < bytes.Length && bytes[i + 1] == '-') i++;
        }
        return Repair(output[..length]);
    }

    /// <summary>Half a surrogate pair becomes U+FFFD, so that the text can be written again.</summary>
    private static int Repair(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else text[i] = '\uFFFD';
        }
        return text.Length;
    }
}
