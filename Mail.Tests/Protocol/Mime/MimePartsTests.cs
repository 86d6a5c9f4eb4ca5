using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

public sealed class MimePartsTests
{
    [Fact]
    public void Other_forms_come_after_the_HTML()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("ann@example.com"),
            To = { EmailAddress.Parse("bob@example.com") },
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@example.com",
            BoundarySeed = "test",
            TextBody = "text",
            HtmlBody = "<p>html</p>",
            Alternatives = { MimeAlternative.Create("Text/Calendar; Method=REQUEST; charset=latin1", "BEGIN:VCALENDAR\nEND:VCALENDAR\n") },
        };

        Assert.EndsWith("""
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_test_3"

            --=_test_3
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            text
            --=_test_3
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <p>html</p>
            --=_test_3
            Content-Type: text/calendar; charset=utf-8; method=REQUEST
            Content-Transfer-Encoding: 7bit

            BEGIN:VCALENDAR
            END:VCALENDAR

            --=_test_3--

            """.ReplaceLineEndings("\r\n"), MimeMessageTests.Write(message), StringComparison.Ordinal);
    }

    [Fact]
    public void One_other_form_alone_is_the_message()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", Alternatives = { MimeAlternative.Create("text/calendar; method=REPLY", "x") },
        };

        Assert.EndsWith("\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\nContent-Transfer-Encoding: 7bit\r\n\r\nx\r\n", MimeMessageTests.Write(message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/ics", "not text")]
    [InlineData("text/calendar\r\nX: y", "content type contains")]
    [InlineData("calendar", "media type")]
    public void Another_form_is_checked(string contentType, string reason)
    {
        Assert.False(MimeAlternative.TryCreate(contentType, "x", out _, out string? error));

        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("a\r\nb")]
    [InlineData("123456789012345678901234567890123456789012345678901")]
    public void A_boundary_seed_is_checked(string seed) =>
        Assert.Throws<ArgumentException>(() => new MimeMessage { From = EmailAddress.Parse("a@b"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@b", BoundarySeed = seed });

    [Fact]
    public void Every_inline_image_stands_with_the_HTML_and_can_have_a_URL()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("a@example.com"),
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@example.com",
            BoundarySeed = "test",
            HtmlBody = "<img src=cid:a><img src=cid:b>",
            Attachments =
            {
                MimeAttachment.Create("a.png", "image/png", "A"u8.ToArray(), "a").WithContentLocation(new Uri("https://bücher.example/ä,b.png")),
                MimeAttachment.Create("b.png", "image/png", "B"u8.ToArray(), "b"),
            },
        };

        string written = MimeMessageTests.Write(message);

        Assert.Contains("Content-Type: multipart/related; type=\"text/html\"; boundary=\"=_test_2\"\r\n", written, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <a>\r\nContent-Location: https://xn--bcher-kva.example/%C3%A4%2Cb.png\r\nContent-Disposition: inline; filename=\"a.png\"\r\n", written, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <b>\r\nContent-Disposition: inline; filename=\"b.png\"\r\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=\"cid:logo\"><td background='CID:bg@x'>", "logo|bg@x")]
    [InlineData("<img src=cid:logo><div style=\"background: url(cid:b)\">", "logo|b")]
    [InlineData("<img src=\"cid:a%40b&amp;c\"><img src=\"cid:a\"><img src=\"cid:a\">", "a@b&c|a")]
    [InlineData("<img srcset=\"cid:a 1x, cid:b 2x\">", "a|b")]
    [InlineData("placid: <a href=\"https://x/?q=acid:x\">cid:</a>", "")]
    public void Content_ids_are_found_in_HTML(string html, string expected) => Assert.Equal(expected, string.Join('|', ContentIds.FindIn(html)));

    [Fact]
    public void An_image_without_file_and_a_file_without_image_are_found()
    {
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", HtmlBody = "<img src='cid:a'><img src='cid:b'>",
            Attachments = { MimeAttachment.Create("a.png", null, default, "a"), MimeAttachment.Create("c.png", null, default, "c"), MimeAttachment.Create("d.pdf", null, default) },
        };

        (IReadOnlyList<string> missing, IReadOnlyList<string> unused) = ContentIds.Check(message);

        Assert.Equal(["b"], missing);
        Assert.Equal(["c"], unused);
    }

    [Fact]
    public void Unsubscribing_is_one_click_or_a_mail()
    {
        Assert.Equal(
            [MimeHeader.Create("List-Unsubscribe", "<https://xn--bcher-kva.example/u?l=1%2C2>, <mailto:leave@example.com?subject=l-1>"), MimeHeader.Create("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
            ListUnsubscribe.OneClick(new Uri("https://bücher.example/u?l=1,2"), new Uri("mailto:leave@example.com?subject=l-1")));
        Assert.Equal(MimeHeader.Create("List-Unsubscribe", "<mailto:leave@example.com>"), ListUnsubscribe.ByMail(new Uri("mailto:leave@example.com")));
    }

    [Theory]
    [InlineData("http://example.com/u", "not https")]
    [InlineData("/u", "not absolute")]
    [InlineData("https://example.com/\r\nBcc: x", "U+000D")]
    public void An_unsubscribe_URL_is_checked(string url, string reason)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ListUnsubscribe.OneClick(new Uri(url, UriKind.RelativeOrAbsolute)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reader_sees_as_one_character_is_never_split_between_encoded_words()
    {
        string subject = string.Concat(Enumerable.Repeat("日本語の件名👩‍👩‍👧", 30));

        string written = MimeMessageTests.Write(new() { From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", Subject = subject });

        string field = written[written.IndexOf("Subject:", StringComparison.Ordinal)..written.IndexOf("\r\nMessage-ID", StringComparison.Ordinal)];
        string[] words = field["Subject:".Length..].Split(["\r\n ", " "], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(subject, string.Concat(words.Select(word =>
        {
            Assert.StartsWith("=?utf-8?B?", word, StringComparison.Ordinal);
            byte[] octets = Convert.FromBase64String(word["=?utf-8?B?".Length..^2]);
            Assert.True(System.Text.Unicode.Utf8.IsValid(octets));
            string text = System.Text.Encoding.UTF8.GetString(octets);
            Assert.Equal(text.Contains('\u200D', StringComparison.Ordinal), text.Contains("👩‍👩‍👧", StringComparison.Ordinal));
            return text;
        })));
    }

    [Fact]
    public void A_heap_of_accents_is_split_as_it_must_be_and_in_linear_time()
    {
        string subject = "e" + new string('\u0301', 200_000);

        string written = MimeMessageTests.Write(new() { From = EmailAddress.Parse("a@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", Subject = subject });

        Assert.All(written.Split("\r\n"), line => Assert.True(line.Length <= 76));
    }
}
