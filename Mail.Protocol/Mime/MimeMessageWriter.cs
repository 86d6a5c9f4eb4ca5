using System.Buffers;
using System.Diagnostics;

namespace Mail.Protocol.Mime;

/// <summary>Writes a <see cref="MimeMessage"/>: its headers, then the smallest tree that holds its parts:
/// report(mixed(related(alternative(text, html, ...), inline files), files), fields, original), where a level with one part is left out.</summary>
internal sealed class MimeMessageWriter
{
    private const byte Report = (byte)'0';
    private const byte Mixed = (byte)'1';
    private const byte Related = (byte)'2';
    private const byte Alternative = (byte)'3';

    private readonly MimeMessage _message;
    private readonly IBufferWriter<byte> _output;
    private readonly bool _writesContents;
    private readonly HeaderWriter _header;
    private readonly List<EnclosedMessage>? _enclosed; // in the order of the attachments
    private readonly MimeBoundary _boundary;
    private readonly int _bodies;
    private readonly int _inlineFiles;

    /// <param name="message">What to write.</param>
    /// <param name="output">Gets the bytes.</param>
    /// <param name="writesContents">Whether contents of attachments are written here too; otherwise <see cref="Steps"/> stops where each belongs.</param>
    public MimeMessageWriter(MimeMessage message, IBufferWriter<byte> output, bool writesContents)
    {
        _message = message;
        _output = output;
        _writesContents = writesContents;
        _header = new HeaderWriter(output);
        _bodies = (message.TextBody is null ? 0 : 1) + (message.HtmlBody is null ? 0 : 1) + message.Alternatives.Count;
        for (int i = 0; i < message.Attachments.Count; i++)
        {
            MimeAttachment file = message.Attachments[i];
            if (IsInline(file)) _inlineFiles++;
            if (file.Type.IsMessage) (_enclosed ??= []).Add(EnclosedMessage.Prepare(file.Type, file.Content));
        }
        if (message.Report is { } report)
        {
            (_enclosed ??= []).Add(report.Fields);
            if (report.Original is { } original) _enclosed.Add(original);
        }
        _boundary = MimeBoundary.For(message.BoundarySeed, message.MessageId, _enclosed);
    }

    public static void Write(MimeMessage message, IBufferWriter<byte> output)
    {
        foreach (MimeAttachment file in new MimeMessageWriter(message, output, writesContents: true).Steps())
            throw new UnreachableException($"The content of {file.FileName} was not written.");
    }

    /// <summary>Writes the message; stops at each content that the caller has to write in base64.</summary>
    public IEnumerable<MimeAttachment> Steps()
    {
        MessageHeaders.Write(_header, _message);
        int files = _message.Attachments.Count;
        bool isMixed = files > _inlineFiles, isRelated = _inlineFiles > 0;
        if (_message.Report is not null) BeginReport(_message.Report);
        if (isMixed) BeginMultipart("mixed"u8, Mixed, default);
        if (!isMixed || _bodies > 0)
        {
            if (isMixed) Delimit(Mixed);
            if (isRelated)
            {
                BeginMultipart("related"u8, Related, _bodies > 1 ? "multipart/alternative"u8 : "text/html"u8);
                Delimit(Related);
            }
            WriteBodies(isRoot: !isMixed && !isRelated && _message.Report is null);
            for (int i = 0; i < files && isRelated; i++)
            {
                MimeAttachment file = _message.Attachments[i];
                if (IsInline(file) && !WriteFile(Related, file, i, "inline"u8)) yield return file;
            }
            if (isRelated) Close(Related);
        }
        for (int i = 0; i < files && isMixed; i++)
        {
            MimeAttachment file = _message.Attachments[i];
            if (!IsInline(file) && !WriteFile(Mixed, file, i, "attachment"u8)) yield return file;
        }
        if (isMixed) Close(Mixed);
        if (_message.Report is not null) EndReport(_message.Report);
    }

    private bool IsInline(MimeAttachment file) => file.ContentId is not null && _message.HtmlBody is not null;

    private void WriteBodies(bool isRoot)
    {
        bool isAlternative = _bodies > 1; // the best form comes last, RFC 2046 §5.1.4
        if (isAlternative) BeginMultipart("alternative"u8, Alternative, default);
        if (_message.TextBody is not null || _bodies == 0) WriteText(isAlternative, "text/plain", null, _message.TextBody ?? "", isRoot);
        if (_message.HtmlBody is not null) WriteText(isAlternative, "text/html", null, _message.HtmlBody, isRoot);
        for (int i = 0; i < _message.Alternatives.Count; i++)
            WriteText(isAlternative, _message.Alternatives[i].Type.MediaType, _message.Alternatives[i].Type, _message.Alternatives[i].Content, isRoot);
        if (isAlternative) Close(Alternative);
    }

