using System.Globalization;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp.Server;

/// <summary>The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461), AUTH (RFC 4954 §5).</summary>
internal struct MailParameters(SmtpServerOptions options)
{
    private const int MaxEnvelopeId = 100; // RFC 3461 §4.4

    private static readonly SmtpReply _badSize = new(501, "5.5.4 SIZE takes a number of octets");
    private static readonly SmtpReply _badBody = new(555, "5.5.4 BODY takes 7BIT or 8BITMIME");
    private static readonly SmtpReply _badUtf8 = new(501, "5.5.4 SMTPUTF8 takes no value");
    private static readonly SmtpReply _badReturn = new(501, "5.5.4 RET takes FULL or HDRS");
    private static readonly SmtpReply _badEnvelopeId = new(501, "5.5.4 ENVID takes up to 100 characters of xtext (RFC 3461)");
    private static readonly SmtpReply _badAuth = new(501, "5.5.4 AUTH takes an address in xtext, or <> (RFC 4954)");

    private Known _seen;

    [Flags]
    private enum Known
    {
        None = 0,
        Size = 1,
        Body = 2,
        Utf8 = 4,
        Return = 8,
        EnvelopeId = 16,
        Auth = 32,
    }

    public long? Size { get; private set; }
    public bool Is8Bit { get; private set; }
    public bool IsUtf8 { get; private set; }
    public DsnReturn Return { get; private set; }
    public string? EnvelopeId { get; private set; }
    public string? SubmittedBy { get; private set; }

    /// <returns>Why the parameter is refused, or null.</returns>
    public SmtpReply? Take(in EsmtpParameters parameter)
    {
        Known which = Identify(parameter);
        if (which == Known.None) return Replies.UnknownParameter;
        if ((_seen & which) != 0) return Replies.RepeatedParameter;
        _seen |= which;
        return which switch
        {
            Known.Size => TakeSize(parameter.Value),
            Known.Body => TakeBody(parameter.Value),
            Known.Utf8 => TakeUtf8(parameter.HasValue),
            Known.Return => TakeReturn(parameter.Value),
            Known.EnvelopeId => TakeEnvelopeId(parameter.Value),
            _ => TakeAuth(parameter.Value),
        };
    }

    private readonly Known Identify(in EsmtpParameters parameter) =>
        parameter.Is("SIZE") ? Known.Size
        : parameter.Is("BODY") ? Known.Body
        : parameter.Is("SMTPUTF8") && options.OfferSmtpUtf8 ? Known.Utf8
        : parameter.Is("RET") && options.OfferDsn ? Known.Return
        : parameter.Is("ENVID") && options.OfferDsn ? Known.EnvelopeId
        : parameter.Is("AUTH") && options.Role == SmtpServerRole.Submission ? Known.Auth
        : Known.None;

    private SmtpReply? TakeSize(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value.Length > 20 || value.ContainsAnyExceptInRange('0', '9')) return _badSize; // RFC 1870 §3: up to 20 digits
        Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long octets) ? octets : long.MaxValue;
        return null;
    }

    private SmtpReply? TakeBody(ReadOnlySpan<char> value)
    {
        Is8Bit = value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase);
        return Is8Bit || value.Equals("7BIT", StringComparison.OrdinalIgnoreCase) ? null : _badBody;
    }

    private SmtpReply? TakeUtf8(bool hasValue)
    {
        IsUtf8 = true;
        return hasValue ? _badUtf8 : null;
    }

    private SmtpReply? TakeReturn(ReadOnlySpan<char> value)
    {
        if (value.Equals("FULL", StringComparison.OrdinalIgnoreCase)) Return = DsnReturn.Full;
        else if (value.Equals("HDRS", StringComparison.OrdinalIgnoreCase)) Return = DsnReturn.Headers;
        return Return == DsnReturn.None ? _badReturn : null;
    }

    private SmtpReply? TakeEnvelopeId(ReadOnlySpan<char> value)
    {
        if (!Xtext.TryDecode(value, out string? id) || id.Length is 0 or > MaxEnvelopeId) return _badEnvelopeId;
        EnvelopeId = id;
        return null;
    }

    private SmtpReply? TakeAuth(ReadOnlySpan<char> value)
    {
        if (!Xtext.TryDecode(value, out string? submitter) || (submitter != "<>" && !EmailAddress.TryParseWithLiteral(submitter, out _, out _))) return _badAuth;
        SubmittedBy = submitter;
        return null;
    }
}
