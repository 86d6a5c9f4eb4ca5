using System.Text.Json;
using Mail.Tests.Api.Feedback;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Smtp;

// The whole circle with a server that is not ours: out over a real Postfix, which takes the mail and bounces it, and back by the return path.
public sealed class BounceCircleTests(PostgresFixture postgres, PostfixFixture postfix) : IClassFixture<PostfixFixture>
{
    [Fact]
    public async Task A_late_bounce_of_a_real_Postfix_comes_back_and_makes_its_recipient_bounced()
    {
        Assert.SkipWhen(postfix.SkipReason is not null, postfix.SkipReason ?? "");
        await using SmtpSink remote = SmtpSink.Start(new SmtpSinkOptions { Port = postfix.LatePort }); // the server behind the relay
        remote.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.1.1 This mailbox is gone") : null;
        await using FeedbackCase mail = await FeedbackCase.StartAsync(
            postgres, ("Reception:Port", $"{postfix.RelayPort}"), ("RETURN_PATH_DOMAIN", "example.net"), ("Feedback:WaitForOutcome", "00:00:05"));
        await using TestWorker worker = await TestWorker.StartAsync(mail.Api.ConnectionString, settings: new Dictionary<string, string?>
        {
            ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{postfix.Port}", ["SMTP_TLS"] = "none", ["RETURN_PATH_DOMAIN"] = "example.net",
        });

        JsonElement sent = await mail.Client.PostAsync(
            "/emails", """{"from":"Shop <shop@example.com>","to":["gone@late.test","fine@box.test","bad@box.test"],"subject":"Circle","text":"Hello"}""", System.Net.HttpStatusCode.OK);
        string id = sent.GetProperty("id").GetString()!;
        await Eventually.TrueAsync(async () => await mail.StateAsync(id, "gone@late.test") == "bounced");

        JsonElement gone = await mail.RecipientAsync(id, "gone@late.test");
        Assert.Equal(("5.1.1", "unknown_user"), (gone.GetProperty("enhanced_code").GetString(), gone.GetProperty("cause").GetProperty("code").GetString()));
        Assert.Contains("mx.test.local reported that it was not delivered", gone.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("This mailbox is gone", gone.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("sent", "bounced"), (await mail.StateAsync(id, "fine@box.test"), await mail.StateAsync(id, "bad@box.test"))); // the last one was refused at once
        List<string> events = await mail.EventsAsync(id);
        Assert.Equal(2, events.Count(one => one == "email.sent"));
        Assert.Contains(events, one => one.StartsWith("email.bounced {", StringComparison.Ordinal));
        Assert.Contains("Return-Path: <r", await postfix.WaitForMailAsync("Subject: Circle"), StringComparison.Ordinal);
    }
}
