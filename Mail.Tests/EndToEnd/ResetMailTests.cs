using System.Text.Json;

namespace Mail.Tests.EndToEnd;

/// <summary>The first job of the platform (ESC-1, ESC-5): an app asks for a reset mail and the finished mail lies in the inbox.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class ResetMailTests(SharedMail shared)
{
    [Theory]
    [InlineData("en", "Reset your")]
    [InlineData("fr-CA", "mot de passe")]
    public async Task A_reset_mail_arrives_with_its_code_in_html_and_text_and_a_subject_in_the_recipients_language(string locale, string subject)
    {
        string recipient = $"ada-{locale}@example.net";

        string id = await shared.Mail.SendAsync(new
        {
            from = "Acme <no-reply@example.com>",
            to = recipient,
            template = new { id = "password-reset", variables = new { code = "493817", name = "Ada" }, locale },
        });

        JsonElement mail = await shared.Mail.MailForAsync(recipient);
        Assert.Contains(subject, mail.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("493817", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("493817", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("493817", mail.GetProperty("subject").GetString(), StringComparison.Ordinal);
        JsonElement email = await RunningMail.EventuallyAsync(() => shared.Mail.GetEmailAsync(id), answer => answer.GetProperty("last_event").GetString() == "sent", TimeSpan.FromSeconds(10));
        JsonElement sent = Assert.Single(email.GetProperty("recipients").EnumerateArray());
        Assert.Equal((250, 1), (sent.GetProperty("code").GetInt32(), sent.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task Every_recipient_gets_it_and_bcc_is_shown_to_nobody()
    {
        string id = await shared.Mail.SendAsync(new
        {
            from = "a@example.com", to = "to@example.net", cc = "cc@example.net", bcc = "hidden@example.net", subject = "Zürich – déjà vu", html = "<p>Grüße</p>", text = "Grüße",
            attachments = new[] { new { filename = "übersicht.txt", content = Convert.ToBase64String("inhalt"u8) } },
        });

        await RunningMail.EventuallyAsync(() => shared.Mail.GetEmailAsync(id), answer => answer.GetProperty("recipients").EnumerateArray().All(r => r.GetProperty("state").GetString() == "sent"), TimeSpan.FromSeconds(15));
        JsonElement mail = await shared.Mail.MailForAsync("to@example.net");
        Assert.Equal("Zürich – déjà vu", mail.GetProperty("subject").GetString());
        Assert.Equal("übersicht.txt", Assert.Single(mail.GetProperty("attachments").EnumerateArray()).GetProperty("fileName").GetString());
        string raw = await shared.Mail.Api.GetStringAsync(new Uri($"/emails/{id}/raw", UriKind.Relative));
        Assert.DoesNotContain("hidden@", raw, StringComparison.Ordinal);
    }
}
