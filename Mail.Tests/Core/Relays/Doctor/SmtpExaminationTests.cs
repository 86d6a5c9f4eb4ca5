using System.Text;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;
using Mail.Protocol.Smtp;
using Mail.Tests.Protocol.Smtp.Server;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Doctor;

/// <summary>Each step of the doctor fails where it should, names the cause, and sends nothing.</summary>
public sealed class SmtpExaminationTests
{
    private const string Secret = "hunter2-hunter2";

    [Fact]
    public async Task With_a_sound_server_every_step_is_ok_and_nothing_is_sent()
    {
        List<string> commands = [];
        using TestCertificate certificate = new(notAfter: DateTimeOffset.UtcNow.AddDays(90));
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate, UserName = "alice", Password = Secret });
        sink.Script = step =>
        {
            lock (commands) commands.Add($"{step.Stage}");
            return null;
        };

        Examination found = await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.RequiredVerified, "alice", Secret, caFile: certificate.CertificateFile));

        Assert.Equal("dns ok, connect ok, greeting ok, tls ok, auth ok, sender ok, recipient ok", found.Course);
        Assert.Contains("STARTTLS", found["greeting"].Seen, StringComparison.Ordinal);
        Assert.Contains("ends in 89 days", found["tls"].Seen, StringComparison.Ordinal);
        Assert.EndsWith("verified", found["tls"].Seen, StringComparison.Ordinal);
        Assert.Null(found["tls"].Cause);
        Assert.Equal(["Mail", "Rcpt", "Rset", "Quit"], commands.SkipWhile(command => command != "Mail"));
        Assert.Equal(0, sink.MessageCount);
    }

    [Fact]
    public async Task A_name_without_address_is_found_at_dns() =>
        (await Examination.RunAsync(Examination.Server(25, host: "no-such-host.invalid"))).FailedAt("dns", "relay_not_found");

    [Fact]
    public async Task An_address_that_is_not_allowed_is_not_connected_to_and_not_told()
    {
        await using SmtpSink sink = SmtpSink.Start();

        Examination found = await Examination.RunAsync(Examination.Server(sink.Port, host: "localhost", allows: PublicAddress.IsPublic));

        found.FailedAt("dns", "relay_address_forbidden");
        Assert.DoesNotContain("127.0.0.1", found["dns"].Seen, StringComparison.Ordinal);
        Assert.Equal(0, sink.ConnectionCount);
        Assert.Equal("dns failed, connect skipped, greeting skipped, tls skipped, auth skipped, sender skipped, recipient skipped", found.Course);
    }

    [Fact]
    public async Task A_closed_port_is_found_at_connect()
    {
        SmtpSink sink = SmtpSink.Start();
        await sink.DisposeAsync();

        (await Examination.RunAsync(Examination.Server(sink.Port))).FailedAt("connect", "relay_refuses_connections");
    }

    [Fact]
    public async Task A_silent_port_is_found_at_the_greeting()
    {
        await using LoopbackServer silent = new((_, _, ct) => Task.Delay(Timeout.Infinite, ct));

        (await Examination.RunAsync(Examination.Server(silent.Port), limit: TimeSpan.FromSeconds(1))).FailedAt("greeting", "relay_does_not_answer");
    }

    [Fact]
    public async Task What_is_no_mail_server_is_found_at_the_greeting()
    {
        await using LoopbackServer web = Says("HTTP/1.1 400 Bad Request\r\n\r\n");

        (await Examination.RunAsync(Examination.Server(web.Port))).FailedAt("greeting", "relay_not_smtp");
    }

    [Fact]
    public async Task A_server_that_turns_us_away_is_found_at_the_greeting()
    {
        await using LoopbackServer server = Says("554 5.7.1 your address is blocked\r\n");

        Examination found = await Examination.RunAsync(Examination.Server(server.Port));

        found.FailedAt("greeting", "relay_refuses_us");
        Assert.Contains("your address is blocked", found["greeting"].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_found_at_the_greeting()
    {
        await using LoopbackServer server = new((_, _, _) => Task.CompletedTask);

        (await Examination.RunAsync(Examination.Server(server.Port))).FailedAt("greeting", "relay_broke_off");
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_found_at_tls()
    {
        await using SmtpSink sink = SmtpSink.Start();

        (await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.RequiredVerified))).FailedAt("tls", "tls_not_offered");
    }

    [Fact]
    public async Task TLS_from_the_first_byte_at_a_port_in_plain_text_is_found_at_tls()
    {
        await using SmtpSink sink = SmtpSink.Start();

        (await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.RequiredVerified, isImplicit: true), limit: TimeSpan.FromSeconds(3))).FailedAt("tls", "tls_failed");
    }

    [Theory]
    [InlineData("expired", "tls_certificate_expired")]
    [InlineData("other", "tls_certificate_name")]
    [InlineData("self-signed", "tls_certificate_untrusted")]
    public async Task A_certificate_that_does_not_hold_is_found_at_tls(string which, string cause)
    {
        using TestCertificate certificate = which switch
        {
            "expired" => new TestCertificate(notAfter: DateTimeOffset.UtcNow.AddDays(-1)),
            "other" => new TestCertificate("mail.example.net", withLoopback: false),
            _ => new TestCertificate(),
        };
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate }), early = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate, ImplicitTls = true });

        (await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.RequiredVerified))).FailedAt("tls", cause);
        (await Examination.RunAsync(Examination.Server(early.Port, SmtpTlsPolicy.RequiredVerified, isImplicit: true))).FailedAt("tls", cause);
    }

    [Fact]
    public async Task A_certificate_that_nobody_looks_at_or_that_ends_soon_is_told()
    {
        using TestCertificate certificate = new(notAfter: DateTimeOffset.UtcNow.AddDays(3));
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate });

        Examination unverified = await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.Required));
        Examination soon = await Examination.RunAsync(Examination.Server(sink.Port, SmtpTlsPolicy.RequiredVerified, caFile: certificate.CertificateFile));

        Assert.Equal((StepStatus.Ok, "tls_certificate_not_verified"), (unverified["tls"].Status, unverified["tls"].Cause?.Code));
        Assert.Equal((StepStatus.Ok, "tls_certificate_ends_soon"), (soon["tls"].Status, soon["tls"].Cause?.Code));
    }

    [Fact]
    public async Task A_wrong_password_is_found_at_auth_and_stands_in_no_text()
    {
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { UserName = "alice", Password = "another" });
        sink.Script = step => step.Stage == SmtpSinkStage.Auth ? SmtpSinkAction.Reply(535, $"5.7.8 bad credentials: {Secret} {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0alice\0{Secret}"))}") : null;

        Examination found = await Examination.RunAsync(Examination.Server(sink.Port, user: "alice", password: Secret));

        found.FailedAt("auth", "relay_login_refused");
        Assert.Contains("535", found["auth"].Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, found["auth"].Seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0alice\0{Secret}")), found["auth"].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_offers_no_login_is_found_at_auth()
    {
        await using SmtpSink sink = SmtpSink.Start();

        (await Examination.RunAsync(Examination.Server(sink.Port, user: "alice", password: Secret))).FailedAt("auth", "relay_login_not_offered");
    }

    [Fact]
    public async Task A_server_that_wants_a_login_is_found_at_the_sender()
    {
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { UserName = "alice", Password = Secret });

        (await Examination.RunAsync(Examination.Server(sink.Port))).FailedAt("sender", "relay_login_missing");
    }

    [Theory]
    [InlineData(550, "5.7.60 SMTP; Client does not have permissions to send as this sender", "sender_not_allowed_m365")]
    [InlineData(550, "The from address does not match a verified Sender Identity.", "sender_not_verified_sendgrid")]
    [InlineData(550, "5.1.8 sender rejected", "sender_refused")]
    public async Task A_sender_that_may_not_send_is_found(int code, string text, string cause)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Mail ? SmtpSinkAction.Reply(code, text) : null;

        Examination found = await Examination.RunAsync(Examination.Server(sink.Port));

        found.FailedAt("sender", cause);
        Assert.Contains("sender@example.org", found["sender"].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_is_refused_is_found_and_the_connection_ends_well()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;

        (await Examination.RunAsync(Examination.Server(sink.Port))).FailedAt("recipient", "unknown_user");

        Assert.Equal(0, sink.MessageCount);
    }

    [Theory, InlineData(SmtpSinkStage.Mail, "sender"), InlineData(SmtpSinkStage.Rcpt, "sender")]
    public async Task A_server_that_hangs_up_in_the_middle_is_told(SmtpSinkStage stage, string step)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = at => at.Stage == stage ? SmtpSinkAction.Drop : null;

        (await Examination.RunAsync(Examination.Server(sink.Port))).FailedAt(step, "relay_broke_off");
    }

    [Fact]
    public async Task Without_sender_and_recipient_they_are_not_asked_for()
    {
        await using SmtpSink sink = SmtpSink.Start();

        Examination nobody = await Examination.RunAsync(Examination.Server(sink.Port), from: null);
        Examination sender = await Examination.RunAsync(Examination.Server(sink.Port), to: null);

        Assert.EndsWith("sender skipped, recipient skipped", nobody.Course, StringComparison.Ordinal);
        Assert.EndsWith("tls skipped, auth skipped, sender ok, recipient skipped", sender.Course, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_server_is_well()
    {
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync();

        Examination found = await Examination.RunAsync(Examination.Server(server.Port, SmtpTlsPolicy.RequiredVerified, caFile: server.CaFile));
        Examination early = await Examination.RunAsync(Examination.Server(server.ImplicitTlsPort, SmtpTlsPolicy.RequiredVerified, isImplicit: true, caFile: server.CaFile));

        Assert.Equal("dns ok, connect ok, greeting ok, tls ok, auth skipped, sender ok, recipient ok", found.Course);
        Assert.Equal("dns ok, connect ok, tls ok, greeting ok, auth skipped, sender ok, recipient ok", early.Course);
    }

    private static LoopbackServer Says(string greeting) => new(async (stream, _, ct) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), ct);
        await Task.Delay(200, ct);
    });
}

