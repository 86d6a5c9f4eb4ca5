using System.Globalization;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>Writes commands into one block that is sent at once. The values have been checked when they were made (<see cref="EmailAddress"/>).</summary>
internal sealed class SmtpCommands
{
    private byte[] _block = new byte[512];
    private int _length;

    public ReadOnlyMemory<byte> Block => _block.AsMemory(0, _length);

    public SmtpCommands Clear()
    {
        _length = 0;
        return this;
    }

    public SmtpCommands Line(ReadOnlySpan<char> command)
    {
        Append(command);
        return EndLine();
    }

    /// <summary><c>MAIL FROM:&lt;path&gt; SIZE=n BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=id</c> (RFC 5321 §4.1.1.2, RFC 1870, RFC 6152, RFC 6531, RFC 3461).</summary>
    public SmtpCommands Mail(SmtpEnvelope envelope, long size, SmtpOffer offer, SmtpCapabilities capabilities)
    {
        Path("MAIL FROM:<", envelope.MailFrom);
        if (capabilities.Size) Append(" SIZE=").Append(size);
        if (offer.UsesBinary) Append(" BODY=BINARYMIME");
        if (offer.Uses8Bit) Append(" BODY=8BITMIME");
        if (offer.UsesUtf8) Append(" SMTPUTF8");
        if (capabilities.Dsn)
        {
            if (envelope.Return != DsnReturn.None) Append(envelope.Return == DsnReturn.Full ? " RET=FULL" : " RET=HDRS");
            if (envelope.EnvelopeId is { } id) Append(" ENVID=").Append(Xtext.Encode(id));
        }
        return EndLine();
    }

    /// <summary><c>MAIL FROM:&lt;path&gt; SMTPUTF8</c>, with nothing said of the message.</summary>
    public SmtpCommands Mail(EmailAddress? mailFrom, bool usesUtf8)
    {
        Path("MAIL FROM:<", mailFrom);
        if (usesUtf8) Append(" SMTPUTF8");
        return EndLine();
    }

    /// <summary><c>RCPT TO:&lt;path&gt; NOTIFY=FAILURE ORCPT=rfc822;path</c> (RFC 5321 §4.1.1.3, RFC 3461).</summary>
    public SmtpCommands Rcpt(in SmtpRecipient to, SmtpCapabilities capabilities)
    {
        Path("RCPT TO:<", to.Address);
        if (capabilities.Dsn)
        {
            if (to.Notify != DsnNotify.None) Append(" NOTIFY=").Append(DsnParameters.Write(to.Notify));
            if (to.OriginalRecipient is { } original) Append(" ORCPT=").Append(DsnParameters.Write(original));
        }
        return EndLine();
    }

    /// <summary><c>BDAT n LAST</c> (RFC 3030 §2); n octets follow.</summary>
    public SmtpCommands Bdat(long size, bool isLast)
    {
        Append("BDAT ").Append(size);
        return isLast ? Line(" LAST") : EndLine();
    }

    /// <summary>Octets as they are, behind a command.</summary>
    public SmtpCommands Octets(ReadOnlySpan<byte> octets)
    {
        Reserve(octets.Length);
        octets.CopyTo(_block.AsSpan(_length));
        _length += octets.Length;
        return this;
    }

    private void Path(ReadOnlySpan<char> start, EmailAddress? address)
    {
        Append(start);
        if (address is not null)
        {
            Append(address.LocalPart).Append("@").Append(address.AsciiDomain); // A-labels are understood with and without SMTPUTF8
        }
        Append(">");
    }

    private SmtpCommands EndLine() => Append("\r\n");

    private SmtpCommands Append(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _block.AsSpan(_length));
        return this;
    }

    private SmtpCommands Append(long number)
    {
        Reserve(20);
        number.TryFormat(_block.AsSpan(_length), out int written, provider: CultureInfo.InvariantCulture);
        _length += written;
        return this;
    }

    private void Reserve(int count)
    {
        if (_block.Length - _length < count) Array.Resize(ref _block, Math.Max(_block.Length * 2, _length + count));
    }
}
