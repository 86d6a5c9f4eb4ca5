using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Reads what follows RCPT: path, NOTIFY and ORCPT (RFC 3461 §4.1 and §4.2, RFC 6533 §3).</summary>
internal static class RcptArgument
{
    private const int MaxOriginalRecipient = 500; // RFC 3461 §4.2, coded

    private static readonly SmtpReply _badNotify = new(501, "5.5.4 NOTIFY takes NEVER, or a list of SUCCESS, FAILURE and DELAY");
    private static readonly SmtpReply _badOriginal = new(501, "5.5.4 ORCPT takes type;address, the address in xtext (RFC 3461)");

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
        refusal = path.Address is null ? Replies.EmptyRecipient : !isExtended && !path.Parameters.IsEmpty ? Replies.ParametersNeedEhlo : null;
        DsnNotify notify = DsnNotify.None;
        DsnOriginalRecipient? original = null;
        EsmtpParameters parameter = new(path.Parameters);
        while (refusal is null && parameter.Next())
        {
            if (parameter.Is("NOTIFY") && options.OfferDsn)
                refusal = notify != DsnNotify.None ? Replies.RepeatedParameter : TryReadNotify(parameter.Value, out notify) ? null : _badNotify;
            else if (parameter.Is("ORCPT") && options.OfferDsn)
                refusal = original is not null ? Replies.RepeatedParameter : TryReadOriginal(parameter.Value, isUtf8, out original) ? null : _badOriginal;
            else refusal = Replies.UnknownParameter;
        }

        refusal ??= parameter.IsMalformed ? Replies.MalformedParameter : !isUtf8 && PathArgument.IsInternational(path.Address) ? Replies.NeedsSmtpUtf8 : null;
        if (refusal is not null) return false;
        recipient = new SmtpRecipient(path.Address!, notify, original);
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
}
