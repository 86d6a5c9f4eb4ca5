using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes a <see cref="MimeMessage"/>: its headers, then the smallest tree that holds its parts:
/// mixed(related(alternative(text, html, ...), inline files), files), where a level with one part is left out.</summary>
internal sealed class MimeMessageWriter
{
    private readonly MimeMessage _message;
    private readonly IBufferWriter<byte> _output;
    private readonly bool _writesContents;
    private readonly HeaderWriter _header;
    private readonly List<MimeAttachment> _inline = [];
    private readonly List<MimeAttachment> _files = [];
    private readonly List<EnclosedMessage>? _enclosed;
    private readonly MimeBoundary _boundary;
    private int _nextEnclosed;

    /// <param name="message">What to write.</param>
    /// <param name="output">Gets the bytes.</param>
    /// <param name="writesContents">Whether contents of attachments are written here too; otherwise <see cref="Steps"/> stops where each belongs.</param>
    public MimeMessageWriter(MimeMessage message, IBufferWriter<byte> output, bool writesContents)
    {
        _message = message;
        _output = output;
        _writesContents = writesContents;
        _header = new HeaderWriter(output);
        foreach (MimeAttachment attachment in message.Attachments)
            (message.HtmlBody is not null && attachment.ContentId is not null ? _inline : _files).Add(attachment);
        Enclose(_inline, ref _enclosed);
        Enclose(_files, ref _enclosed);
        _boundary = MimeBoundary.For(message.BoundarySeed, message.MessageId, _enclosed);
    }

    private int BodyCount => (_message.TextBody is null ? 0 : 1) + (_message.HtmlBody is null ? 0 : 1) + _message.Alternatives.Count;

    public static void Write(MimeMessage message, IBufferWriter<byte> output)
    {
        foreach (MimeAttachment file in new MimeMessageWriter(message, output, writesContents: true).Steps())
            throw new UnreachableException($"The content of {file.FileName} was not written.");
    }

    /// <summary>Writes the message; stops at each content that the caller has to write in base64.</summary>
    public IEnumerable<MimeAttachment> Steps()
    {
        MessageHeaders.Write(_header, _message);
        string? mixed = _files.Count > 0 ? BeginMultipart("mixed", 1, type: null) : null;
        if (mixed is null || BodyCount > 0)
        {
            if (mixed is not null) Delimit(mixed);
            string? related = _inline.Count > 0 ? BeginMultipart("related", 2, BodyCount > 1 ? "multipart/alternative" : "text/html") : null;
            if (related is not null) Delimit(related);
            WriteBodies(isRoot: mixed is null && related is null);
            if (related is not null)
            {
                foreach (MimeAttachment file in _inline)
                    if (!WriteFile(related, file, "inline")) yield return file;
                Close(related);
            }
        }
        if (mixed is null) yield break;
        foreach (MimeAttachment file in _files)
            if (!WriteFile(mixed, file, "attachment")) yield return file;
        Close(mixed);
    }

    private static void Enclose(List<MimeAttachment> files, ref List<EnclosedMessage>? enclosed)
    {
        foreach (MimeAttachment file in files)
            if (file.Type.IsMessage) (enclosed ??= []).Add(EnclosedMessage.Prepare(file.Type, file.Content));
    }

    private void WriteBodies(bool isRoot)
    {
        string? alternative = BodyCount > 1 ? BeginMultipart("alternative", 3, type: null) : null; // the best form comes last, RFC 2046 §5.1.4
        if (_message.TextBody is not null || BodyCount == 0) WriteText(alternative, "text/plain", null, _message.TextBody ?? "", isRoot);
        if (_message.HtmlBody is not null) WriteText(alternative, "text/html", null, _message.HtmlBody, isRoot);
        for (int i = 0; i < _message.Alternatives.Count; i++)
            WriteText(alternative, _message.Alternatives[i].Type.MediaType, _message.Alternatives[i].Type, _message.Alternatives[i].Content, isRoot);
        if (alternative is not null) Close(alternative);
    }

    private void WriteText(string? boundary, string mediaType, MimeContentType? type, string text, bool isRoot)
    {
        if (boundary is not null) Delimit(boundary);
        using CanonicalText canonical = new(text);
        bool is7Bit = TransferEncoding.Is7Bit(canonical.Octets, _boundary.Mark.Span);
        bool isQuotedPrintable = !is7Bit && TransferEncoding.PrefersQuotedPrintable(canonical.Octets);
        _header.Begin("Content-Type");
        _header.Word(mediaType);
        HeaderParameters.Write(_header, "charset", "utf-8");
        if (type is not null) foreach ((string name, string value) in type.Parameters) HeaderParameters.Write(_header, name, value);
        _header.End();
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
        if (!isRoot || boundary is not null || !canonical.Octets.EndsWith("\r\n"u8)) _output.Write("\r\n"u8);
    }

    /// <returns>Whether the content was written too.</returns>
    private bool WriteFile(string boundary, MimeAttachment file, string disposition)
    {
        EnclosedMessage? enclosed = file.Type.IsMessage ? _enclosed![_nextEnclosed++] : null;
        MimeContentType type = enclosed?.MediaType ?? file.Type;
        Delimit(boundary);
        _header.Begin("Content-Type");
        _header.Word(type.MediaType);
        foreach ((string name, string value) in type.Parameters) HeaderParameters.Write(_header, name, value);
        _header.End();
        _header.Structured("Content-Transfer-Encoding", enclosed is { IsSentAsIs: true } ? "7bit" : "base64");
        if (file.ContentId is { } id) _header.Structured("Content-ID", $"<{id}>");
        if (file.ContentLocation is { } location) _header.Structured("Content-Location", location);
        _header.Begin("Content-Disposition");
        _header.Word(disposition);
        HeaderParameters.WriteFileName(_header, file.FileName);
        _header.End();
        _header.EndBlock();

        if (enclosed is { IsSentAsIs: true } message)
        {
            _output.Write(message.Content.Span);
            _output.Write("\r\n"u8);
            return true;
        }
        if (!_writesContents) return false;
        Base64Lines.Write(file.Content.Span, _output);
        return true;
    }

    private string BeginMultipart(string subtype, int level, string? type)
    {
        string boundary = _boundary.At(level);
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
