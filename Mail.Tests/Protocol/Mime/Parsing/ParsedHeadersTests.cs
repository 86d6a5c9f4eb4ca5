using System.Text;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class ParsedHeadersTests
{
    [Fact]
    public void Fields_are_found_in_any_case_first_to_last()
    {
        ParsedHeaders headers = Parse("Received: one\nSUBJECT: a\nreceived: two\nsubject: b\n\n").Headers;

        Assert.Equal(["Received", "SUBJECT", "received", "subject"], headers.Select(h => h.Name));
        Assert.Equal("a", headers["Subject"]?.Value);
        Assert.Equal(["one", "two"], headers.GetAll("RECEIVED").Select(h => h.Value));
        Assert.Equal([0L, 15, 27, 42], headers.Select(h => h.Offset));
        Assert.Equal(("two", 4), (headers[2].Value, headers.Count));
        Assert.Null(headers["To"]);
        Assert.False(headers.Contains("To"));
        Assert.Throws<ArgumentOutOfRangeException>(() => headers[4]);
    }

    [Fact]
    public void A_raw_value_is_what_came_and_a_value_is_for_people()
    {
        ParsedHeader header = Parse("Subject:  =?utf-8?Q?a?=\n\tb \n c\n\n").Headers[0];

        Assert.Equal("  =?utf-8?Q?a?=\r\n\tb \r\n c", Encoding.ASCII.GetString(header.RawValue.Span));
        Assert.Equal("=?utf-8?Q?a?=\tb  c", header.UnfoldedValue);
        Assert.Equal("a\tb  c", header.Value);
    }

    [Theory]
    [InlineData("Subject : a\n\nb", "Subject=a", "b", "")]                                   // RFC 5322 §4.5: white space before the colon
    [InlineData("Subject \t: a\n\nb", "Subject=a", "b", "")]
    [InlineData("Subject:a\n \n b\n\nc", "Subject=a  b", "c", "")]                           // a folded line of blanks
    [InlineData("Subject: a\n \nb", "Subject=a", "b", "")]                                  // a line of blanks for the empty one
    [InlineData("Subject:\n\nb", "Subject=", "b", "")]
    [InlineData("From ann@example.com Thu Mar  5 12:00:00 2026\nSubject: a\n\nb", "Subject=a", "b", "")]
    [InlineData(">From ann@example.com\nSubject: a\n\nb", "Subject=a", "b", "")]
    [InlineData("Subject: a\nText: and text\n\nb", "Subject=a|Text=and text", "b", "")]
    [InlineData("Subject: a\nno field\nTo: b@example.com\n\nc", "Subject=a no field|To=b@example.com", "c", "InvalidHeaderLine")]
    [InlineData("Received: a\n(lost\nits\nblanks)\nSubject: b\n\nc", "Received=a (lost its blanks)|Subject=b", "c", "InvalidHeaderLine InvalidHeaderLine InvalidHeaderLine")]
    [InlineData("Subject: a\nThe text begins at once.\nAnd goes on.\n", "Subject=a", "The text begins at once.\r\nAnd goes on.\r\n", "MissingBodySeparator")]
    [InlineData(" Subject: a\nTo: b\n\nc", "Subject=a|To=b", "c", "InvalidHeaderLine")]
    [InlineData(" nothing\nTo: b\n\nc", "To=b", "c", "InvalidHeaderLine")]
    [InlineData("No header at all.\n", "", "No header at all.\r\n", "MissingBodySeparator")]
    [InlineData("\nSubject: a\n", "", "Subject: a\r\n", "")]
    [InlineData("Subject: a", "Subject=a", "", "")]
    [InlineData(": a\nSubject: b\n\n", "Subject=b", "", "InvalidHeaderLine")]
    [InlineData("S\u00FCbject: a\nTo: b\n\n", "To=b", "", "InvalidHeaderLine")]
    public void Sections_that_break_the_rules_are_read(string text, string headers, string body, string defects)
    {
        ParsedMessage message = Parse(text);

        Assert.Equal(headers, string.Join('|', message.Headers.Select(h => $"{h.Name}={h.Value}")));
        Assert.Equal(body, message.TextBody);
        Assert.Equal(defects, string.Join(' ', message.Kinds()));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Lines_end_with_any_line_end(string lineEnd)
    {
        ParsedMessage message = ParsedMessage.Parse(Encoding.ASCII.GetBytes("Subject: a\n b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n".Replace("\n", lineEnd, StringComparison.Ordinal)));

        Assert.Equal("a b", message.Subject);
        Assert.Equal(["one", "two"], message.Root.Parts.Select(p => p.DecodeText()));
        Assert.Equal(lineEnd == "\r" ? ["BareLineEnd"] : [], message.Kinds());
    }

    [Fact]
    public void A_carriage_return_alone_does_not_end_a_line_where_others_end_with_a_line_feed()
    {
        ParsedMessage message = ParsedMessage.Parse("Subject: a\rTo: b\r\n\r\nc"u8.ToArray());

        Assert.Equal("a To: b", message.Subject);
        Assert.Empty(message.To);
    }

    [Theory]
    [InlineData("Subject: Gr\xC3\xBC\xC3\x9F" + "e\n\n", "Grüße")]                                                       // RFC 6532
    [InlineData("Subject: Gr\xFC\xDF" + "e\n\n", "Grüße")]                                                              // windows-1252 when nothing is declared
    [InlineData("Subject: \xCF\xF0\xE8\xE2\xE5\xF2\nContent-Type: text/plain; charset=windows-1251\n\n", "Привет")]      // the declared charset
    [InlineData("Subject: \xCF\xF0\xE8\xE2\xE5\xF2\nContent-Type: text/plain; charset=utf-8\n\n", "Ïðèâåò")]
    [InlineData("Subject: Gr\xC3\xBC\xC3\x9F" + "e aus Z\xC3\xBCrich, sch\xC3\xB6n\xC3\n\n", "Grüße aus Zürich, schön\uFFFD")] // cut off
    [InlineData("Subject: \xFC =?utf-8?Q?=C3=BC?=\n\n", "ü ü")]
    [InlineData("Subject: =?utf-8?Q?\xC3\xBC?=\n\n", "ü")]
    public void Raw_octets_are_read(string text, string subject) => Assert.Equal(subject, Parse(text).Subject);

    [Fact]
    public void More_headers_than_the_limit_are_left_out_and_noted()
    {
        ParsedMessage message = Parse("A: 1\nB: 2\nC: 3\n and more\nD: 4\n\ntext", new MimeLimits { MaxHeaders = 2 });

        Assert.Equal(["A", "B"], message.Headers.Select(h => h.Name));
        Assert.Equal("2", message.Headers["B"]?.Value);
        Assert.Equal("text", message.TextBody);
        Assert.Equal(["TooManyHeaders"], message.Kinds());
    }

    [Fact]
    public void A_block_of_fields_is_read_for_itself()
    {
        byte[] block = Octets("Reporting-MTA: dns; a.example\n\nAction: failed\n");

        ParsedHeaders first = ParsedHeaders.Parse(block, out int consumed);
        ParsedHeaders second = ParsedHeaders.Parse(block.AsMemory(consumed), out int rest);

        Assert.Equal("dns; a.example", first["reporting-mta"]?.Value);
        Assert.Equal("failed", second["Action"]?.Value);
        Assert.Equal(block.Length, consumed + rest);
    }

    [Theory]
    [InlineData("<a@example.com>", "a@example.com")]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData("<a@example.com", "a@example.com")]
    [InlineData("(a comment) < a@example.com > more", "a@example.com")]
    [InlineData("", null)]
    [InlineData("<>", null)]
    public void An_id_is_read(string value, string? expected) => Assert.Equal(expected, Parse($"Message-ID: {value}\n\n").MessageId);

    [Fact]
    public void Ids_are_read_with_text_between_them()
    {
        ParsedMessage message = Parse("References: <a@x>\n <b@x>, <c@x>\nIn-Reply-To: your message of \"Friday\" <d@x>\n\n");

        Assert.Equal(["a@x", "b@x", "c@x"], message.References);
        Assert.Equal(["d@x"], message.InReplyTo);
    }
}
