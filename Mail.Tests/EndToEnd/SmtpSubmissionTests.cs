using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>The port that the start prints takes the mail of an app that knows nothing but SMTP.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class SmtpSubmissionTests(SharedMail shared)
{
    [Fact]
    public async Task A_mail_that_came_by_SMTP_lies_in_the_inbox()
    {
        using SmtpTalk app = await SmtpTalk.SignInAsync(shared.Mail.Submission.Port, RunningMail.ApiKey);

        string answer = await app.SendAsync("a@example.com", ["smtp-app@example.net"], "From: App <a@example.com>\nTo: smtp-app@example.net\nSubject: By SMTP\n\nHello\n");

        Assert.Matches("^250 2\\.0\\.0 [0-9a-f-]{36} accepted$", answer);
        JsonElement mail = await shared.Mail.MailForAsync("smtp-app@example.net");
        Assert.Equal("By SMTP", mail.GetProperty("subject").GetString());
    }
}
