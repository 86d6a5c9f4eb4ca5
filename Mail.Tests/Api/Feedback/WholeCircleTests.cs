using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mail.Tests.Core.Feedback.Fakes;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback;

/// <summary>
/// From the app's request over servers that are not ours to the app's webhook: what becomes of a message later is known, explained, has consequences and is told. Each way that a report can take
/// is gone in one go.
/// </summary>
public sealed class WholeCircleTests(PostgresFixture postgres, PostfixFixture postfix, EximFixture exim, DovecotFixture dovecot) : IClassFixture<PostfixFixture>, IClassFixture<EximFixture>, IClassFixture<DovecotFixture>
{
    [Fact]
    public async Task What_Postfix_cannot_deliver_comes_back_by_its_return_path()
    {
        Needs(postfix);
        await using SmtpSink remote = Refusing(postfix.LatePort);
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, postfix.Port, postfix.RelayPort);

        string id = await circle.SendAsync("gone@late.test", "fine@box.test", "bad@box.test");

        await circle.MustCloseAsync(id, "gone@late.test", "bounced", "unknown_user");
        JsonElement gone = await circle.Mail.RecipientAsync(id, "gone@late.test");
        Assert.Equal((550, "5.1.1"), (gone.GetProperty("code").GetInt32(), gone.GetProperty("enhanced_code").GetString()));
        Assert.Contains("mx.test.local reported that it was not delivered", gone.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("This mailbox is gone", gone.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("sent", "bounced"), (await circle.Mail.StateAsync(id, "fine@box.test"), await circle.Mail.StateAsync(id, "bad@box.test"))); // the last one was refused at once
        Assert.Contains("Return-Path: <r", await postfix.WaitForMailAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Exim_cannot_deliver_comes_back_by_its_return_path()
    {
        Needs(exim);
        await using SmtpSink remote = Refusing(exim.LatePort);
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, exim.Port, exim.RelayPort);

        string id = await circle.SendAsync("gone@late.test");

        await circle.MustCloseAsync(id, "gone@late.test", "bounced", "unknown_user");
    }

    [Fact]
    public async Task A_bounce_that_comes_long_after_sent_changes_what_was_known()
    {
        Needs(postfix);
        bool isGone = false;
        await using SmtpSink remote = SmtpSink.Start(new SmtpSinkOptions { Port = postfix.LatePort });
        remote.Script = step => step.Stage != SmtpSinkStage.Rcpt ? null : Volatile.Read(ref isGone) ? SmtpSinkAction.Reply(550, "5.1.1 This mailbox is gone") : SmtpSinkAction.Reply(451, "4.3.0 Come again");
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, postfix.Port, postfix.RelayPort);

        string id = await circle.SendAsync("gone@late.test");
        await circle.IsAsync(id, "gone@late.test", "sent");
        await circle.HeardAsync("email.sent", id, "gone@late.test");
        await circle.Mail.Client.GetAsync("/suppressions/gone@late.test", HttpStatusCode.NotFound); // nothing is known against it yet
        Volatile.Write(ref isGone, true);

        await circle.MustCloseAsync(id, "gone@late.test", "bounced", "unknown_user");
    }

    [Theory]
    [InlineData(true)] // to abuse@ our return paths' domain, brought by the other server
    [InlineData(false)] // by POST /inbound/report
    public async Task A_complaint_about_what_was_delivered_closes_the_circle(bool bySmtp)
    {
        Needs(postfix);
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, postfix.Port, postfix.RelayPort);
        string id = await circle.SendAsync("angry@box.test");
        await circle.IsAsync(id, "angry@box.test", "sent");
        string received = await postfix.WaitForMailAsync(id); // as the complainer has it, its Return-Path included

        string complaint = Complaint(received, $"abuse@{FeedbackCircle.Domain}");
        if (bySmtp)
        {
            using SmtpTalk loop = await SmtpTalk.StartAsync(postfix.Port);
            Assert.StartsWith("250", await loop.SendAsync("fbl@box.test", [$"abuse@{FeedbackCircle.Domain}"], complaint), StringComparison.Ordinal);
        }
        else
        {
            using ByteArrayContent body = new(Encoding.UTF8.GetBytes(complaint.ReplaceLineEndings("\r\n"))) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
            using HttpResponseMessage answer = await circle.Mail.Client.PostAsync(new Uri("/inbound/report", UriKind.Relative), body);
            Assert.Equal("changed", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("deliveries")[0].GetProperty("effect").GetString());
        }

