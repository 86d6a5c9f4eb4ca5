using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>The whole circle over each provider: out by its API, back by its webhook, on to the list and to the app.</summary>
public sealed partial class ProviderCircleTests(ProviderApi api) : IClassFixture<ProviderApi>
{
    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_mail_goes_out_bounces_is_explained_suppressed_refused_next_time_and_the_app_hears_of_it(string provider)
    {
        await using ProviderFake fake = await ProviderFake.StartAsync(ProviderHook.Of(provider).Api);
        ProviderScene scene = await api.SceneAsync(provider, fake);
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await scene.Client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/","events":["email.sent","email.bounced","suppression.added"]}""", HttpStatusCode.Created);
        await using TestWorker worker = await TestWorker.StartAsync(scene.Api.ConnectionString);
        await using WebhookWorkerHost telling = await WebhookWorkerHost.StartAsync(scene.Api.ConnectionString);

        string id = await scene.AcceptedAsync("gone@example.net", "fine@example.net");
        await Eventually.TrueAsync(async () => await scene.StateAsync(id, "gone@example.net") == "sent" && await scene.StateAsync(id, "fine@example.net") == "sent");
        string[] tags = [.. fake.Mails.Select(mail => Tag().Match(mail.Request.Text).Groups["id"].Value).Distinct()];
        await scene.TellAsync(Happening.Bounced, Assert.Single(tags), "gone@example.net");

        Assert.Empty(fake.Violations);
        JsonElement gone = await scene.RecipientAsync(id, "gone@example.net");
        Assert.Equal(("bounced", "unknown_user", "out"), (gone.GetProperty("state").GetString(), gone.GetProperty("cause").GetProperty("code").GetString(), gone.GetProperty("relay").GetString()));
        Assert.Contains("remove the address", gone.GetProperty("cause").GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal("sent", await scene.StateAsync(id, "fine@example.net"));
        Assert.Equal(["gone@example.net hard_bounce"], await scene.SuppressedAsync());
        JsonElement refused = await scene.Client.PostAsync("/emails", """{"from":"Shop <shop@example.com>","to":["gone@example.net"],"subject":"Again","text":"Hello"}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("recipient_suppressed", refused.GetProperty("name").GetString());
        await Eventually.TrueAsync(() => receiver.All.Count(one => one.Type is "email.bounced" or "suppression.added") == 2);
        JsonElement told = receiver.All.Single(one => one.Type == "email.bounced").Json.GetProperty("data");
        Assert.Equal((id, "gone@example.net", "unknown_user"), (told.GetProperty("email_id").GetString(), told.GetProperty("recipient").GetString(), told.GetProperty("cause").GetProperty("code").GetString()));
        Assert.True(told.GetProperty("bounce").GetProperty("hard").GetBoolean());
    }

    [GeneratedRegex("mail_message_id.{0,60}?(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", RegexOptions.Singleline)]
    private static partial Regex Tag();
}
