using System.Net;
using Mail.Tests.Api.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Tracking;

/// <summary>Mail that apps write themselves and hand over by SMTP: over the real ports, worker and server.</summary>
public sealed class TrackedSubmissionTests(PostgresFixture postgres)
{
    private const string Parts = "From: a@example.com\nTo: b@example.com\nSubject: Hello\nMessage-ID: <own@example.com>\nDate: Sat, 21 Nov 2026 04:00:00 +0000\nMIME-Version: 1.0\n{0}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nhttps://shop.example/\n--b\nContent-Type: text/html; charset=utf-8\n\n<body><a href=\"https://shop.example/\">x</a></body>\n--b--\n";

    [Fact]
    public async Task A_mail_that_asks_for_it_is_tracked_from_the_port_to_the_event()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        string id = SubmissionCase.IdIn(await mail.SendAsync(With("X-Mail-Track: opens, clicks\n"), "b@example.com", "hidden@example.com"));
        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(2);
        await Eventually.TrueAsync(async () => await mail.Api.CountAsync($"deliveries WHERE message_id = '{id}'") == 0);
        await mail.Api.AgeAsync(id, TimeSpan.FromMinutes(1));
        using HttpClient reader = mail.Api.Reader();
        string html = TrackedMail.HtmlOf(sent.Single(one => one.Recipients.Single() == "hidden@example.com").Raw);
        using HttpResponseMessage page = await reader.VisitAsync(TrackedMail.LinksOf(html).Single()), picture = await reader.VisitAsync(TrackedMail.PictureOf(html)!);

        Assert.Equal("https://shop.example/", page.Headers.GetValues("Location").Single());
        Assert.Equal(["email.clicked hidden@example.com", "email.opened hidden@example.com"], (await mail.Client.HitsAsync(id)).Select(hit => $"{hit.GetProperty("type").GetString()} {hit.GetProperty("recipient").GetString()}"));
        Assert.DoesNotContain("X-Mail-Track", sent[0].Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\n\r\nhttps://shop.example/\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", sent[0].Text, StringComparison.Ordinal);
        Assert.StartsWith(With("").ReplaceLineEndings("\r\n")[..150], sent[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_project_decides_for_mail_that_says_nothing()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);
        await mail.Client.PatchAsync("/project", """{"tracking":{"clicks":true}}""", HttpStatusCode.OK);

        await mail.SendAsync(With(""), "b@example.com");
        await mail.SendAsync(With("X-Mail-Track: none\n"), "none@example.com");
        await mail.SendAsync(With("X-Mail-Lane: critical\n"), "code@example.com");
        await mail.SendAsync("From: a@example.com\nSubject: s\nMessage-ID: <t@example.com>\nDate: Sat, 21 Nov 2026 04:00:00 +0000\n\nhttps://shop.example/\n", "text@example.com", "too@example.com");
        await mail.SendAsync(With("DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=x; h=from; bh=x; b=x\n"), "signed@example.com");

        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(5);
        Assert.Equal([(true, "b@example.com"), (false, "code@example.com"), (false, "none@example.com"), (false, "signed@example.com"), (false, "text@example.com,too@example.com")],
            sent.Select(one => (one.Text.Contains("/t/c/", StringComparison.Ordinal), string.Join(',', one.Recipients.Order()))).OrderBy(one => one.Item2, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("X-Mail-Track: everything\n"), InlineData("X-Mail-Track:\n"), InlineData("X-Mail-Track: none, opens\n"), InlineData("X-Mail-Track: opens\nX-Mail-Lane: critical\n")]
    public async Task A_wrong_wish_is_refused_by_its_header(string headers)
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);

        string reply = await mail.SendAsync(With(headers), "b@example.com");

        Assert.Matches("^5[0-9]{2} 5\\.[0-9]\\.[0-9] .*X-Mail-Track", reply);
        Assert.Equal(0, await mail.Api.CountAsync("messages"));
    }

    private static string With(string headers) => Parts.Replace("{0}", headers, StringComparison.Ordinal);
}
