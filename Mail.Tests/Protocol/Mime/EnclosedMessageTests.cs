using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

// RFC 2046 §5.2.1: a message within a message is never encoded as a whole.
public sealed class EnclosedMessageTests
{
    [Fact]
    public void A_7_bit_message_is_enclosed_as_it_is() =>
        Assert.Equal("Content-Type: message/rfc822|7bit|From: a@b\r\nSubject: x \r\n\r\nFrom me\r\n", Enclose("From: a@b\r\nSubject: x \r\n\r\nFrom me\r\n"));

    [Fact]
    public void A_file_with_line_feeds_gets_whole_line_ends() =>
        Assert.Equal("Content-Type: message/rfc822|7bit|From: a@b\r\n\r\nhello\r\n", Enclose("From: a@b\n\nhello\n"));

    [Fact]
    public void An_8_bit_text_becomes_quoted_printable() =>
        Assert.Equal(
            "Content-Type: message/rfc822|7bit|From: a@b\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nX: y\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nh=C3=A9\r\n=46rom me",
            Enclose("From: a@b\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nContent-Transfer-Encoding:\r\n 8bit\r\nX: y\r\n\r\nhé\r\nFrom me"));

    [Fact]
    public void Only_the_parts_that_are_8_bit_are_encoded() => Assert.Equal(
        """
        Content-Type: message/rfc822|7bit|From: a@b
        Content-Type: multipart/mixed; boundary="x y"
        Content-Transfer-Encoding: 7bit

        --x y
        Content-Transfer-Encoding: 7bit

        as it is
        --x y
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        =C3=A9
        --x y
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 7bit

        Subject: inner
        Content-Transfer-Encoding: quoted-printable

        =C3=BC
        --x y
        Content-Type: image/x
        Content-Transfer-Encoding: base64

        w6nDqQ==

        --x y--

        """.ReplaceLineEndings("\r\n"), Enclose("""
        From: a@b
        Content-Type: multipart/mixed; boundary="x y"
        Content-Transfer-Encoding: 8bit

        préambule
        --x y
        Content-Transfer-Encoding: 7bit

        as it is
        --x y  
        Content-Type: text/plain; charset=utf-8

        é
        --x y
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Subject: inner

        ü
        --x y
        Content-Type: image/x

        éé
        --x y--
        épilogue
        """.ReplaceLineEndings("\r\n")));

    [Fact]
    public void UTF8_headers_make_it_a_global_message() =>
        Assert.Equal("Content-Type: message/global|base64|From: é@b\r\n\r\nhé", Enclose("From: é@b\r\n\r\nhé"));

    [Theory]
    [InlineData("From: a@b\r\n\r\nh\u00e9\nmixed line ends")]
    [InlineData("From: a@b\r\n\r\nh\rmixed line ends\r\n")]
    [InlineData("From: a@b\r\nContent-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\né\r\n--x--\r\n")]
    [InlineData("From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\né\r\n--y--\r\n")]
    [InlineData("From: a@b\r\nContent-Type: multipart/mixed\r\n\r\n--y\r\n\r\né\r\n--y--\r\n")]
    [InlineData("From: a@b\r\nContent-Transfer-Encoding: base64\r\n\r\né")]
    [InlineData("From: a@b\r\nContent-Type: message/partial\r\n\r\né")]
    [InlineData("From: a@b\r\n\r\na\0b")]
    public void What_cannot_be_made_7_bit_travels_unchanged_as_a_file(string message)
    {
        // A NUL is no reason: it is encoded like any other octet.
        string expected = message.Contains('\0', StringComparison.Ordinal)
            ? "Content-Type: message/rfc822|7bit|From: a@b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=00b"
            : $"Content-Type: application/octet-stream|base64|{message}";

        Assert.Equal(expected, Enclose(message));
    }

    [Fact]
    public void Headers_in_no_known_charset_travel_as_a_file()
    {
        byte[] latin1 = [.. "Subject: "u8, 0xE9, .. "\r\n\r\nx"u8];

        string written = MimeMessageTests.Write(With(MimeAttachment.Create("m.eml", "message/rfc822", latin1)));

        Assert.Contains($"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"m.eml\"\r\n\r\n{Convert.ToBase64String(latin1)}\r\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_travels_as_a_file()
    {
        string message = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 1000)) + "é";

        Assert.StartsWith("Content-Type: application/octet-stream|base64|", Enclose(message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_our_own_that_encloses_itself_has_another_boundary()
    {
        MimeMessage inner = With(MimeAttachment.Create("a.txt", "text/plain", "x"u8.ToArray()));
        string once = MimeMessageTests.Write(inner);

        string twice = MimeMessageTests.Write(With(MimeAttachment.Create("m.eml", "message/rfc822", Encoding.ASCII.GetBytes(once))));

        string boundary = BoundaryOf(twice);
        Assert.Equal($"{BoundaryOf(once)[..^2]}.1_1", boundary);
        Assert.Contains(once, twice, StringComparison.Ordinal);
        Assert.Equal(4, twice.Split(boundary).Length - 1); // the parameter, two parts and the end
    }

    private static MimeMessage With(MimeAttachment file) => new()
    {
        From = EmailAddress.Parse("a@example.com"), Date = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero), MessageId = "1@example.com", TextBody = "see file", Attachments = { file },
    };

    // Type, encoding and content of the part, without the headers in between.
    private static string Enclose(string message)
    {
        string written = MimeMessageTests.Write(With(MimeAttachment.Create("m.eml", "message/rfc822", Encoding.UTF8.GetBytes(message))));
        string part = written.Split($"--{BoundaryOf(written)}")[2];
        int end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] header = part[2..end].Split("\r\n");
        string encoding = header[1]["Content-Transfer-Encoding: ".Length..];
        string content = part[(end + 4)..^2];
        if (encoding == "base64") content = Encoding.UTF8.GetString(Convert.FromBase64String(content));
        return $"{header[0]}|{encoding}|{content}";
    }

    private static string BoundaryOf(string written)
    {
        int start = written.IndexOf("boundary=\"", StringComparison.Ordinal) + "boundary=\"".Length;
        return written[start..written.IndexOf('"', start)];
    }
}
