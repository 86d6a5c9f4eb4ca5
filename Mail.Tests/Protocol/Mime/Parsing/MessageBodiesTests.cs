using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class MessageBodiesTests
{
    [Theory]
    [InlineData("Content-Type: text/plain\n\none", "one", null, "")]
    [InlineData("Content-Type: text/html\n\none", null, "one", "")]
    [InlineData("Content-Type: text/csv\n\none", null, null, "text/csv")]
    [InlineData("Content-Type: application/x\n\none", null, null, "application/x")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment\n\none", null, null, "text/plain")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: inline; filename=a.txt\n\none", "one", null, "")]
    public void A_single_part_is_text_or_an_attachment(string message, string? text, string? html, string attachments) => AssertBodies(text, html, attachments, Parse(message));

    [Fact]
    public void Texts_are_joined_and_files_stand_beside_them()
    {
        ParsedMessage message = Multipart("mixed", "Content-Type: text/plain\n\none", "Content-Type: image/png; name=a.png\nContent-Disposition: inline\n\nx", "Content-Type: text/html\n\n<p>", "Content-Type: text/plain\n\ntwo");

        AssertBodies("one\ntwo", "<p>", "image/png", message);
    }

    [Fact]
    public void A_message_within_is_shown_as_part_of_the_one_around_it()
    {
        ParsedMessage message = Multipart("mixed", "\none", "Content-Type: message/rfc822\n\nSubject: a\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\ntwo\n--c\nContent-Type: image/png\n\nx\n--c--");

        AssertBodies("one\ntwo", null, "image/png", message);
    }

    [Theory]
    [InlineData("Content-Type: message/rfc822\nContent-Disposition: attachment\n\nSubject: a\n\ntwo", "message/rfc822")]
    [InlineData("Content-Type: message/rfc822; name=a.eml\n\nSubject: a\n\ntwo", "message/rfc822")]
    [InlineData("Content-Type: message/global\n\nSubject: a\n\ntwo", "message/global")]
    [InlineData("Content-Type: text/rfc822-headers\n\nSubject: a\n", "text/rfc822-headers")]
    public void An_attached_message_is_an_attachment(string part, string attachments)
    {
        ParsedMessage message = Multipart("mixed", "\none", part);

        AssertBodies("one", null, attachments, message);
        Assert.Equal("a", message.Attachments[0].EnclosedMessage?.Subject);
    }

    [Fact]
    public void What_a_report_returns_is_an_attachment()
    {
        ParsedMessage message = Multipart("report; report-type=delivery-status", "\nfailed", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a", "Content-Type: message/rfc822\n\nSubject: a\n\nthe mail");

        AssertBodies("failed", null, "message/delivery-status message/rfc822", message);
    }

    [Theory]
    [InlineData("base64", "U3ViamVjdDogYQ0KDQp0d28=")]
    [InlineData("quoted-printable", "Subject: =61\n\ntwo")]
    public void A_message_in_a_transfer_encoding_is_decoded_and_read(string encoding, string content)
    {
        ParsedMessage message = Parse($"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n{content}");

        Assert.Equal(("a", "two"), (message.Root.EnclosedMessage?.Subject, message.Root.EnclosedMessage?.TextBody));
        Assert.Same(message.Root.EnclosedMessage, message.Root.EnclosedMessage);
    }

    [Fact]
    public void Headers_that_a_report_returns_have_no_body_and_no_parts()
    {
        ParsedMessage? headers = Parse("Content-Type: text/rfc822-headers\n\nSubject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b--\n").Root.EnclosedMessage;

        Assert.Equal("a", headers?.Subject);
        Assert.Empty(headers!.Root.Parts);
    }

    private static ParsedMessage Multipart(string type, params string[] parts) =>
        Parse($"Content-Type: multipart/{type}; boundary=b\n\n{string.Concat(parts.Select(p => $"--b\n{p}\n"))}--b--\n");

    private static void AssertBodies(string? text, string? html, string attachments, ParsedMessage message)
    {
        Assert.Equal((text, html), (message.TextBody, message.HtmlBody));
        Assert.Equal(attachments, string.Join(' ', message.Attachments.Select(a => a.ContentType.MediaType)));
    }
}
