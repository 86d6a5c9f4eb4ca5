using System.Text.Json;
using Mail.Core.Messages;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

/// <summary>What the five systems that this platform replaces asked of their mails, by the row that asked for it.</summary>
public sealed class BuiltInSetPromisesTests
{
    [Theory]
    [InlineData("ESC-1", "password-reset"), InlineData("ESC-2", "password-changed"), InlineData("ESC-3", "welcome")]
    [InlineData("ESC-4", "new-sign-in"), InlineData("ESC-4", "account-locked"), InlineData("ESC-4", "many-reset-requests")]
    [InlineData("CAR-10", "reservation-requested"), InlineData("CAR-10", "reservation-request-sent"), InlineData("CAR-10", "reservation-confirmed"), InlineData("CAR-10", "itinerary-updated")]
    [InlineData("CAR-10", "reservation-refused"), InlineData("CAR-10", "reservation-cancelled"), InlineData("CAR-10", "request-expired-passenger"), InlineData("CAR-10", "request-expired-driver")]
    [InlineData("CAR-10", "passenger-removed"), InlineData("CAR-10", "offer-cancelled"), InlineData("CAR-10", "reminder-driver"), InlineData("CAR-10", "reminder-passenger"), InlineData("CAR-10", "route-updated")]
    [InlineData("CAR-8", "driver-dashboard"), InlineData("BOX-2", "mailbox-created"), InlineData("BOX-9", "mailbox-quota"), InlineData("JOB-2", "interview-invitation"), InlineData("JOB-10", "interview-appointment")]
    [InlineData("JOB-10", "appointment-updated"), InlineData("JOB-10", "appointment-cancelled"), InlineData("JOB-11", "sender-identity"), InlineData("DEV-3", "test-message")]
    public void Every_mail_that_was_asked_for_is_there(string row, string key) => Assert.True(TemplateSamples.Catalog.Find(key) is not null, $"{row}: {key}");

    [Fact]
    public void JOB_2_French_invitation_has_the_subject_and_the_form_of_the_expiry_that_was_asked_for()
    {
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample("interview-invitation");
        (variables["expires_at"], variables["time_zone"]) = (Json("2026-12-01T23:30:00Z"), Json("Europe/Paris"));

        RenderedEmail mail = TemplateSamples.Renderer.Render(TemplateSamples.Catalog.Find("interview-invitation")!, variables, "fr");

        Assert.Equal("Invitation à l'entretien vidéo — Développeur .NET", mail.Subject);
        Assert.Contains("02/12/2026 à 00:30", mail.Html, StringComparison.Ordinal);
        Assert.Contains("02/12/2026 à 00:30", mail.Text, StringComparison.Ordinal);
        Assert.Contains(variables["start_url"].GetString()!, mail.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("mailbox-created"), InlineData("mailbox-password-rotated")]
    public void BOX_2_Password_of_a_mailbox_is_in_no_mail_but_behind_a_link_that_shows_it_once(string key)
    {
        PublishedTemplate template = TemplateSamples.Catalog.Find(key)!;

        Assert.DoesNotContain(template.Variables, variable => variable.Name.Contains("password", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(template.Variables, variable => variable is { Name: "reveal_url", Required: true, Type: TemplateVariableType.Url });
    }

    [Theory, InlineData("en", "08:15", "08:30"), InlineData("fr", "08:15", "08:30")]
    public void CAR_9_Moved_pick_up_shows_the_old_and_the_new_time(string locale, string old, string now)
    {
        RenderedEmail mail = TemplateSamples.RenderSample("route-updated", locale);

        Assert.Contains(old, mail.Text, StringComparison.Ordinal);
        Assert.Contains(now, mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password-changed"), InlineData("new-sign-in"), InlineData("account-locked"), InlineData("many-reset-requests"), InlineData("email-changed"), InlineData("two-factor-disabled"), InlineData("recovery-code-used")]
    public void ESC_4_Mail_about_an_account_says_when_where_and_what_to_do_and_waits_for_nothing(string key)
    {
        RenderedEmail mail = TemplateSamples.RenderSample(key, "fr");

        foreach (string fact in (string[])["21 novembre 2026 à 15:32", "203.0.113.24", "Firefox 145", "Ce n’était pas moi\nhttps://"]) Assert.Contains(fact, mail.Text, StringComparison.Ordinal);
        Assert.Equal(Lane.Critical, TemplateSamples.Catalog.Find(key)!.Lane);
    }

    [Theory]
    [InlineData("interview-invitation"), InlineData("interview-extended"), InlineData("interview-reminder"), InlineData("interview-revoked"), InlineData("interview-appointment")]
    [InlineData("appointment-updated"), InlineData("appointment-cancelled"), InlineData("decision-request"), InlineData("decision-reminder"), InlineData("decision-expired")]
    public void Mail_whose_links_act_or_let_one_person_in_is_not_tracked_by_itself(string key) => Assert.False(TemplateSamples.Catalog.Find(key)!.Tracking);

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