        await circle.MustCloseAsync(id, "angry@box.test", "complained", "complained");
    }

    [Fact]
    public async Task A_bounce_that_lands_in_the_senders_mailbox_is_fetched_over_TLS()
    {
        Needs(postfix);
        Needs(dovecot);
        await using SmtpSink remote = Refusing(postfix.LatePort);
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, postfix.Port, postfix.RelayPort, new()
        {
            ["Relay:OwnReturnPath"] = "false", // as a provider that puts its own on
            ["BounceMailbox:Host"] = "localhost", ["BounceMailbox:Port"] = dovecot.TlsPort.ToString(CultureInfo.InvariantCulture), ["BounceMailbox:UserName"] = "shop",
            ["BounceMailbox:Password"] = DovecotFixture.Password, ["BounceMailbox:TrustedCaFile"] = dovecot.CaFile,
        });

        string id = await circle.SendAsync("gone@late.test");
        string bounce = await postfix.WaitForMailAsync($"Message-ID: <{id}@");
        Assert.Contains($"Delivered-To: {FeedbackCircle.Sender}", bounce, StringComparison.Ordinal);
        dovecot.Deliver("shop", Encoding.UTF8.GetBytes(bounce));

        await circle.MustCloseAsync(id, "gone@late.test", "bounced", "unknown_user");
    }

    [Theory]
    [InlineData(false)] // Microsoft 365
    [InlineData(true)] // Google
    public async Task A_bounce_that_lands_in_the_senders_mailbox_at_a_provider_is_fetched_by_its_API(bool atGoogle)
    {
        Needs(postfix);
        using GmailMailboxFake google = new(withServiceAccount: true);
        MailboxFake mailbox = atGoogle ? google : new GraphMailboxFake();
        await using ProviderFake provider = await ProviderFake.StartAsync(mailbox);
        await using SmtpSink remote = Refusing(postfix.LatePort);
        await using FeedbackCircle circle = await FeedbackCircle.StartAsync(postgres, postfix.Port, postfix.RelayPort, new(mailbox.WorkerSettings(provider.Url)) { ["Relay:OwnReturnPath"] = "false" });

        string id = await circle.SendAsync("gone@late.test");
        KeptMail bounce = mailbox.Add(Encoding.UTF8.GetBytes((await postfix.WaitForMailAsync($"Message-ID: <{id}@")).ReplaceLineEndings("\r\n")));

        await circle.MustCloseAsync(id, "gone@late.test", "bounced", "unknown_user");
        await Eventually.TrueAsync(() => bounce.Place == MailboxFake.Bin);
        JsonElement state = Assert.Single((await circle.Mail.Client.GetAsync("/bounce-mailboxes", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal(("ok", 1), (state.GetProperty("status").GetString(), state.GetProperty("recorded").GetInt32()));
        Assert.Empty(provider.Violations);
    }

    private static void Needs(PeerFixture peer) => Assert.SkipWhen(peer.SkipReason is not null, peer.SkipReason ?? "");

    /// <summary>The server behind the relay.</summary>
    private static SmtpSink Refusing(int port)
    {
        SmtpSink remote = SmtpSink.Start(new SmtpSinkOptions { Port = port });
        remote.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.1.1 This mailbox is gone") : null;
        return remote;
    }

    /// <summary>RFC 5965, about a mail as it lies in a mailbox.</summary>
    private static string Complaint(string received, string to) => $"""
        From: Feedback Loop <fbl@box.test>
        To: {to}
        Subject: FW: Circle
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="=b="

        --=b=
        Content-Type: text/plain; charset=us-ascii

        This is a complaint about a message that you have sent.
        --=b=
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Loop/1.0
        Version: 1

        --=b=
        Content-Type: message/rfc822

        {received}
        --=b=--

        """;
}