public sealed class PostfixExaminationTests(PostfixFixture postfix) : IClassFixture<PostfixFixture>
{
    [Fact]
    public async Task A_real_Postfix_is_well_and_its_refusals_are_found()
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");

        Examination well = await Examination.RunAsync(Examination.Server(postfix.SubmissionPort, SmtpTlsPolicy.RequiredVerified, PostfixFixture.UserName, PostfixFixture.Password, caFile: postfix.CaFile), to: "one@box.test");
        Examination password = await Examination.RunAsync(Examination.Server(postfix.SubmissionPort, SmtpTlsPolicy.RequiredVerified, PostfixFixture.UserName, "wrong-password", caFile: postfix.CaFile));
        Examination recipient = await Examination.RunAsync(Examination.Server(postfix.Port, SmtpTlsPolicy.RequiredVerified, caFile: postfix.CaFile), to: "bad@box.test");
        Examination authority = await Examination.RunAsync(Examination.Server(postfix.Port, SmtpTlsPolicy.RequiredVerified));

        Assert.Equal("dns ok, connect ok, greeting ok, tls ok, auth ok, sender ok, recipient ok", well.Course);
        password.FailedAt("auth", "relay_login_refused");
        Assert.Equal("recipient", Assert.Single(recipient.Steps, step => step.Status == StepStatus.Failed).Name);
        authority.FailedAt("tls", "tls_certificate_untrusted");
    }
}
