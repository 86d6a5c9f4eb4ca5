using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>How the wishes about reports stand in MAIL and RCPT (RFC 3461 §4, RFC 6533 §3).</summary>
internal static class DsnParameters
{
    private const int MaxEnvelopeId = 100;
    private const int MaxOriginalRecipient = 500;

    public static void CheckEnvelopeId(string id)
    {
        if (id.Length == 0 || id.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw new ArgumentException("EnvelopeId is empty or not printable ASCII.");
        if (Xtext.Encode(id).Length > MaxEnvelopeId) throw new ArgumentException($"EnvelopeId has more than {MaxEnvelopeId} octets as it is sent.");
    }

    public static void Check(in SmtpRecipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient.Address);
        if (recipient.Notify.HasFlag(DsnNotify.Never) && recipient.Notify != DsnNotify.Never) throw new ArgumentException("Notify is Never and something else at once.");
        if ((uint)recipient.Notify > (uint)(DsnNotify.Never | DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay)) throw new ArgumentException($"Notify has the unknown value {(int)recipient.Notify}.");
        if (recipient.OriginalRecipient is not { } original) return;
        // Both go into a command line; the type is an atom without special characters.
        if (original.AddressType.Length == 0 || original.AddressType.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')) throw new ArgumentException("The type of OriginalRecipient is not an atom.");
        if (original.Address.Length == 0 || original.Address.Any(char.IsControl)) throw new ArgumentException("The address of OriginalRecipient is empty or contains a control character.");
        if (Write(original).Length > MaxOriginalRecipient) throw new ArgumentException($"OriginalRecipient has more than {MaxOriginalRecipient} octets as it is sent.");
    }

    /// <summary><c>type;address</c>. What is not ASCII is of the type utf-8, whose 7-bit form every server with DSN takes.</summary>
    public static string Write(DsnOriginalRecipient original)
    {
        bool isUtf8 = original.AddressType.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || !Ascii.IsValid(original.Address);
        return isUtf8 ? $"utf-8;{WriteUnicode(original.Address)}" : $"{original.AddressType};{Xtext.Encode(original.Address)}";
    }

    public static string Write(DsnNotify notify)
    {
        if (notify == DsnNotify.Never) return "NEVER";
        List<string> words = [];
        if (notify.HasFlag(DsnNotify.Success)) words.Add("SUCCESS");
        if (notify.HasFlag(DsnNotify.Failure)) words.Add("FAILURE");
        if (notify.HasFlag(DsnNotify.Delay)) words.Add("DELAY");
        return string.Join(',', words);
    }

    /// <summary>utf-8-addr-xtext (RFC 6533 §3): ASCII as it is, all else, and what xtext codes, as <c>\x{HEX}</c>.</summary>
    public static string WriteUnicode(string address)
    {
        StringBuilder coded = new(address.Length);
        foreach (Rune rune in address.EnumerateRunes())
        {
            if (rune.Value is > ' ' and < 127 and not ('\\' or '+' or '=')) coded.Append((char)rune.Value);
            else coded.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X2}}}");
        }
        return coded.ToString();
    }
}
