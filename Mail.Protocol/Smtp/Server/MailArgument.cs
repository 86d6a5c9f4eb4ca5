using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Reads what follows MAIL: path, SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461), AUTH (RFC 4954).</summary>
internal static class MailArgument
{
    private const int MaxEnvelopeId = 100; // RFC 3461 §4.4, before xtext

    [Flags]
    private enum Seen
    {
        None = 0,
        Size = 1,
        Body = 2,
        Utf8 = 4,
        Ret = 8,
        EnvelopeId = 16,
        Auth = 32,
    }

    /// <param name="argument">All after the verb.</param>
    /// <param name="options">What is offered, and the greatest size.</param>
    /// <param name="isExtended">Whether the client said EHLO: without it there are no parameters.</param>
    /// <param name="sender">What was said, when the result is <see langword="true"/>.</param>
    /// <param name="refusal">Why not, when it is <see langword="false"/>.</param>
    public static bool TryRead(string argument, SmtpServerOptions options, bool isExtended, [NotNullWhen(true)] out SmtpSender? sender, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        sender = null;
        PathArgument path = default;
        if (!path.TryRead(argument, "FROM:", "5.1.7", null, out refusal)) return false;
        if (!isExtended && !path.Parameters.IsEmpty) return Refuse(555, "5.5.4 Parameters need EHLO", out refusal);

        Seen seen = Seen.None;
        long? size = null;
        bool is8Bit = false;
        DsnReturn ret = DsnReturn.None;
        string? envelopeId = null, submittedBy = null;
        EsmtpParameters parameter = new(path.Parameters);
        while (parameter.Next())
        {
            Seen which;
            if (parameter.Is("SIZE"))
            {
                which = Seen.Size;
                if (parameter.Value.Length > 20 || !long.TryParse(parameter.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long octets))
                {
                    if (parameter.Value.IsEmpty || parameter.Value.ContainsAnyExceptInRange('0', '9')) return Refuse(501, "5.5.4 SIZE takes a number of octets", out refusal);
                    octets = long.MaxValue; // a number, and beyond all limits
                }
                size = octets;
            }
            else if (parameter.Is("BODY"))
            {
                which = Seen.Body;
                is8Bit = parameter.Value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase);
                if (!is8Bit && !parameter.Value.Equals("7BIT", StringComparison.OrdinalIgnoreCase)) return Refuse(555, "5.5.4 BODY takes 7BIT or 8BITMIME", out refusal);
            }
            else if (parameter.Is("SMTPUTF8") && options.OfferSmtpUtf8)
            {
                which = Seen.Utf8;
                if (parameter.HasValue) return Refuse(501, "5.5.4 SMTPUTF8 takes no value", out refusal);
            }
            else if (parameter.Is("RET") && options.OfferDsn)
            {
                which = Seen.Ret;
                ret = parameter.Value.Equals("FULL", StringComparison.OrdinalIgnoreCase) ? DsnReturn.Full : parameter.Value.Equals("HDRS", StringComparison.OrdinalIgnoreCase) ? DsnReturn.Headers : DsnReturn.None;
                if (ret == DsnReturn.None) return Refuse(501, "5.5.4 RET takes FULL or HDRS", out refusal);
            }
            else if (parameter.Is("ENVID") && options.OfferDsn)
            {
                which = Seen.EnvelopeId;
                if (!Xtext.TryDecode(parameter.Value, out envelopeId) || envelopeId.Length is 0 or > MaxEnvelopeId) return Refuse(501, "5.5.4 ENVID takes up to 100 characters of xtext (RFC 3461)", out refusal);
            }
            else if (parameter.Is("AUTH") && options.Role == SmtpServerRole.Submission)
            {
                which = Seen.Auth;
                if (!Xtext.TryDecode(parameter.Value, out submittedBy) || (submittedBy != "<>" && !EmailAddress.TryParse(submittedBy, out _, out _)))
                    return Refuse(501, "5.5.4 AUTH takes an address in xtext, or <> (RFC 4954)", out refusal);
            }
            else return Refuse(555, "5.5.4 A parameter of MAIL is not known", out refusal);
            if ((seen & which) != 0) return Refuse(501, "5.5.4 A parameter of MAIL stands twice", out refusal);
            seen |= which;
        }

        if (parameter.IsMalformed) return Refuse(501, "5.5.4 A parameter of MAIL is not of the form KEY=value", out refusal);
        bool isUtf8 = (seen & Seen.Utf8) != 0;
        if (!isUtf8 && PathArgument.IsInternational(path.Address)) return Refuse(553, "5.6.7 The address needs the parameter SMTPUTF8 (RFC 6531)", out refusal);
        if (size > options.MaxMessageSize)
        {
            refusal = Replies.TooBig;
            return false;
        }
        sender = new SmtpSender
        {
            Address = path.Address, DeclaredSize = size, Is8BitMime = is8Bit, IsSmtpUtf8 = isUtf8, Return = ret, EnvelopeId = envelopeId, SubmittedBy = submittedBy,
        };
        return true;
    }

    private static bool Refuse(int code, string text, [NotNull] out SmtpReply? refusal)
    {
        refusal = new SmtpReply(code, text);
        return false;
    }
}
