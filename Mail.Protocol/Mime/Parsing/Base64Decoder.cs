using System.Buffers;
using System.Buffers.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads base64 (RFC 2045 §6.8) with dirt: other characters are skipped, padding may be missing or stand between two texts that were joined.</summary>
internal static class Base64Decoder
{
    private static readonly sbyte[] _values = MakeValues();

    /// <summary>0 to 63, or -1.</summary>
    public static int Value(byte octet) => _values[octet];

    /// <summary>Decodes everything there is.</summary>
    /// <param name="input">The encoded text.</param>
    /// <param name="output">At least three quarters of the input's length and two octets more.</param>
    /// <param name="written">How many octets were decoded.</param>
    /// <returns>Whether the input was clean: only the alphabet, white space, and padding at its end.</returns>
    public static bool Decode(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        if (Base64.DecodeFromUtf8(input, output, out _, out written) is OperationStatus.Done) return true;

        bool isClean = true;
        uint bits = 0;
        int count = 0; // sextets in bits
        written = 0;
        foreach (byte octet in input)
        {
            int value = _values[octet];
            if (value >= 0)
            {
                bits = (bits << 6) | (uint)value;
                if (++count < 4) continue;
                output[written++] = (byte)(bits >> 16);
                output[written++] = (byte)(bits >> 8);
                output[written++] = (byte)bits;
                count = 0;
                bits = 0;
            }
            else if (octet == '=')
            {
                written += Flush(bits, count, output[written..]);
                count = 0;
                bits = 0;
            }
            else if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) isClean = false;
        }
        if (count > 0) isClean = false;
        written += Flush(bits, count, output[written..]);
        return isClean;
    }

    private static int Flush(uint bits, int count, Span<byte> output)
    {
        if (count < 2) return 0; // six bits are no octet
        bits <<= 6 * (4 - count);
        output[0] = (byte)(bits >> 16);
        if (count == 2) return 1;
        output[1] = (byte)(bits >> 8);
        return 2;
    }

    private static sbyte[] MakeValues()
    {
        sbyte[] values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        ReadOnlySpan<byte> alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (int i = 0; i < alphabet.Length; i++) values[alphabet[i]] = (sbyte)i;
        return values;
    }
}
