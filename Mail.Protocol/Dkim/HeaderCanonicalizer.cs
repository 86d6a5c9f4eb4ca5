using System.Buffers;

namespace Mail.Protocol.Dkim;

/// <summary>Header fields in the form that is signed (RFC 6376 §3.4.1, §3.4.2).</summary>
internal static class HeaderCanonicalizer
{
    private static readonly SearchValues<byte> _notText = SearchValues.Create(" \t\r"u8);

    /// <summary>Writes one field without its last CRLF.</summary>
    /// <param name="mode">The form.</param>
    /// <param name="field">The field as it stands in the message, with or without its last CRLF.</param>
    /// <param name="output">Takes the canonical form.</param>
    public static void Write(DkimCanonicalization mode, ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        if (field.EndsWith("\r\n"u8)) field = field[..^2];
        if (mode == DkimCanonicalization.Simple) output.Write(field);
        else WriteRelaxed(field, output);
    }

    private static void WriteRelaxed(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        int colon = field.IndexOf((byte)':');
        if (colon >= 0)
        {
            ReadOnlySpan<byte> name = field[..colon].TrimEnd(" \t"u8);
            WriteLower(name, output);
            output.Write(":"u8);
            field = field[(colon + 1)..];
        }
        bool gap = false, begun = false; // white space was skipped; text was written
        while (!field.IsEmpty)
        {
            int length = field.IndexOfAny(_notText);
            if (length < 0) length = field.Length;
            else if (length == 0 && field[0] == '\r' && !field.StartsWith("\r\n"u8)) length = 1; // a CR alone is text
            if (length > 0)
            {
                if (gap && begun) output.Write(" "u8);
                output.Write(field[..length]);
                (gap, begun) = (false, true);
                field = field[length..];
            }
            else if (field[0] == '\r') field = field[2..]; // a folded line: only the white space behind it counts
            else
            {
                gap = true;
                field = field[1..];
            }
        }
    }

    private static void WriteLower(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        Span<byte> lower = stackalloc byte[128];
        while (!name.IsEmpty)
        {
            int length = Math.Min(name.Length, lower.Length);
            for (int i = 0; i < length; i++) lower[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
            output.Write(lower[..length]);
            name = name[length..];
        }
    }
}
