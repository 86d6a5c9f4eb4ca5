using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>What must be known about a message before it is offered.</summary>
/// <param name="Length">In octets, as it was given.</param>
/// <param name="Is8Bit">An octet above 127 anywhere: needs 8BITMIME (RFC 6152).</param>
/// <param name="HasUtf8Headers">An octet above 127 in the headers: needs SMTPUTF8 (RFC 6532).</param>
/// <param name="HasBareLineEnd">A CR or LF alone. Servers disagree whether it ends a line, so within DATA a message that holds one can be read as two
/// (SMTP smuggling); BDAT counts octets and is safe.</param>
internal readonly record struct MessageShape(int Length, bool Is8Bit, bool HasUtf8Headers, bool HasBareLineEnd)
{
    public static MessageShape Of(ReadOnlySpan<byte> message)
    {
        bool is8Bit = !Ascii.IsValid(message);
        int endOfHeaders = !is8Bit ? -1 : message.StartsWith("\r\n"u8) ? 0 : message.IndexOf("\r\n\r\n"u8);
        bool utf8Headers = is8Bit && !Ascii.IsValid(endOfHeaders < 0 ? message : message[..endOfHeaders]);
        return new MessageShape(message.Length, is8Bit, utf8Headers, FindBareLineEnd(message));
    }

    private static bool FindBareLineEnd(ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            int index = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (index < 0) return false;
            if (rest[index] == '\n' || index + 1 == rest.Length || rest[index + 1] != '\n') return true;
            rest = rest[(index + 2)..];
        }
    }
}
