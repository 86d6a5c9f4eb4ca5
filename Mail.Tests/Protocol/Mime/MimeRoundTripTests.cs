using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

// Another implementation reads what ours wrote: Python's email package, one process for all messages.
public sealed class MimeRoundTripTests
{
    private const string Reader = """
        import sys, json, struct, base64
        from email import policy
        from email.header import decode_header, make_header
        from email.parser import BytesParser
        from email.utils import getaddresses
        source = sys.stdin.buffer
        def addresses(message, name):
            # The new policy puts spaces between the encoded words of a name (against RFC 2047 section 6.2), so names are read the old way.
            raw = [value.replace('\r\n', '') for key, value in message.raw_items() if key.lower() == name]
            return [[str(make_header(decode_header(name))), address] for name, address in getaddresses(raw)]
        while True:
            size = source.read(4)
            if not size: break
            message = BytesParser(policy=policy.default).parsebytes(source.read(struct.unpack('<I', size)[0]))
            leaves = [p for p in message.walk() if not p.is_multipart()]
            print(json.dumps({
                'Subject': str(message['subject']),
                'From': addresses(message, 'from'), 'To': addresses(message, 'to'), 'Cc': addresses(message, 'cc'),
                'Extra': [str(v) for k, v in message.items() if k.startswith('X-Extra-')],
                'Defects': [repr(d) for p in message.walk() for d in p.defects],
                'Shape': [p.get_content_type() for p in message.walk()],
                'Parts': [{'Type': p.get_content_type(), 'Disposition': p.get_content_disposition(), 'FileName': p.get_filename(),
                           'ContentId': p['content-id'], 'Method': p.get_param('method'), 'Content': base64.b64encode(p.get_payload(decode=True)).decode()} for p in leaves],
            }))
        """;

    private sealed record Part(string Type, string? Disposition, string? FileName, string? ContentId, string? Method, string Content);

    private sealed record Mail(
        string Subject, string[][] From, string[][] To, string[][] Cc, string[] Extra, string[] Defects, string[] Shape, Part[] Parts);

    [Fact]
    public async Task Another_reader_finds_what_was_written()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed.");
        List<MimeMessage> messages = [.. RandomMail.MessageWithCalendar.Sample(150, 20)];

        List<Mail> read = await ReadByPythonAsync(messages);

        Assert.Equal(messages.Count, read.Count);
        foreach ((MimeMessage message, Mail mail) in messages.Zip(read)) AssertSame(message, mail);
    }

    private static void AssertSame(MimeMessage message, Mail mail)
    {
        string written = MimeMessageTests.Write(message);
        Assert.True(mail.Defects.Length == 0, string.Join('\n', mail.Defects) + "\n" + written);
        Assert.Equal(message.Subject, mail.Subject);
        Assert.Equal(message.Headers.Select(h => h.Value), mail.Extra);
        Assert.Equal([Form(message.From)], mail.From);
        if (message.To.Count + message.Cc.Count > 0) Assert.Equal(message.To.Select(Form), mail.To);
        Assert.Equal(message.Cc.Select(Form), mail.Cc);

        List<Part> parts = [.. mail.Parts];
        bool isOnlyPart = parts.Count == 1;
        if (message.TextBody is not null || (message.HtmlBody is null && message.Attachments.Count + message.Alternatives.Count == 0))
            AssertText("text/plain", message.TextBody ?? "", Take(parts, p => p is { Type: "text/plain", Disposition: null }), isOnlyPart);
        if (message.HtmlBody is not null) AssertText("text/html", message.HtmlBody, Take(parts, p => p is { Type: "text/html", Disposition: null }), isOnlyPart);
        foreach (MimeAlternative other in message.Alternatives)
        {
            Part part = Take(parts, p => p is { Type: "text/calendar", Disposition: null });
            Assert.Equal("REQUEST", part.Method);
            AssertText("text/calendar", other.Content, part, isOnlyPart);
        }
        foreach (MimeAttachment attachment in message.Attachments)
        {
            bool isInline = attachment.ContentId is not null && message.HtmlBody is not null;
            string? contentId = attachment.ContentId is { } id ? $"<{id}>" : null;
            Part part = Take(parts, p => p.FileName == attachment.FileName && p.ContentId == contentId && p.Content == Convert.ToBase64String(attachment.Content.Span));
            Assert.Equal(isInline ? "inline" : "attachment", part.Disposition);
            Assert.Equal(attachment.ContentType.Split(';')[0], part.Type);
        }
        Assert.Empty(parts);
    }

    private static Part Take(List<Part> parts, Predicate<Part> predicate)
    {
        int index = parts.FindIndex(predicate);
        Assert.True(index >= 0, "A part is missing; there are " + string.Join(", ", parts));
        Part part = parts[index];
        parts.RemoveAt(index);
        return part;
    }

    private static void AssertText(string type, string text, Part part, bool isOnlyPart)
    {
        Assert.Equal(type, part.Type);
        string expected = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
        string actual = Encoding.UTF8.GetString(Convert.FromBase64String(part.Content));
        // The last line of a message needs a line end, also when the text has none.
        if (isOnlyPart && !expected.EndsWith("\r\n", StringComparison.Ordinal) && actual.EndsWith("\r\n", StringComparison.Ordinal)) expected += "\r\n";
        Assert.Equal(expected, actual);
    }

    private static string[] Form(EmailAddress address) => [address.DisplayName ?? "", $"{address.LocalPart}@{address.AsciiDomain}"];

    private static async Task<List<Mail>> ReadByPythonAsync(List<MimeMessage> messages)
    {
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Reader])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = python.StandardOutput.ReadToEndAsync();
        Task<string> error = python.StandardError.ReadToEndAsync();
        foreach (MimeMessage message in messages)
        {
            ArrayBufferWriter<byte> bytes = new();
            message.WriteTo(bytes);
            await python.StandardInput.BaseStream.WriteAsync(BitConverter.GetBytes(bytes.WrittenCount));
            await python.StandardInput.BaseStream.WriteAsync(bytes.WrittenMemory);
        }
        python.StandardInput.Close();
        string lines = await output;
        Assert.Equal("", await error);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Mail>(line)!)];
    }
}
