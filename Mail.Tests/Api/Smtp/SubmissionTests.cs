using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Api.Smtp;

public sealed class SubmissionTests(PostgresFixture postgres)
{
    private const string Mail = "From: Shop <a@example.com>\nTo: Jo <b@example.com>\nSubject: Hello\nMessage-ID: <own.1@example.com>\nDate: Sat, 21 Nov 2026 04:00:00 +0000\nMIME-Version: 1.0\n\nBody\n";

    [Fact]
    public async Task What_is_taken_leaves_byte_for_byte()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);
        // Odd on purpose: foldings, cases, 8-bit, an unknown header, no MIME structure that we would write.
        byte[] odd = [.. Encoding.Latin1.GetBytes("received: from x\r\n by y\r\nX-Strange:\tvalue \r\n  folded\r\nfrom: \"Shop\"\r\n <a@example.com>\r\nTO:b@example.com\r\nsubject: =?x?q?bad?=\r\nmessage-id:<own.2@example.com>\r\nDATE: Sat, 21 Nov 2026 04:00:00 +0000\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n.dot\r\n..two\r\ngr\u00fc\u00dfe\r\n\r\n")];
        using SmtpTalk talk = await SmtpTalk.SignInAsync(mail.TlsPort, ApiFixture.LiveKey, implicitTls: true);

        string reply = await talk.SendAsync("a@example.com", ["b@example.com"], odd);

        SmtpSinkMessage sent = (await mail.Sink.WaitForAsync(1)).Single();
        Assert.Equal(odd, sent.Raw);
        JsonElement email = await mail.EmailAsync(SubmissionCase.IdIn(reply));
        Assert.Equal("<own.2@example.com>", email.GetProperty("message_id").GetString());
        Assert.False(email.GetProperty("api_key").GetProperty("revoked").GetBoolean()); // the password was a key
        Assert.Contains("gr\u00fc\u00dfe", email.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_the_guide_names_is_changed()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        string reply = await mail.SendAsync("""
            From: a@example.com
            X-Mail-Tag: kind=welcome, first
            X-PM-Tag: legacy
            X-Mail-Lane: bulk
            To: b@example.com
            Bcc: secret@example.com
            X-Mail-Topic: news
            X-Mail-Delivery-Guarantee: at_most_once
            List-Unsubscribe: <https://example.com/u>
            Cc: c@example.com
            Resend-Idempotency-Key: k1
            Subject: Hello

            Body

            """, "b@example.com", "c@example.com", "secret@example.com");

        string id = SubmissionCase.IdIn(reply);
        SmtpSinkMessage sent = (await mail.Sink.WaitForAsync(1))[0];
        Assert.Matches(
            "^From: a@example.com\r\nTo: b@example.com\r\nList-Unsubscribe: <https://example.com/u>\r\nCc: c@example.com\r\nSubject: Hello\r\n"
            + $"Message-ID: <{id}@example.com>\r\nDate: [A-Z][a-z]{{2}}, [0-9]{{1,2}} [A-Z][a-z]{{2}} 20[0-9]{{2}} [0-9:]{{8}} \\+0000\r\n\r\nBody\r\n$", sent.Text);
        JsonElement email = await mail.EmailAsync(id);
        Assert.Equal("bulk", email.GetProperty("lane").GetString());
        Assert.Equal(["kind=welcome", "first=true", "tag=legacy"], email.GetProperty("tags").EnumerateArray().Select(tag => $"{tag.GetProperty("name").GetString()}={tag.GetProperty("value").GetString()}"));
        Assert.Equal(["b@example.com to", "c@example.com cc", "secret@example.com bcc"], email.GetProperty("recipients").EnumerateArray().Select(r => $"{r.GetProperty("email").GetString()} {r.GetProperty("kind").GetString()}"));
    }

    [Fact]
    public async Task A_large_mail_goes_through_and_one_above_the_limit_is_refused()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);
        string Body(int lines) => Mail + string.Concat(Enumerable.Repeat(new string('x', 76) + "\n", lines));

        string reply = await mail.SendAsync(Body(500_000), "b@example.com");
        string tooLarge = await mail.SendAsync(Body(540_000), "b@example.com");

        SubmissionCase.IdIn(reply);
        Assert.Equal(Encoding.ASCII.GetBytes(Body(500_000).ReplaceLineEndings("\r\n")), (await mail.Sink.WaitForAsync(1, TimeSpan.FromMinutes(1))).Single().Raw);
        Assert.StartsWith("552 5.3.4", tooLarge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_the_return_path_of_its_recipient()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true, ("RETURN_PATH_DOMAIN", "bounce.test"));

        await mail.SendAsync(Mail, "b@example.com", "hidden@example.com");

        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(2);
        Assert.All(sent, message => Assert.Matches("^r[a-z2-7]{63}@bounce.test$", message.MailFrom));
        Assert.Equal(["b@example.com", "hidden@example.com"], sent.Select(message => message.Recipients.Single()).Order());
    }

    [Fact]
    public async Task It_is_signed_unless_somebody_has()
    {
        using System.Security.Cryptography.RSA key = System.Security.Cryptography.RSA.Create(2048);
        await using SubmissionCase mail = await SubmissionCase.StartAsync(
            postgres, withWorker: true, ("DKIM_DOMAIN", "example.com"), ("DKIM_SELECTOR", "s"), ("DKIM_PRIVATE_KEY", key.ExportPkcs8PrivateKeyPem()));

        await mail.SendAsync(Mail, "b@example.com");
        await mail.Sink.WaitForAsync(1);
        await mail.SendAsync("DKIM-Signature: v=1; d=elsewhere.example\n" + Mail, "b@example.com");

        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(2);
        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256;", sent[0].Text, StringComparison.Ordinal);
        Assert.EndsWith(Mail.ReplaceLineEndings("\r\n"), sent[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("DKIM-Signature: v=1; d=elsewhere.example\r\nFrom:", sent[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bulk_mail_gets_an_unsubscribe_link_of_each_recipients_own_and_is_otherwise_untouched()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);
        const string Left = "From: a@example.com\r\nTo: b@example.com\r\nCc: c@example.com\r\nSubject: Hello\r\nMessage-ID: <own.3@example.com>\r\nDate: Sat, 21 Nov 2026 04:00:00 +0000\r\n\r\nBody {{unsubscribe_url}}\r\n";

        string id = SubmissionCase.IdIn(await mail.SendAsync("X-Mail-Lane: bulk\n" + Left.ReplaceLineEndings("\n"), "b@example.com", "c@example.com"));

        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(2);
        Match[] heads = [.. sent.Select(one => Regex.Match(one.Text, "^List-Unsubscribe: <(http://[^>]+/unsubscribe/[^>/]+)>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))];
        Assert.All(heads, head => Assert.True(head.Success));
        Assert.Equal(2, heads.Select(head => head.Groups[1].Value).Distinct().Count());
        Assert.All(sent.Zip(heads), one => Assert.Equal(Left, one.First.Text[one.Second.Length..]));
        Assert.Contains("List-Unsubscribe: <", await mail.RawAsync(id), StringComparison.Ordinal);

        // The link is its recipient's: one click, and bulk mail reaches the other alone.
        using HttpClient reader = mail.Api.ClientWith(null);
        string of = sent[0].Recipients.Single(), link = heads[0].Groups[1].Value;
        using (HttpResponseMessage answer = await reader.PostAsync(new Uri(new Uri(link).AbsolutePath, UriKind.Relative), new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded")))
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        JsonElement next = await mail.EmailAsync(SubmissionCase.IdIn(await mail.SendAsync("X-Mail-Lane: bulk\n" + Left.ReplaceLineEndings("\n"), "b@example.com", "c@example.com")));
        Assert.Equal([of], next.GetProperty("recipients").EnumerateArray().Where(one => one.GetProperty("state").GetString() == "suppressed").Select(one => one.GetProperty("email").GetString()));
    }

    [Theory]
    [InlineData("X-Mail-Lane: normal\n")]
    [InlineData("X-Mail-Lane: bulk\nlist-unsubscribe: <mailto:u@example.com>\n")]
    [InlineData("X-Mail-Lane: bulk\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n")]
    [InlineData("X-Mail-Lane: bulk\nDKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=x; b=y\n")]
    public async Task Other_mail_and_what_has_a_link_or_a_signature_of_its_own_gets_none(string head)
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        await mail.SendAsync(head + Mail, "b@example.com", "c@example.com");

        Assert.Equal((head[(head.IndexOf('\n', StringComparison.Ordinal) + 1)..] + Mail).ReplaceLineEndings("\r\n"), (await mail.Sink.WaitForAsync(1))[0].Text);
    }

    [Fact]
    public async Task A_second_try_under_the_same_key_gets_the_first_ones_id_and_another_mail_is_refused()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);
        string With(string id, string body) => $"X-Mail-Idempotency-Key: order-17\n{Mail.Replace("own.1", id, StringComparison.Ordinal).Replace("Body", body, StringComparison.Ordinal)}";

        string first = await mail.SendAsync(With("try.1", "Body"), "b@example.com"), second = await mail.SendAsync(With("try.2", "Body"), "b@example.com");
        string another = await mail.SendAsync(With("try.3", "Another body"), "b@example.com");

        Assert.Equal(SubmissionCase.IdIn(first), SubmissionCase.IdIn(second));
        Assert.StartsWith("550 5.6.0", another, StringComparison.Ordinal);
        Assert.Equal(1, await mail.Api.CountAsync("messages"));
    }

    [Theory]
    [InlineData("X-Mail-Lane: fast\n", "550 5.6.0 `X-Mail-Lane` ")]
    [InlineData("X-Mail-Tag: two words\n", "550 5.6.0 `X-Mail-Tag` ")]
    [InlineData("X-Mail-Delivery-Guarantee: maybe\n", "550 5.6.0 `X-Mail-Delivery-Guarantee` ")]
    [InlineData("X-Mail-Idempotency-Key: \n", "550 5.6.0 `X-Mail-Idempotency-Key` ")]
    public async Task A_header_option_that_is_wrong_is_named(string header, string refusal)
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);

        Assert.StartsWith(refusal, await mail.SendAsync(header + Mail, "b@example.com"), StringComparison.Ordinal);
        Assert.Equal(0, await mail.Api.CountAsync("messages"));
    }

    [Theory]
    [InlineData("Subject: no sender\n\nBody\n", "554 5.6.0")]
    [InlineData("From: nobody\n\nBody\n", "554 5.6.0")]
    [InlineData("\n\nBody\n", "554 5.6.0")]
    [InlineData("no header at all\n", "554 5.6.0")]
    public async Task What_is_no_mail_is_refused(string content, string refusal)
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);

        Assert.StartsWith(refusal, await mail.SendAsync(content, "b@example.com"), StringComparison.Ordinal);
        Assert.Equal(0, await mail.Api.CountAsync("messages"));
    }

    [Fact]
    public async Task Wrong_keys_and_keys_without_the_scope_are_refused_and_test_keys_reach_the_sandbox()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);
        string test = await mail.Api.AddProjectAsync("mk_test_"), narrow = await mail.Api.AddProjectAsync();
        await ExecuteAsync(mail, $"UPDATE api_keys SET scopes = '{{emails:read}}' WHERE key_start = '{narrow[..12]}'");
        using (SmtpTalk talk = await SmtpTalk.StartAsync(mail.TlsPort, implicitTls: true))
        {
            Assert.StartsWith("530", await talk.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
            Assert.StartsWith("535 5.7.8", await talk.AuthAsync("mk_live_wrong"), StringComparison.Ordinal);
            Assert.StartsWith("535 5.7.8", await talk.AuthAsync(narrow), StringComparison.Ordinal);
        }

        using SmtpTalk tester = await SmtpTalk.SignInAsync(mail.TlsPort, test, implicitTls: true);
        SubmissionCase.IdIn(await tester.SendAsync("a@example.com", ["b@example.com"], Mail));

        Assert.Equal(1, await mail.Api.CountAsync("messages WHERE is_test"));
    }

    [Fact]
    public async Task A_key_that_is_revoked_sends_nothing_more_over_an_open_connection()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);
        string key = await mail.Api.AddProjectAsync();
        using SmtpTalk talk = await SmtpTalk.SignInAsync(mail.TlsPort, key, implicitTls: true);
        SubmissionCase.IdIn(await talk.SendAsync("a@example.com", ["b@example.com"], Mail));

        await ExecuteAsync(mail, "UPDATE api_keys SET revoked_at = now() WHERE name = 'test'");
        await Task.Delay(TimeSpan.FromSeconds(11)); // a key is remembered for ten seconds

        Assert.StartsWith("530 5.7.0", await talk.SendAsync("a@example.com", ["b@example.com"], Mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_recipient_is_stored_as_such()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);

        string reply = await mail.SendAsync(Mail, "b@example.com", "suppressed@mail.test");

        JsonElement email = await mail.EmailAsync(SubmissionCase.IdIn(reply));
        Assert.Equal(["queued", "suppressed"], email.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_recipient_after_the_last_is_asked_to_come_with_another_copy()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);

        Assert.StartsWith("452 4.5.3", await mail.SendAsync(Mail, [.. Enumerable.Range(0, 101).Select(i => $"r{i}@example.com")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_clients_come_again()
    {
        await using SubmissionCase seed = await SubmissionCase.StartAsync(postgres);
        NpgsqlConnectionStringBuilder at = new(seed.Api.ConnectionString);
        using TcpForwarder way = new(at.Host!, at.Port);
        (at.Host, at.Port) = ("127.0.0.1", way.Port);
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, false, ("ConnectionStrings:maildb", at.ConnectionString), ("Intake:RetryFor", "00:00:01"));
        using SmtpTalk talk = await SmtpTalk.SignInAsync(mail.TlsPort, ApiFixture.LiveKey, implicitTls: true);

        way.Cut();

        Assert.StartsWith("451 4.3.0", await talk.SendAsync("a@example.com", ["b@example.com"], Mail), StringComparison.Ordinal);
        way.Mend();
        await Eventually.TrueAsync(async () => (await talk.SendAsync("a@example.com", ["b@example.com"], Mail)).StartsWith("250", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Production_it_does_not_start_without_a_certificate_and_says_what_to_set()
    {
        OptionsValidationException thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => SubmissionCase.StartAsync(postgres, false, ("environment", "Production")));

        Assert.Contains("Submission__CertificateFile", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_it_takes_its_certificate_from_the_files_and_nobody_signs_in_without_TLS()
    {
        using TestCertificate certificate = new();
        await using SubmissionCase mail = await SubmissionCase.StartAsync(
            postgres, false, ("environment", "Staging"), ("Submission:CertificateFile", certificate.CertificateFile), ("Submission:KeyFile", certificate.KeyFile), ("Submission:Address", "127.0.0.1"),
            ("EMAIL_FROM", "no-reply@example.com")); // whose domain the first project may send from

        using SmtpTalk clear = await SmtpTalk.StartAsync(mail.Port);
        Assert.StartsWith("538 5.7.11", await clear.AuthAsync(ApiFixture.LiveKey), StringComparison.Ordinal);
        using SmtpTalk secure = await SmtpTalk.SignInAsync(mail.TlsPort, ApiFixture.LiveKey, implicitTls: true);
        SubmissionCase.IdIn(await secure.SendAsync("a@example.com", ["b@example.com"], Mail));
        Assert.StartsWith("550 5.7.1 `X-Mail-Lane` needs an unsubscribe link, and this installation does not know its public address. Set BASE_URL", await secure.SendAsync("a@example.com", ["b@example.com"], "X-Mail-Lane: bulk\n" + Mail), StringComparison.Ordinal);
        Assert.StartsWith("550 5.7.1 `from` is of the domain shop.example", await secure.SendAsync("a@shop.example", ["b@example.com"], Mail.Replace("@example.com", "@shop.example", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_ends_within_two_weeks_is_told_to_the_operator_and_a_later_one_is_not()
    {
        async Task<string[]> ToldAsync(TimeSpan ends)
        {
            using TestCertificate certificate = new(notAfter: DateTimeOffset.UtcNow + ends);
            await using SubmissionCase mail = await SubmissionCase.StartAsync(
                postgres, false, ("environment", "Production"), ("Submission:CertificateFile", certificate.CertificateFile), ("Submission:KeyFile", certificate.KeyFile), ("Submission:Address", "127.0.0.1"),
                ("Submission:HostName", "smtp.example.org"), ("Alerts:LookEvery", "00:00:00.05"));
            string[] told = [];
            long started = TimeProvider.System.GetTimestamp();
            while (told.Length == 0 && TimeProvider.System.GetElapsedTime(started) < (ends.TotalDays < 14 ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(1)))
            {
                JsonElement alerts = await mail.Client.GetAsync("/alerts?subject=smtp.example.org", HttpStatusCode.OK);
                told = [.. alerts.GetProperty("data").EnumerateArray().Select(alert => $"{alert.GetProperty("kind").GetString()} {alert.GetProperty("scope").GetString()}: {alert.GetProperty("title").GetString()}")];
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            return told;
        }

        Assert.Equal(["certificate_ends installation: The certificate of smtp.example.org ends soon"], await ToldAsync(TimeSpan.FromDays(13)));
        Assert.Empty(await ToldAsync(TimeSpan.FromDays(15)));
    }

    private static async Task ExecuteAsync(SubmissionCase mail, string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = mail.Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
