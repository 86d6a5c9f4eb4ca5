using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class ParseRoundTripTests
{
    [Fact]
    public void What_was_written_is_read_and_nothing_in_it_is_a_defect() =>
        Prop.ForAll(RandomMail.Message.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(25));

    [Fact, Trait("Category", "Fuzz")]
    public void Ten_thousand_times_what_was_written_is_read() =>
        Prop.ForAll(RandomMail.Message.ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(25));

    private static void Check(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        ParsedMessage read = ParsedMessage.Parse(output.WrittenMemory.ToArray());

        Assert.Equal(message.Subject, read.Subject);
        Assert.Equal([Form(message.From)], read.From);
        Assert.Equal(message.To.Select(Form), read.To);
        Assert.Equal(message.Cc.Select(Form), read.Cc);
        Assert.Equal(message.Date, read.Date);
        Assert.Equal(message.MessageId, read.MessageId);
        Assert.Equal(message.Headers.Select(h => (h.Name, h.Value)), read.Headers.Where(h => h.Name.StartsWith("X-Extra-", StringComparison.Ordinal)).Select(h => (h.Name, h.Value)));
        bool isOnlyPart = read.Root.Parts.Count == 0;
        if (message.TextBody is not null) AssertText(message.TextBody, read.TextBody, isOnlyPart);
        else if (read.TextBody is not null) AssertText("", read.TextBody, isOnlyPart); // a message without any text has an empty one
        if (message.HtmlBody is not null) AssertText(message.HtmlBody, read.HtmlBody, isOnlyPart);
        else Assert.Null(read.HtmlBody);
        Assert.Equal(message.Attachments.Select(Form).Order(StringComparer.Ordinal), read.Attachments.Select(Form).Order(StringComparer.Ordinal));
        Assert.Empty(read.Defects);
    }

    private static ParsedMailbox Form(EmailAddress address) =>
        new(address.DisplayName, $"{address.LocalPart}@{(address.RequiresSmtpUtf8 ? address.Domain : address.AsciiDomain)}", null);

    private static string Form(MimeAttachment attachment) =>
        $"{attachment.FileName} {attachment.ContentType.Split(';')[0]} {attachment.ContentId} {Convert.ToBase64String(attachment.Content.Span)}";

    private static string Form(MimePart part) =>
        $"{part.FileName} {part.ContentType.MediaType} {part.ContentId} {Convert.ToBase64String(part.DecodeContent())}";

    private static void AssertText(string expected, string? actual, bool isOnlyPart)
    {
        expected = expected.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
        // The last line of a message needs a line end, also when the text has none.
        if (isOnlyPart && !expected.EndsWith("\r\n", StringComparison.Ordinal) && actual?.EndsWith("\r\n", StringComparison.Ordinal) is true) expected += "\r\n";
        Assert.Equal(expected, actual);
    }
}
