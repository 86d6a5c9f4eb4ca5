using System.Buffers;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

public sealed class MimeMessageTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(-3.5));

    [Fact]
    public void Plain_text_is_written_as_it_is()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("Ann <ann@example.com>"),
            To = { EmailAddress.Parse("bob@example.com") },
            Subject = "Your code",
            Date = _noon,
            MessageId = "1@example.com",
            TextBody = "one\ntwo\rthree\r\n.four",
        };

        Assert.Equal("""
            Date: Thu, 05 Mar 2026 12:00:00 -0330
            From: Ann <ann@example.com>
            To: bob@example.com
            Subject: Your code
            Message-ID: <1@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            one
            two
            three
            .four

            """.ReplaceLineEndings("\r\n"), Write(message));
    }

    [Fact]
    public void Every_level_is_there_when_it_is_needed()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("ann@bücher.example"),
            Subject = "Réinitialisation",
            Date = _noon,
            MessageId = "1@example.com",
            TextBody = "Votre code à usage unique",
            HtmlBody = "<img src=\"cid:logo\">",
            Headers = { MimeHeader.Create("X-Kind", "reset") },
            Attachments =
            {
                MimeAttachment.Create("logo.png", "image/png", "PNG"u8.ToArray(), "logo"),
                MimeAttachment.Create("Reçu.pdf", "application/pdf; x=\"a b\"", "PDF"u8.ToArray()),
            },
        };

        Assert.Equal("""
            Date: Thu, 05 Mar 2026 12:00:00 -0330
            From: ann@xn--bcher-kva.example
            To: undisclosed-recipients:;
            Subject: =?utf-8?Q?R=C3=A9initialisation?=
            Message-ID: <1@example.com>
            X-Kind: reset
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="=_B_1"

            --=_B_1
            Content-Type: multipart/related; type="multipart/alternative";
             boundary="=_B_2"

            --=_B_2
            Content-Type: multipart/alternative;
             boundary="=_B_3"

            --=_B_3
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Votre code =C3=A0 usage unique
            --=_B_3
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <img src="cid:logo">
            --=_B_3--
            --=_B_2
            Content-Type: image/png
            Content-Transfer-Encoding: base64
            Content-ID: <logo>
            Content-Disposition: inline; filename="logo.png"

            UE5H
            --=_B_2--
            --=_B_1
            Content-Type: application/pdf; x="a b"
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename*=utf-8''Re%C3%A7u.pdf;
             filename="Recu.pdf"

            UERG
            --=_B_1--

            """.ReplaceLineEndings("\r\n"), Write(message).Replace(BoundaryOf(message), "=_B", StringComparison.Ordinal));
    }

    [Fact]
    public void A_retry_writes_the_same_bytes_and_another_id_another_boundary()
    {
        Assert.Equal(Write(Small("1@example.com")), Write(Small("1@example.com")));
        Assert.NotEqual(BoundaryOf(Small("1@example.com")), BoundaryOf(Small("2@example.com")));
    }

    [Fact]
    public void A_body_that_holds_the_boundary_is_encoded()
    {
        string boundary = BoundaryOf(Small("1@example.com"));

        string written = Write(Small("1@example.com", $"a\r\n--{boundary}_3--\r\nb"));

        Assert.Contains($"a\r\n--=3D{boundary[1..]}_3--\r\nb", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_international_local_part_makes_a_header_that_is_not_ASCII()
    {
        MimeMessage message = new() { From = EmailAddress.Parse("Jürgen <jürgen@bücher.example>"), Date = _noon, MessageId = "1@example.com", Subject = "é" };

        string written = Write(message);

        Assert.True(message.RequiresSmtpUtf8);
        Assert.Contains("From: =?utf-8?Q?J=C3=BCrgen?= <jürgen@bücher.example>\r\n", written, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?B?w6k=?=\r\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nBcc: x@example.com")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void A_subject_cannot_become_another_header(string subject) =>
        Assert.Throws<ArgumentException>(() => new MimeMessage { From = EmailAddress.Parse("a@b"), Date = _noon, MessageId = "1@b", Subject = subject });

    [Theory]
    [InlineData("<1@example.com>")]
    [InlineData("1")]
    [InlineData("1@")]
    [InlineData("1@2@3")]
    [InlineData("1 @example.com")]
    [InlineData("1@example.com\r\nBcc: x@example.com")]
    [InlineData("é@example.com")]
    public void A_message_id_is_checked(string id)
    {
        Assert.False(MimeMessage.IsValidMessageId(id, out string? error));

        Assert.NotEmpty(error);
        Assert.Throws<ArgumentException>(() => Small(id));
    }

    [Theory]
    [InlineData("From", "a@b", "cannot be set")]
    [InlineData("bcc", "a@b", "cannot be set")]
    [InlineData("Content-Type", "text/html", "cannot be set")]
    [InlineData("DKIM-Signature", "v=1", "cannot be set")]
    [InlineData("Resent-To", "a@b", "cannot be set")]
    [InlineData("X A", "b", "U+0020")]
    [InlineData("X:A", "b", "U+003A")]
    [InlineData("X\r\nBcc", "b", "U+000D")]
    [InlineData("Xé", "b", "U+00E9")]
    [InlineData("", "b", "no name")]
    [InlineData("X-A", "b\r\nBcc: c@d", "U+000D")]
    [InlineData("X-A", "b\n c", "U+000A")]
    [InlineData("X-A", null, "no value")]
    [InlineData("List-Unsubscribe", "<https://é.example/>", "ASCII")]
    public void A_header_is_checked(string name, string? value, string reason)
    {
        Assert.False(MimeHeader.TryCreate(name, value, out _, out string? error));

        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text/plain", null, "file name")]
    [InlineData("a\r\n.txt", "text/plain", null, "U+000D")]
    [InlineData("a.txt", "text", null, "media type")]
    [InlineData("a.txt", "text/plain\r\nX: y", null, "content type contains a line break")]
    [InlineData("a.txt", "text/plain; a", null, "media type")]
    [InlineData("a.txt", "multipart/mixed", null, "multipart")]
    [InlineData("a.txt", "text/plain", "a b", "content id")]
    [InlineData("a.txt", "text/plain", "a>\r\nX: y", "content id")]
    public void An_attachment_is_checked(string fileName, string type, string? contentId, string reason)
    {
        Assert.False(MimeAttachment.TryCreate(fileName, type, default, contentId, out _, out string? error));

        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    internal static string Write(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string BoundaryOf(MimeMessage message)
    {
        string written = Write(message);
        int start = written.IndexOf("boundary=\"", StringComparison.Ordinal) + "boundary=\"".Length;
        return written[start..(written.IndexOf('"', start) - 2)];
    }

    private static MimeMessage Small(string id, string text = "text") => new()
    {
        From = EmailAddress.Parse("a@example.com"), Date = _noon, MessageId = id, TextBody = text, HtmlBody = "<p>text</p>",
    };
}
