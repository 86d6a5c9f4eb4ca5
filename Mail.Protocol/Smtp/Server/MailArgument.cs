using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Reads what follows MAIL: the path and the parameters (RFC 5321 §4.1.1.2).</summary>
internal static class MailArgument
{
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
        MailParameters parameters = new(options);
        refusal = ReadParameters(path.Parameters, ref parameters, isExtended);
        if (refusal is not null) return false;

        if (!parameters.IsUtf8 && PathArgument.IsInternational(path.Address)) refusal = Replies.NeedsSmtpUtf8;
        else if (parameters.Size > options.MaxMessageSize) refusal = Replies.TooBig;
        if (refusal is not null) return false;
        sender = new SmtpSender
        {
            Address = path.Address, DeclaredSize = parameters.Size, Is8BitMime = parameters.Is8Bit, IsSmtpUtf8 = parameters.IsUtf8,
            Return = parameters.Return, EnvelopeId = parameters.EnvelopeId, SubmittedBy = parameters.SubmittedBy,
        };
        return true;
    }

    private static SmtpReply? ReadParameters(ReadOnlySpan<char> text, ref MailParameters parameters, bool isExtended)
    {
        if (!isExtended && !text.IsEmpty) return Replies.ParametersNeedEhlo;
        EsmtpParameters parameter = new(text);
        while (parameter.Next())
            if (parameters.Take(parameter) is { } refusal) return refusal;
        return parameter.IsMalformed ? Replies.MalformedParameter : null;
    }
}
