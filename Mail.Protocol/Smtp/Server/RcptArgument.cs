using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Reads what follows RCPT: path, NOTIFY and ORCPT (RFC 3461 §4.1 and §4.2, RFC 6533 §3).</summary>
internal static class RcptArgument
{
    private const int MaxOriginalRecipient = 500; // RFC 3461 §4.2, coded

    /// <param name="argument">All after the verb.</param>
    /// <param name="options">What is offered, and the host name.</param>
    /// <param name="isExtended">Whether the client said EHLO.</param>
    /// <param name="isUtf8">Whether the message's MAIL had SMTPUTF8.</param>
    /// <param name="recipient">What was said, when the result is <see langword="true"/>.</param>
    /// <param name="refusal">Why not, when it is <see langword="false"/>.</param>
    public static bool TryRead(string argument, SmtpServerOptions options, bool isExtended, bool isUtf8, out SmtpRecipient recipient, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        recipient = default;
        PathArgument path = default;
        if (!path.TryRead(argument, "TO:", "5.1.3", options.Hostname, out refusal)) return false;
        if (path.Address is null) return Refuse(501, "5.1.3 A recipient cannot be empty", out refusal);
        if (!isExtended && !path.Parameters.IsEmpty) return Refuse(555, "5.5.4 Parameters need EHLO", out refusal);

        DsnNotify notify = DsnNotify.None;
        DsnOriginalRecipient? original = null;
        EsmtpParameters parameter = new(path.Parameters);
        while (parameter.Next())
        {
            if (parameter.Is("NOTIFY") && options.OfferDsn)
            {
                if (notify != DsnNotify.None) return Refuse(501, "5.5.4 NOTIFY stands twice", out refusal);
                if (!TryReadNotify(parameter.Value, out notify)) return Refuse(501, "5.5.4 NOTIFY takes NEVER, or a list of SUCCESS, FAILURE and DELAY", out refusal);
            }
            else if (parameter.Is("ORCPT") && options.OfferDsn)
            {
                if (original is not null) return Refuse(501, "5.5.4 ORCPT stands twice", out refusal);
                if (!TryReadOriginal(parameter.Value, isUtf8, out original)) return Refuse(501, "5.5.4 ORCPT takes type;address, the address in xtext (RFC 3461)", out refusal);
            }
            else return Refuse(555, "5.5.4 A parameter of RCPT is not known", out refusal);
        }

        if (parameter.IsMalformed) return Refuse(501, "5.5.4 A parameter of RCPT is not of the form KEY=value", out refusal);
        if (!isUtf8 && PathArgument.IsInternational(path.Address)) return Refuse(553, "5.6.7 The address needs the parameter SMTPUTF8 of MAIL (RFC 6531)", out refusal);
        recipient = new SmtpRecipient(path.Address, notify, original);
        return true;
    }

    private static bool TryReadNotify(ReadOnlySpan<char> value, out DsnNotify notify)
    {
        notify = DsnNotify.None;
        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> word = value[range];
            DsnNotify one = word switch
            {
                _ when word.Equals("NEVER", StringComparison.OrdinalIgnoreCase) => DsnNotify.Never,
                _ when word.Equals("SUCCESS", StringComparison.OrdinalIgnoreCase) => DsnNotify.Success,
                _ when word.Equals("FAILURE", StringComparison.OrdinalIgnoreCase) => DsnNotify.Failure,
                _ when word.Equals("DELAY", StringComparison.OrdinalIgnoreCase) => DsnNotify.Delay,
                _ => DsnNotify.None,
            };
            if (one == DsnNotify.None || (notify & one) != 0) return false;
            notify |= one;
        }
        return notify == DsnNotify.Never || (notify & DsnNotify.Never) == 0;
    }

    private static bool TryReadOriginal(ReadOnlySpan<char> value, bool isUtf8, [NotNullWhen(true)] out DsnOriginalRecipient? original)
    {
        original = null;
        int semicolon = value.IndexOf(';');
        if (semicolon <= 0 || value.Length > MaxOriginalRecipient) return false;
        ReadOnlySpan<char> type = value[..semicolon], address = value[(semicolon + 1)..];
        foreach (char c in type)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        bool isUtf8Type = type.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        if (!(isUtf8Type ? TryReadUtf8(address, isUtf8, out string? decoded) : Xtext.TryDecode(address, out decoded)) || decoded.Length == 0) return false;
        original = new DsnOriginalRecipient(type.ToString(), decoded);
        return true;
    }

    /// <summary>RFC 6533 §3: characters as <c>\x{20AC}</c>, or as they are in a message with SMTPUTF8; xtext for the rest of ASCII.</summary>
    private static bool TryReadUtf8(ReadOnlySpan<char> coded, bool isUtf8, [NotNullWhen(true)] out string? text)
    {
        text = null;
        StringBuilder decoded = new(coded.Length);
        while (!coded.IsEmpty)
        {
            if (coded.StartsWith("\\x{"))
            {
                int end = coded.IndexOf('}');
                if (end is < 5 or > 9 || !int.TryParse(coded[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.TryCreate(value, out Rune rune) || Rune.IsControl(rune)) return false;
                decoded.Append(rune);
                coded = coded[(end + 1)..];
            }
            else if (coded[0] > '~')
            {
                if (!isUtf8 || Rune.DecodeFromUtf16(coded, out Rune rune, out int length) != System.Buffers.OperationStatus.Done || Rune.IsControl(rune)) return false;
                decoded.Append(rune);
                coded = coded[length..];
            }
            else
            {
                int length = coded[0] == '+' ? Math.Min(3, coded.Length) : 1;
                if (!Xtext.TryDecode(coded[..length], out string? one)) return false;
                decoded.Append(one);
                coded = coded[length..];
            }
        }
        text = decoded.ToString();
        return true;
    }

    private static bool Refuse(int code, string text, [NotNull] out SmtpReply? refusal)
    {
        refusal = new SmtpReply(code, text);
        return false;
    }
}
