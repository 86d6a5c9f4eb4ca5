using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes a <see cref="MimeMessage"/>: its headers, then the smallest tree that holds its parts:
/// mixed(related(alternative(text, html), inline files), files), where a level with one part is left out.</summary>
internal sealed class MimeMessageWriter
{
    private readonly MimeMessage _message;
    private readonly IBufferWriter<byte> _output;
    private readonly HeaderWriter _header;
    private readonly List<MimeAttachment> _inline;
    private readonly List<MimeAttachment> _files;
    private readonly string _boundarySeed;
    private readonly byte[] _boundaryMark;

    private MimeMessageWriter(MimeMessage message, IBufferWriter<byte> output)
    {
        _message = message;
        _output = output;
        _header = new HeaderWriter(output);
        _inline = message.HtmlBody is null ? [] : [.. message.Attachments.Where(a => a.ContentId is not null)];
        _files = message.HtmlBody is null ? [.. message.Attachments] : [.. message.Attachments.Where(a => a.ContentId is null)];

        // "=_" stands in no base64 and no quoted-printable text; what is sent as it is, is searched for the mark.
        _boundarySeed = $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(message.MessageId)).AsSpan(0, 15))}";
        _boundaryMark = Encoding.ASCII.GetBytes(_boundarySeed);
    }

    public static void Write(MimeMessage message, IBufferWriter<byte> output)
    {
        MimeMessageWriter writer = new(message, output);
        writer.WriteHeaders();
        writer.WriteMixed();
    }

    private void WriteHeaders()
    {
        _header.Structured("Date", _message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(_message.Date.Offset));
        AddressHeaders.Write(_header, "From", _message.From);
        if (_message.Sender is { } sender) AddressHeaders.Write(_header, "Sender", sender);
        AddressHeaders.Write(_header, "Reply-To", _message.ReplyTo);
        AddressHeaders.Write(_header, "To", _message.To);
        AddressHeaders.Write(_header, "Cc", _message.Cc);
        if (_message.To.Count + _message.Cc.Count == 0) _header.Structured("To", "undisclosed-recipients:;");
        _header.Unstructured("Subject", _message.Subject);
        _header.Structured("Message-ID", $"<{_message.MessageId}>");
        foreach (MimeHeader header in _message.Headers)
        {
            if (HeaderRules.IsStructured(header.Name)) _header.Structured(header.Name, header.Value);
            else _header.Unstructured(header.Name, header.Value);
        }
        _header.Structured("MIME-Version", "1.0");
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    private void WriteMixed()
    {
        if (_files.Count == 0)
        {
            WriteRelated(isRoot: true);
            return;
        }
        string boundary = BeginMultipart("mixed", 1, type: null);
        if (_message.TextBody is not null || _message.HtmlBody is not null)
        {
            Delimit(boundary);
            WriteRelated(isRoot: false);
        }
        foreach (MimeAttachment file in _files) WriteFile(boundary, file, "attachment");
        Close(boundary);
    }

    private void WriteRelated(bool isRoot)
    {
        if (_inline.Count == 0)
        {
            WriteAlternative(isRoot);
            return;
        }
        string boundary = BeginMultipart("related", 2, _message.TextBody is null ? "text/html" : "multipart/alternative");
        Delimit(boundary);
        WriteAlternative(isRoot: false);
        foreach (MimeAttachment file in _inline) WriteFile(boundary, file, "inline");
        Close(boundary);
    }

    private void WriteAlternative(bool isRoot)
    {
        if (_message.HtmlBody is null) WriteText("text/plain", _message.TextBody ?? "", isRoot);
        else if (_message.TextBody is null) WriteText("text/html", _message.HtmlBody, isRoot);
        else
        {
            string boundary = BeginMultipart("alternative", 3, type: null); // the best form comes last, RFC 2046 §5.1.4
            Delimit(boundary);
            WriteText("text/plain", _message.TextBody, isRoot: false);
            Delimit(boundary);
            WriteText("text/html", _message.HtmlBody, isRoot: false);
            Close(boundary);
        }
    }

    private void WriteText(string mediaType, string text, bool isRoot)
    {
        using CanonicalText canonical = new(text);
        bool is7Bit = TransferEncoding.Is7Bit(canonical.Octets, _boundaryMark);
        bool isQuotedPrintable = !is7Bit && TransferEncoding.PrefersQuotedPrintable(canonical.Octets);
        _header.Structured("Content-Type", $"{mediaType}; charset=utf-8");
        _header.Structured("Content-Transfer-Encoding", is7Bit ? "7bit" : isQuotedPrintable ? "quoted-printable" : "base64");
        _header.EndBlock();

        if (!is7Bit && !isQuotedPrintable)
        {
            Base64Lines.Write(canonical.Octets, _output);
            return;
        }
        if (is7Bit) _output.Write(canonical.Octets);
        else QuotedPrintable.Write(canonical.Octets, _output);

        // Within a multipart this line end belongs to the boundary (RFC 2046 §5.1.1); as the root it ends the message's last line.
        if (!isRoot || !canonical.Octets.EndsWith("\r\n"u8)) _output.Write("\r\n"u8);
    }

    private void WriteFile(string boundary, MimeAttachment file, string disposition)
    {
        Delimit(boundary);
        // An enclosed message may not be encoded (RFC 2046 §5.2.1); one that is not 7-bit travels as a plain file.
        bool isMessage = file.Type.MediaType.StartsWith("message/", StringComparison.Ordinal);
        bool asIs = isMessage && TransferEncoding.Is7Bit(file.Content.Span, _boundaryMark);
        MimeContentType type = isMessage && !asIs ? MimeContentType.OctetStream : file.Type;

        _header.Begin("Content-Type");
        _header.Word(type.MediaType);
        foreach ((string name, string value) in type.Parameters) HeaderParameters.Write(_header, name, value);
        _header.End();
        _header.Structured("Content-Transfer-Encoding", asIs ? "7bit" : "base64");
        if (file.ContentId is { } id) _header.Structured("Content-ID", $"<{id}>");
        _header.Begin("Content-Disposition");
        _header.Word(disposition);
        HeaderParameters.WriteFileName(_header, file.FileName);
        _header.End();
        _header.EndBlock();

        if (asIs)
        {
            _output.Write(file.Content.Span);
            _output.Write("\r\n"u8);
        }
        else Base64Lines.Write(file.Content.Span, _output);
    }

    private string BeginMultipart(string subtype, int level, string? type)
    {
        string boundary = $"{_boundarySeed}_{level}";
        _header.Begin("Content-Type");
        _header.Word($"multipart/{subtype}");
        if (type is not null) HeaderParameters.Write(_header, "type", type); // RFC 2387 §3.1
        HeaderParameters.Write(_header, "boundary", boundary);
        _header.End();
        _header.EndBlock();
        return boundary;
    }

    private void Delimit(string boundary)
    {
        _output.Write("--"u8);
        Encoding.ASCII.GetBytes(boundary, _output);
        _output.Write("\r\n"u8);
    }

    private void Close(string boundary)
    {
        _output.Write("--"u8);
        Encoding.ASCII.GetBytes(boundary, _output);
        _output.Write("--\r\n"u8);
    }
}
