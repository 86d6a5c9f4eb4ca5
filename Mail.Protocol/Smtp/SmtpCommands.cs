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

    /// <summary><c>MAIL FROM:&lt;path&gt; SIZE=n BODY=8BITMIME SMTPUTF8</c> (RFC 5321 §4.1.1.2, RFC 1870, RFC 6152, RFC 6531).</summary>
    public SmtpCommands Mail(EmailAddress? from, long? size, bool is8Bit, bool isUtf8)
    {
        Path("MAIL FROM:<", from);
        if (size is { } octets)
        {
            Append(" SIZE=");
            Reserve(20);
            octets.TryFormat(_block.AsSpan(_length), out int written, provider: CultureInfo.InvariantCulture);
            _length += written;
        }
        if (is8Bit) Append(" BODY=8BITMIME");
        if (isUtf8) Append(" SMTPUTF8");
        return EndLine();
    }

    /// <summary><c>RCPT TO:&lt;path&gt;</c> (RFC 5321 §4.1.1.3).</summary>
    public SmtpCommands Rcpt(EmailAddress to)
    {
        Path("RCPT TO:<", to);
        return EndLine();
    }

    private void Path(ReadOnlySpan<char> start, EmailAddress? address)
    {
        Append(start);
        if (address is not null)
        {
            Append(address.LocalPart);
            Append("@");
            Append(address.AsciiDomain); // A-labels are understood with and without SMTPUTF8
        }
        Append(">");
    }

    private SmtpCommands EndLine()
    {
        Append("\r\n");
        return this;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _block.AsSpan(_length));
    }

    private void Reserve(int count)
    {
        if (_block.Length - _length < count) Array.Resize(ref _block, Math.Max(_block.Length * 2, _length + count));
    }
}
