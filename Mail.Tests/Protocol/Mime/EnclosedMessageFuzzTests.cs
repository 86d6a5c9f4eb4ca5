using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime;

public sealed class EnclosedMessageFuzzTests
{
    private static readonly Gen<string> _body =
        from lines in Gen.Elements("é", "日本", "plain", "=", "From x", ".", "", "trailing ", "--b", "--b--", "--", new string('x', 1100), "\t", "\0").ListOf()
        select string.Join("\r\n", lines);

    private static readonly Gen<string> _junk =
        from pieces in Gen.Elements(
            "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n", "Content-Transfer-Encoding: 8bit\r\n", "Content-Transfer-Encoding: base64\r\n", "Subject: x\r\n", " folded\r\n",
            "\r\n", "\r\n", "--b\r\n", "--b--\r\n", "--b", "é", "\n", "\r", "\0", ":", "text").ListOf()
        select string.Concat(pieces);

    [Fact]
    public void An_8_bit_message_keeps_every_content_when_it_is_enclosed() => Check(300);

    [Fact]
    [Trait("Category", "Fuzz")]
    public void An_8_bit_message_keeps_every_content_however_often_it_is_enclosed() => Check(30_000);

    [Fact]
    public void Whatever_is_called_a_message_arrives_as_one_or_unchanged_as_a_file() =>
        Prop.ForAll(_junk.ToArbitrary(), junk =>
        {
            byte[] content = Encoding.UTF8.GetBytes(junk);
            MimePart part = Enclose(content, out byte[] written);

            Assert.True(Ascii.IsValid(written));
            if (part.ContentType.MediaType == "message/rfc822") Assert.Equal("7bit", part.TransferEncoding);
            else Assert.Equal(content, part.DecodeContent());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40));

    private static void Check(int cases) =>
        Prop.ForAll(Entity(3).ToArbitrary(), entity =>
        {
            byte[] message = Encoding.UTF8.GetBytes($"Subject: enclosed\r\n{entity}");
            MimePart part = Enclose(message, out byte[] written);

            Assert.True(Ascii.IsValid(written));
            Assert.Equal("message/rfc822", part.ContentType.MediaType);
            Assert.Equal("7bit", part.TransferEncoding);
            Assert.Equal(Leaves(ParsedMessage.Parse(message).Root), Leaves(part.EnclosedMessage!.Root));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithEndSize(12));

    private static MimePart Enclose(byte[] message, out byte[] written)
    {
        MimeMessage outer = new() { From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", TextBody = "x", Attachments = { MimeAttachment.Create("m.eml", "message/rfc822", message) } };
        written = AnyMail.Bytes(outer);
        Assert.Equal(written.Length, outer.ComputeSize());
        return ParsedMessage.Parse(written).Root.Parts[1];
    }

    // A part with its headers; every level has a boundary of its own, and lines that look like one.
    private static Gen<string> Entity(int depth)
    {
        Gen<string> leaf =
            from type in Gen.Elements("", "Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: application/x-data\r\nContent-Transfer-Encoding: 8bit\r\n", "content-transfer-encoding: BINARY\r\nX-Folded: a\r\n b\r\nContent-Type: text/html;\r\n\tcharset=\"utf-8\"\r\n")
            from body in _body
            select $"{type}\r\n{body}";
        if (depth == 0) return leaf;
        Gen<string> multipart =
            from parts in Gen.Choose(1, 3).SelectMany(count => Entity(depth - 1).ListOf(count))
            from preamble in Gen.Elements("", "préambule\r\n")
            from quoted in Gen.Elements(true, false)
            let boundary = $"level{new string('1', 3 - depth)}" // each the start of those within
            select $"Content-Type: multipart/mixed; boundary={(quoted ? $"\"{boundary}\"" : boundary)}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{preamble}" +
                string.Concat(parts.Select(part => $"--{boundary}\r\n{part}\r\n")) + $"--{boundary}--\r\n";
        Gen<string> message = from inner in Entity(depth - 1) select $"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n{inner}";
        return Gen.OneOf(leaf, multipart, multipart, message);
    }

    // A text's last line end is no content: in a multipart it belongs to the boundary.
    private static List<string> Leaves(MimePart part)
    {
        if (part.EnclosedMessage is { } message) return Leaves(message.Root);
        return part.Parts.Count == 0 ? [$"{part.ContentType} {Encoding.UTF8.GetString(part.DecodeContent())}"] : [.. part.Parts.SelectMany(Leaves)];
    }
}
