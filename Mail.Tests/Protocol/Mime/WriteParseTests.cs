using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime;

// What the writer writes, the parser reads: nothing is lost, nothing is added, and nothing is wrong with it.
public sealed class WriteParseTests
{
    [Fact]
    public void What_is_written_is_read() => Check(500);

    [Fact]
    [Trait("Category", "Fuzz")]
    public void What_is_written_is_read_a_hundred_thousand_times() => Check(100_000);

    private static void Check(int cases) =>
        Prop.ForAll(AnyMail.Message.ToArbitrary(), AssertSame).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithEndSize(30));

    private static void AssertSame(MimeMessage message)
    {
        byte[] written = AnyMail.Bytes(message);
        Assert.Equal(written.Length, message.ComputeSize());
        ParsedMessage read = ParsedMessage.Parse(written);

        Assert.Equal(message.Subject, read.Subject);
        Assert.Equal([Form(message.From)], read.From.Select(Form));
        Assert.Equal(message.To.Select(Form), message.To.Count + message.Cc.Count == 0 ? [] : read.To.Select(Form));
        Assert.Equal(message.Cc.Select(Form), read.Cc.Select(Form));
        Assert.Equal(message.Date, read.Date);
        Assert.Equal(message.MessageId, read.MessageId);
        Assert.Equal(message.Headers.Select(h => (h.Name, h.Value)), read.Headers.Where(h => h.Name.StartsWith("X-", StringComparison.Ordinal)).Select(h => (h.Name, h.Value)));

        AssertText(message.TextBody ?? (message.HtmlBody is null && message.Attachments.Count + message.Alternatives.Count == 0 ? "" : null), read.TextBody, read.Root.IsLeaf);
        AssertText(message.HtmlBody, read.HtmlBody, read.Root.IsLeaf);

        List<MimePart> parts = [.. read.Attachments];
        foreach (MimeAlternative other in message.Alternatives)
        {
            MimePart part = Take(parts, p => p.ContentType.MediaType == "text/calendar");
            Assert.Equal("REQUEST", part.ContentType.Parameters["method"]);
            AssertText(other.Content, part.DecodeText(), read.Root.IsLeaf);
        }
        foreach (MimeAttachment file in message.Attachments)
        {
            bool isInline = file.ContentId is not null && message.HtmlBody is not null;
            MimePart part = Take(parts, p => p.FileName == file.FileName && p.ContentId == file.ContentId && p.DecodeContent().AsSpan().SequenceEqual(file.Content.Span));
            Assert.Equal(file.ContentType.Split(';')[0], part.ContentType.MediaType);
            Assert.Equal(!isInline, part.Disposition!.IsAttachment);
            if (file.ContentType.StartsWith("message/", StringComparison.Ordinal)) Assert.NotNull(part.EnclosedMessage);
        }
        Assert.Empty(parts);
        Assert.Empty(read.Defects);
    }

    private static MimePart Take(List<MimePart> parts, Predicate<MimePart> predicate)
    {
        int index = parts.FindIndex(predicate);
        Assert.True(index >= 0, "A part is missing; there are " + string.Join(", ", parts.Select(p => $"{p.ContentType} {p.FileName} {p.ContentId}")));
        MimePart part = parts[index];
        parts.RemoveAt(index);
        return part;
    }

    private static void AssertText(string? expected, string? actual, bool isOnlyPart)
    {
        if (expected is not null)
        {
            expected = expected.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal);
            // The last line of a message needs a line end, also when the text has none.
            if (isOnlyPart && !expected.EndsWith("\r\n", StringComparison.Ordinal) && actual?.EndsWith("\r\n", StringComparison.Ordinal) == true) expected += "\r\n";
        }
        Assert.Equal(expected, actual);
    }

    private static (string?, string) Form(EmailAddress address) => (address.DisplayName, $"{address.LocalPart}@{(Ascii.IsValid(address.LocalPart) ? address.AsciiDomain : address.Domain)}");

    private static (string?, string) Form(ParsedMailbox mailbox) => (mailbox.DisplayName, mailbox.Address);
}