    private void WriteText(bool isAlternative, string mediaType, MimeContentType? type, string text, bool isRoot)
    {
        if (isAlternative) Delimit(Alternative);
        using CanonicalText canonical = new(text);
        bool is7Bit = TransferEncoding.Is7Bit(canonical.Octets, _boundary.Mark);
        bool isQuotedPrintable = !is7Bit && QuotedPrintable.IsShorterThanBase64(canonical.Octets);
        BeginContentType(mediaType);
        _header.Glue(";"u8);
        _header.Word("charset=utf-8"u8);
        if (type is not null) HeaderParameters.Write(_header, type);
        _header.End();
        EndWithEncoding(is7Bit ? "7bit"u8 : isQuotedPrintable ? "quoted-printable"u8 : "base64"u8);
        _header.EndBlock();

        if (!is7Bit && !isQuotedPrintable)
        {
            Base64Lines.Write(canonical.Octets, _output);
            return;
        }
        if (is7Bit) _output.Write(canonical.Octets);
        else QuotedPrintable.Write(canonical.Octets, _output);

        // Within a multipart this line end belongs to the boundary (RFC 2046 §5.1.1); as the root it ends the message's last line.
        if (!isRoot || isAlternative || !canonical.Octets.EndsWith("\r\n"u8)) _output.Write("\r\n"u8);
    }

    /// <returns>Whether the content was written too.</returns>
    private bool WriteFile(byte level, MimeAttachment file, int index, ReadOnlySpan<byte> disposition)
    {
        EnclosedMessage? enclosed = file.Type.IsMessage ? EnclosedAt(index) : null;
        MimeContentType type = enclosed?.MediaType ?? file.Type;
        Delimit(level);
        BeginContentType(type.MediaType);
        HeaderParameters.Write(_header, type);
        _header.End();
        EndWithEncoding(enclosed is { IsSentAsIs: true } ? "7bit"u8 : "base64"u8);
        if (file.ContentId is { } id) _header.Id("Content-ID"u8, id);
        if (file.ContentLocation is { } location) _header.Structured("Content-Location", location);
        _header.Begin("Content-Disposition"u8);
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

    private void BeginReport(MimeReport report)
    {
        BeginMultipart("report"u8, Report, default, report.ReportType);
        Delimit(Report);
    }

    private void EndReport(MimeReport report)
    {
        WritePart(report.Fields);
        if (report.Original is { } original) WritePart(original);
        Close(Report);
    }

    private void WritePart(in EnclosedMessage part)
    {
        Delimit(Report);
        BeginContentType(part.MediaType.MediaType);
        _header.End();
        EndWithEncoding(part.IsSentAsIs ? "7bit"u8 : "base64"u8);
        _header.EndBlock();
        if (!part.IsSentAsIs)
        {
            Base64Lines.Write(part.Content.Span, _output);
            return;
        }
        _output.Write(part.Content.Span);
        _output.Write("\r\n"u8);
    }

    private EnclosedMessage EnclosedAt(int index)
    {
        int before = 0;
        for (int i = 0; i < index; i++)
            if (_message.Attachments[i].Type.IsMessage) before++;
        return _enclosed![before];
    }

    private void BeginContentType(string mediaType)
    {
        _header.Begin("Content-Type"u8);
        _header.Word(mediaType);
    }

    private void EndWithEncoding(ReadOnlySpan<byte> encoding)
    {
        _header.Begin("Content-Transfer-Encoding"u8);
        _header.Word(encoding);
        _header.End();
    }

    private void BeginMultipart(ReadOnlySpan<byte> subtype, byte level, ReadOnlySpan<byte> rootType, string? reportType = null)
    {
        _header.Begin("Content-Type"u8);
        _header.BeginWord("multipart/".Length + subtype.Length);
        _header.Glue("multipart/"u8);
        _header.Glue(subtype);
        if (!rootType.IsEmpty) // RFC 2387 §3.1
        {
            _header.Glue(";"u8);
            _header.BeginWord("type=\"\"".Length + rootType.Length);
            _header.Glue("type=\""u8);
            _header.Glue(rootType);
            _header.Glue("\""u8);
        }
        if (reportType is not null)
        {
            _header.Glue(";"u8);
            _header.Word($"report-type={reportType}");
        }
        _header.Glue(";"u8);
        _header.BeginWord("boundary=\"_1\"".Length + _boundary.Mark.Length);
        _header.Glue("boundary=\""u8);
        _header.Glue(_boundary.Mark);
        _header.Glue([(byte)'_', level, (byte)'"']);
        _header.End();
        _header.EndBlock();
    }

    private void Delimit(byte level)
    {
        _output.Write("--"u8);
        _output.Write(_boundary.Mark);
        _output.Write([(byte)'_', level, (byte)'\r', (byte)'\n']);
    }

    private void Close(byte level)
    {
        _output.Write("--"u8);
        _output.Write(_boundary.Mark);
        _output.Write([(byte)'_', level, (byte)'-', (byte)'-', (byte)'\r', (byte)'\n']);
    }
}
