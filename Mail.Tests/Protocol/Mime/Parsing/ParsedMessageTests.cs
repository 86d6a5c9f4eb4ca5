using System.Text;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class ParsedMessageTests
{
    private const string Whole = """
        From: Ann Smith <ann@example.com>
        Sender: robot@example.com
        To: "Lee, Bo" <bo@example.com>, =?utf-8?Q?Z=C3=BCri?= <z@example.com>
        Cc: Team: a@example.com, b@example.com;
        Bcc: hidden@example.com
        Reply-To: answers@example.com
        Date: Thu, 05 Mar 2026 12:00:00 +0100
        Message-ID: <1@example.com>
        In-Reply-To: <0@example.com>
        References: <a@example.com> <0@example.com>
        Subject: =?utf-8?B?R3LDvMOfZQ==?= from
         far away
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        To be left out
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe
        --inner
        Content-Type: text/html

        <p>Hello</p>
        --inner--
        --outer
        Content-Type: application/pdf
        Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.pdf
        Content-Transfer-Encoding: base64
        Content-ID: <file@example.com>

        AQID
        BA==
        --outer
        Content-Type: message/rfc822
        Content-Disposition: attachment

        Subject: Inside

        Text inside
        --outer--
        To be left out too
        """;

    [Fact]
    public void Everything_a_message_says_is_found()
    {
        ParsedMessage message = Parse(Whole);

        Assert.Equal([new ParsedMailbox("Ann Smith", "ann@example.com", null)], message.From);
        Assert.Equal("robot@example.com", message.Sender[0].Address);
        Assert.Equal([new ParsedMailbox("Lee, Bo", "bo@example.com", null), new ParsedMailbox("Züri", "z@example.com", null)], message.To);
        Assert.Equal([new ParsedMailbox(null, "a@example.com", "Team"), new ParsedMailbox(null, "b@example.com", "Team")], message.Cc);
        Assert.Equal("hidden@example.com", message.Bcc[0].Address);
        Assert.Equal("answers@example.com", message.ReplyTo[0].Address);
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(1)), message.Date);
        Assert.Equal("1@example.com", message.MessageId);
        Assert.Equal(["0@example.com"], message.InReplyTo);
        Assert.Equal(["a@example.com", "0@example.com"], message.References);
        Assert.Equal("Grüße from far away", message.Subject);
        Assert.Equal("Grüße", message.TextBody);
        Assert.Equal("<p>Hello</p>", message.HtmlBody);
        Assert.Equal(["application/pdf", "message/rfc822"], message.Attachments.Select(a => a.ContentType.MediaType));
        MimePart file = message.Attachments[0];
        Assert.Equal(("€.pdf", "file@example.com", "attachment", "base64"), (file.FileName, file.ContentId, file.Disposition?.Kind, file.TransferEncoding));
        Assert.Equal([1, 2, 3, 4], file.DecodeContent());
        Assert.Equal("AQID\r\nBA==", Encoding.ASCII.GetString(file.RawContent.Span));
        ParsedMessage inside = message.Attachments[1].EnclosedMessage!;
        Assert.Equal(("Inside", "Text inside"), (inside.Subject, inside.TextBody));
        Assert.Equal(Encoding.ASCII.GetString(Octets(Whole)).IndexOf("Subject: Inside", StringComparison.Ordinal), inside.Offset);
        Assert.Empty(message.Defects);
    }

    [Fact]
    public void Only_a_message_over_the_limits_is_refused_and_the_error_says_where()
    {
        MimeLimits limits = new() { MaxHeaderBytes = 20, MaxMessageBytes = 100 };

        MimeFormatException headers = Assert.Throws<MimeFormatException>(() => Parse("A: 1\nB: 22222222222222222222\nC: 3\n\n", limits));
        Assert.False(ParsedMessage.TryParse(new byte[101], out ParsedMessage? message, out MimeDefect? error, limits));

        Assert.Equal((MimeDefectKind.HeadersTooLarge, 31), (headers.Defect.Kind, headers.Offset));
        Assert.Null(message);
        Assert.Equal((MimeDefectKind.MessageTooLarge, 100), (error.Kind, error.Offset));
    }

    [Fact]
    public void No_octets_are_a_message_without_anything()
    {
        ParsedMessage message = ParsedMessage.Parse(ReadOnlyMemory<byte>.Empty);

        Assert.Empty(message.Headers);
        Assert.Empty(message.From);
        Assert.Null(message.Subject);
        Assert.Null(message.Date);
        Assert.Equal("", message.TextBody);
        Assert.Empty(message.Attachments);
    }
}
