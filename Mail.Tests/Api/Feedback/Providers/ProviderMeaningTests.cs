using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>What each provider's words become: state, cause, and whether the address is suppressed. THEID, NOW (Unix seconds) and TIME stand for the moment's.</summary>
public sealed class ProviderMeaningTests(ProviderApi api) : IClassFixture<ProviderApi>
{
    private const string Bob = "bob@example.net";

    public static TheoryData<string, string, string, string?, string?> Meanings => new()
    {
        // https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"processed","mail_message_id":"THEID","sg_event_id":"a"}]""", "sent", null, null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"bounce","type":"blocked","reason":"550 5.7.1 Message rejected as spam","status":"5.7.1","mail_message_id":"THEID"}]""", "bounced", "spam", null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"bounce","type":"bounce","reason":"550 5.7.1 Message rejected as spam","status":"5.7.1","mail_message_id":"THEID"}]""", "bounced", "spam", null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"bounce","type":"blocked","reason":"552 5.2.2 The mailbox is over quota","status":"5.2.2","mail_message_id":"THEID"}]""", "bounced", "mailbox_full", null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"bounce","type":"blocked","bounce_classification":"Unclassified","reason":"unable to get mx info: failed to get IPs from PTR record: lookup <nil>: unrecognized address","smtp-id":"<THEID@example.com>"}]""", "bounced", null, null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"dropped","reason":"Bounced Address","status":"5.0.0","mail_message_id":"THEID"}]""", "bounced", "recipient_inactive", "hard_bounce" },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"dropped","reason":"Spam Reporting Address","mail_message_id":"THEID"}]""", "bounced", "recipient_inactive", null },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"dropped","reason":"Invalid","mail_message_id":"THEID"}]""", "bounced", "bad_address", "hard_bounce" },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"unsubscribe","mail_message_id":"THEID"}]""", "sent", null, "unsubscribe" },
        { "sendgrid", """[{"email":"bob@example.net","timestamp":NOW,"event":"group_resubscribe","asm_group_id":10,"mail_message_id":"THEID"}]""", "sent", null, null },

        // https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
        { "mailgun", """{"event":"failed","severity":"permanent","reason":"suppress-bounce","id":"G9Bn5sl1TC6nu79C8C0bwg","timestamp":NOW.5,"recipient":"bob@example.net","delivery-status":{"code":605,"message":"","description":"Not delivering to previously bounced address"},"user-variables":{"mail_message_id":"THEID"}}""", "bounced", "recipient_inactive", "hard_bounce" },
        { "mailgun", """{"event":"failed","severity":"permanent","reason":"suppress-unsubscribe","id":"b","timestamp":NOW,"recipient":"bob@example.net","delivery-status":{"code":606,"description":"Not delivering to unsubscribed address"},"user-variables":{"mail_message_id":"THEID"}}""", "bounced", "recipient_inactive", null },
        { "mailgun", """{"event":"failed","severity":"permanent","reason":"old","id":"c","timestamp":NOW,"recipient":"bob@example.net","delivery-status":{"code":602,"message":"Too old","attempt-no":8},"user-variables":{"mail_message_id":"THEID"}}""", "bounced", "receiver_gave_up", null },
        { "mailgun", """{"event":"failed","severity":"permanent","reason":"generic","id":"d","timestamp":NOW,"recipient":"bob@example.net","delivery-status":{"code":554,"message":"5.7.1 Service unavailable; client host blocked using Spamhaus"},"message":{"headers":{"message-id":"THEID@example.com"}},"user-variables":[]}""", "bounced", "blocked_spamhaus", null },
        { "mailgun", """{"event":"rejected","id":"e","timestamp":NOW,"recipient":"bob@example.net","reject":{"reason":"Sandbox subdomains are for test purposes only.","description":""},"user-variables":{"mail_message_id":"THEID"}}""", "bounced", null, null },
        { "mailgun", """{"event":"unsubscribed","id":"f","timestamp":NOW,"recipient":"bob@example.net","user-variables":{"mail_message_id":"THEID"}}""", "sent", null, "unsubscribe" },
        { "mailgun", """{"event":"accepted","id":"g","timestamp":NOW,"recipient":"bob@example.net","user-variables":{"mail_message_id":"THEID"}}""", "sent", null, null },

        // https://postmarkapp.com/developer/api/bounce-api#bounce-types
        { "postmark", """{"RecordType":"Bounce","Type":"SoftBounce","TypeCode":4096,"Email":"bob@example.net","BouncedAt":"TIME","Details":"smtp;552 5.2.2 Over quota","Metadata":{"mail_message_id":"THEID"}}""", "bounced", "mailbox_full", null },
        { "postmark", """{"RecordType":"Bounce","Type":"BadEmailAddress","TypeCode":100000,"Email":"bob@example.net","BouncedAt":"TIME","Details":"","Description":"The address is not a valid email address.","Metadata":{"mail_message_id":"THEID"}}""", "bounced", "bad_address", "hard_bounce" },
        { "postmark", """{"RecordType":"Bounce","Type":"ManuallyDeactivated","TypeCode":100002,"Email":"bob@example.net","BouncedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "bounced", "recipient_inactive", null },
        { "postmark", """{"RecordType":"Bounce","Type":"AutoResponder","TypeCode":64,"Email":"bob@example.net","BouncedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "sent", null, null },
        { "postmark", """{"RecordType":"Bounce","Type":"Unsubscribe","TypeCode":16,"Email":"bob@example.net","BouncedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "sent", null, "unsubscribe" },
        { "postmark", """{"RecordType":"SubscriptionChange","Recipient":"bob@example.net","Origin":"Recipient","SuppressSending":true,"SuppressionReason":"ManualSuppression","ChangedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "sent", null, "unsubscribe" },
        { "postmark", """{"RecordType":"SubscriptionChange","Recipient":"bob@example.net","Origin":"Recipient","SuppressSending":true,"SuppressionReason":"HardBounce","ChangedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "bounced", "no_reason_given", "hard_bounce" },
        { "postmark", """{"RecordType":"SubscriptionChange","Recipient":"bob@example.net","Origin":"Customer","SuppressSending":false,"SuppressionReason":null,"ChangedAt":"TIME","Metadata":{"mail_message_id":"THEID"}}""", "sent", null, null },

        // https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
        { "ses", """{"eventType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","timestamp":"TIME","bouncedRecipients":[{"emailAddress":"bob@example.net","action":"failed","status":"5.2.2","diagnosticCode":"smtp; 552 5.2.2 Mailbox is full"}]},"mail":{"tags":{"mail_message_id":["THEID"]}}}""", "bounced", "mailbox_full", null },
        { "ses", """{"eventType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"OnAccountSuppressionList","timestamp":"TIME","bouncedRecipients":[{"emailAddress":"bob@example.net","action":"failed","status":"5.1.1","diagnosticCode":"Amazon SES did not send the message to this address because it is on the suppression list for your account."}]},"mail":{"tags":{"mail_message_id":["THEID"]}}}""", "bounced", "recipient_inactive", "hard_bounce" },
        { "ses", """{"eventType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"General","timestamp":"TIME","bouncedRecipients":[{"emailAddress":"bob@example.net"}]},"mail":{"tags":{"mail_message_id":["THEID"]}}}""", "sent", null, null },
        { "ses", """{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","timestamp":"TIME","bouncedRecipients":[{"emailAddress":"bob@example.net","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 unknown"}]},"mail":{"messageId":"x","headers":[{"name":"Subject","value":"s"},{"name":"Message-ID","value":"<THEID@example.com>"}]}}""", "bounced", "unknown_user", "hard_bounce" },
        { "ses", """{"eventType":"Complaint","complaint":{"complaintSubType":"OnAccountSuppressionList","timestamp":"TIME","complainedRecipients":[{"emailAddress":"bob@example.net"}]},"mail":{"tags":{"mail_message_id":["THEID"]}}}""", "bounced", "recipient_inactive", null },
        { "ses", """{"eventType":"Complaint","complaint":{"complaintFeedbackType":"not-spam","timestamp":"TIME","complainedRecipients":[{"emailAddress":"bob@example.net"}]},"mail":{"tags":{"mail_message_id":["THEID"]}}}""", "sent", null, null },
        { "ses", """{"eventType":"Reject","reject":{"reason":"Bad content"},"mail":{"timestamp":"TIME","destination":["bob@example.net"],"tags":{"mail_message_id":["THEID"]}}}""", "bounced", "virus", null },
        { "ses", """{"eventType":"Send","send":{},"mail":{"timestamp":"TIME","destination":["bob@example.net"],"tags":{"mail_message_id":["THEID"]}}}""", "sent", null, null },
        { "ses", "Successfully validated SNS topic for Amazon SES event publishing.", "sent", null, null },

        // https://resend.com/docs/webhooks/event-types
        { "resend", """{"type":"email.suppressed","created_at":"TIME","data":{"to":["Bob <bob@example.net>"],"tags":{"mail_message_id":"THEID"},"suppressed":{"type":"OnAccountSuppressionList","reason":"previous_bounce","message":"The address bounced before.","diagnosticCode":[]}}}""", "bounced", "recipient_inactive", "hard_bounce" },
        { "resend", """{"type":"email.failed","created_at":"TIME","data":{"to":["bob@example.net"],"tags":[{"name":"mail_message_id","value":"THEID"}],"failed":{"reason":"reached_daily_quota"}}}""", "bounced", null, null },
        { "resend", """{"type":"email.bounced","created_at":"TIME","data":{"to":["eve@example.net","bob@example.net"],"tags":{"mail_message_id":"THEID"},"bounce":{"type":"Transient","subType":"MailboxFull","message":"m","diagnosticCode":["smtp; 550 5.1.1 unknown","smtp; 552 5.2.2 Mailbox is full"]}}}""", "bounced", "mailbox_full", null },
        { "resend", """{"type":"email.sent","created_at":"TIME","data":{"to":["bob@example.net"],"tags":{"mail_message_id":"THEID"}}}""", "sent", null, null },
        { "resend", """{"type":"contact.created","created_at":"TIME","data":{"id":"e169aa45-1ecf-4183-9955-b1499d5701d3"}}""", "sent", null, null },
    };

    [Theory, MemberData(nameof(Meanings))]
    public async Task Words_of_the_provider_become_ours(string provider, string happening, string state, string? cause, string? suppression)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);

        await scene.PostAsync(scene.Hook.Sign(At(happening, id), DateTimeOffset.UtcNow), HttpStatusCode.OK);

        JsonElement bob = await scene.RecipientAsync(id, Bob);
        Assert.Equal(state, bob.GetProperty("state").GetString());
        if (cause is not null) Assert.Equal(cause, bob.GetProperty("cause").GetProperty("code").GetString());
        Assert.Equal(suppression is null ? [] : [$"{Bob} {suppression}"], await scene.SuppressedAsync());
    }

    [Fact]
    public async Task Who_leaves_a_group_at_SendGrid_leaves_the_topic_of_the_message_and_hears_of_the_others()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string id = (await scene.Client.PostAsync("/emails", """{"from":"shop@example.com","to":["bob@example.net"],"subject":"News","text":"Hello","topic_id":"news"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await scene.FinishAsync(id);

        await scene.PostAsync(scene.Hook.Sign(At("""[{"email":"bob@example.net","timestamp":NOW,"event":"group_unsubscribe","asm_group_id":10,"mail_message_id":"THEID"}]""", id), DateTimeOffset.UtcNow), HttpStatusCode.OK);

        JsonElement entry = (await scene.Client.GetAsync("/suppressions", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.Equal(("news", "unsubscribe", id), (entry.GetProperty("topic_id").GetString(), entry.GetProperty("reason").GetString(), entry.GetProperty("email_id").GetString()));
        Assert.Contains(await scene.EventsAsync(id), one => one.Type == "suppression.added");
    }

    [Theory]
    [InlineData("normal", 1)]
    [InlineData("critical", 0)]
    public async Task A_click_is_told_as_our_own_tracking_tells_it_and_never_of_a_code(string lane, int told)
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string id = (await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.com","to":["bob@example.net"],"subject":"S","text":"T","lane":"{{lane}}"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await scene.FinishAsync(id);

        JsonElement answer = await scene.TellAsync(Happening.Clicked, id, Bob);

        Assert.Equal(told, answer.GetProperty("told").GetInt32());
        (string Type, string? Detail)[] clicks = [.. (await scene.EventsAsync(id)).Where(one => one.Type == "email.clicked")];
        Assert.Equal(told, clicks.Length);
        if (told == 0) return;
        JsonElement detail = JsonDocument.Parse(clicks[0].Detail!).RootElement;
        Assert.Equal(("https://shop.example.com/?a=1", false, "SendGrid"), (detail.GetProperty("click").GetProperty("link").GetString(), detail.GetProperty("machine").GetBoolean(), detail.GetProperty("reported_by").GetString()));
        Assert.DoesNotContain("Mozilla", clicks[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("255.255", clicks[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_of_the_reading_of_somebody_who_objects()
    {
        ProviderScene scene = await api.SceneAsync("mailgun");
        string id = await scene.SentAsync("Bob@Example.net");
        await scene.Client.PostAsync("/tracking/objections", """{"email":"bob@example.net"}""", HttpStatusCode.Created);

        JsonElement answer = await scene.TellAsync(Happening.Clicked, id, "Bob@Example.net");

        Assert.Equal(0, answer.GetProperty("told").GetInt32());
        Assert.Empty(await scene.EventsAsync(id));
    }

    private static string At(string happening, string id) => happening.Replace("THEID", id, StringComparison.Ordinal)
        .Replace("NOW", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("TIME", DateTimeOffset.UtcNow.UtcDateTime.ToString("O"), StringComparison.Ordinal);
}
