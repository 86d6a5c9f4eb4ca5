using System.Text;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Smtp;

/// <summary>An app that has a key and means ill: in Production, where example.com is verified for its project and nothing else.</summary>
public sealed class HostileSubmissionTests(PostgresFixture postgres)
{
    private const string Rest = "To: b@example.com\nSubject: Hello\nMIME-Version: 1.0\n\nBody\n";

    [Theory]
    [InlineData("From: a@example.com, ceo@bank.example\n")]
    [InlineData("From: a@example.com\nFrom: ceo@bank.example\n")]
    [InlineData("From: a@example.com\nfrom : ceo@bank.example\n")]
    [InlineData("From: ceo@[127.0.0.1], a@example.com\n")]
    [InlineData("From: <a@example.com> <ceo@bank.example>\n")]
    [InlineData("From: Both: a@example.com, ceo@bank.example;\n")]
    [InlineData("From: =?utf-8?q?ceo=40bank.example?=, a@example.com\n")]
    [InlineData("From: \"a@example.com\" <ceo@bank.example>\n")]
    [InlineData("From: a@example.com <ceo@bank.example>\n")]
    [InlineData("From: ceo@bank.example (a@example.com)\n")]
    [InlineData("From: a@example.com\0@bank.example\n")]
    [InlineData("From: a@example.com\nSender: ceo@bank.example\n")]
    [InlineData("From: a@example.com\nSender: a@example.com\nSender: ceo@bank.example\n")]
    [InlineData("From: a@example.com\nSender: a@example.com, ceo@bank.example\n")]
    [InlineData("From: a@example.com\nSender: nobody\n")]
    [InlineData("From: a@example.com\n \n \nFrom: ceo@bank.example\n")] // two readers may disagree where the headers end
    [InlineData("From: a@example.com\n \nno field\nFrom: ceo@bank.example\n")]
    public async Task Nobody_is_shown_as_sender_who_is_not_verified(string headers)
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);

        string reply = await mail.SendAsync(headers + Rest);

        Assert.Matches("^55[04] 5\\.[67]\\.", reply);
        Assert.Equal((0, 0), (await mail.Case.Api.CountAsync("messages"), await mail.Case.Api.CountAsync("deliveries")));
    }

    [Fact]
    public async Task A_sender_after_more_headers_than_anybody_reads_is_seen()
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);
        string many = string.Concat(Enumerable.Range(0, 2100).Select(i => $"X-{i}: y\n"));

        Assert.StartsWith("554 5.6.0", await mail.SendAsync("From: a@example.com\n" + many + "From: ceo@bank.example\n" + Rest), StringComparison.Ordinal);
        Assert.Equal(0, await mail.Case.Api.CountAsync("messages"));
    }

    [Theory]
    [InlineData("From: a@example.com\n")]
    [InlineData("From: \"Shop, the\" <a@example.com>\n")]
    [InlineData("From: =?utf-8?q?Gr=C3=BC=C3=9Fe?= <a@example.com>\n")]
    [InlineData("From: a@example.com (Shop)\n")]
    [InlineData("From: a@example.com <a@example.com>\n")]
    [InlineData("From: Shop\n <a@example.com>\n")]
    [InlineData("From : a@example.com\n")]
    [InlineData("From: a@example.com\nSender: Robot <robot@example.com>\n")]
    public async Task What_apps_write_is_taken(string headers)
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);

        SubmissionCase.IdIn(await mail.SendAsync(headers + Rest));
    }

    /// <summary>It would stand in JSON as \u0000, and nothing could read the message again: neither an erasure nor a provider's webhook.</summary>
    [Theory]
    [InlineData("Message-ID: <a\0b@example.com>\n")]
    [InlineData("Subject: a\0b\n")]
    [InlineData("X-Mail-Topic: a\0b\n")]
    [InlineData("Reply-To: \"a\0b\" <r@example.com>\n")]
    public async Task A_NUL_among_the_headers_is_refused(string header)
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);

        Assert.Matches("^55[04] 5\\.6\\.0", await mail.SendAsync("From: a@example.com\n" + header + "To: b@example.com\n\nBody\n"));
        Assert.Equal(0, await mail.Case.Api.CountAsync("messages"));
    }

    [Fact]
    public async Task A_Message_ID_of_many_lines_is_refused()
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);
        string id = string.Concat(Enumerable.Repeat(new string('x', 900) + "\n ", 200));

        Assert.StartsWith("554 5.6.0", await mail.SendAsync($"From: a@example.com\nMessage-ID: <{id}@example.com>\n" + Rest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-Mail-Idempotency-Key: bomb\n")]
    [InlineData("X-Mail-Idempotency-Key: bomb\nX-Mail-Track: opens, clicks\n")]
    public async Task A_mail_that_cannot_be_read_to_its_end_is_taken_and_leaves_as_it_is(string options)
    {
        await using Hostile mail = await Hostile.StartAsync(postgres, withWorker: true);
        string part = "--b\nContent-Type: text/html\n" + string.Concat(Enumerable.Range(0, 1300).Select(i => $"X-{i}: {new string('y', 900)}\n")) + "\n<p>Hello</p>\n";
        string own = "From: a@example.com\nTo: b@example.com\nSubject: s\nMessage-ID: <own@example.com>\nDate: Sat, 21 Nov 2026 04:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + part + "--b--\n";

        string first = await mail.SendAsync(options + own), again = await mail.SendAsync(options + own);

        string id = SubmissionCase.IdIn(first);
        Assert.Equal(options.Length > 0, id == SubmissionCase.IdIn(again));
        Assert.Equal(Encoding.ASCII.GetBytes(own.ReplaceLineEndings("\r\n")), (await mail.Case.Sink.WaitForAsync(1, TimeSpan.FromMinutes(1)))[0].Raw);
        Assert.Equal("<own@example.com>", (await mail.Case.EmailAsync(id)).GetProperty("message_id").GetString());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3000)]
    public async Task Parts_within_parts_are_taken_and_shown(int depth)
    {
        await using Hostile mail = await Hostile.StartAsync(postgres);
        StringBuilder nested = new("From: a@example.com\nTo: b@example.com\nSubject: s\nX-Mail-Idempotency-Key: nest\nMIME-Version: 1.0\n");
        for (int i = 0; i < depth; i++) nested.Append(null, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        nested.Append("Content-Type: text/plain\n\nAt last\n");

        JsonElement email = await mail.Case.EmailAsync(SubmissionCase.IdIn(await mail.SendAsync(nested.ToString())));

        Assert.Equal("s", email.GetProperty("subject").GetString());
    }

    private sealed class Hostile : IAsyncDisposable
    {
        private readonly TestCertificate _certificate = new();

        public SubmissionCase Case { get; private set; } = null!;

        public static async Task<Hostile> StartAsync(PostgresFixture postgres, bool withWorker = false)
        {
            Hostile it = new();
            it.Case = await SubmissionCase.StartAsync(
                postgres, withWorker, ("environment", "Production"), ("Submission:CertificateFile", it._certificate.CertificateFile), ("Submission:KeyFile", it._certificate.KeyFile), ("Submission:Address", "127.0.0.1"),
                ("EMAIL_FROM", "no-reply@example.com"), ("BASE_URL", "https://mail.example"));
            return it;
        }

        public Task<string> SendAsync(string mail) => Case.SendAsync(mail, "b@example.com");

        public async ValueTask DisposeAsync()
        {
            await Case.DisposeAsync();
            _certificate.Dispose();
        }
    }
}
