using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>What holds for every provider's webhook.</summary>
public sealed class ProviderWebhookTests(ProviderApi api) : IClassFixture<ProviderApi>
{
    private const string Bob = "bob@example.net", Eve = "eve@example.net";

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_bounce_after_the_delivery_changes_the_state_and_suppresses(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob, Eve);

        JsonElement delivered = await scene.TellAsync(Happening.Delivered, id, Bob);
        Assert.Equal("delivered", await scene.StateAsync(id, Bob));
        await scene.TellAsync(Happening.Bounced, id, Bob);

        Assert.Equal((1, 1, 0, 0), (Int(delivered, "events"), Int(delivered, "changed"), Int(delivered, "told"), Int(delivered, "unmatched")));
        JsonElement bob = await scene.RecipientAsync(id, Bob);
        Assert.Equal(("bounced", "unknown_user", "5.1.1", 550), (bob.GetProperty("state").GetString(), bob.GetProperty("cause").GetProperty("code").GetString(), bob.GetProperty("enhanced_code").GetString(), bob.GetProperty("code").GetInt32()));
        Assert.Contains("reported that it was not delivered: ", bob.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("sent", await scene.StateAsync(id, Eve));
        Assert.Equal([$"{Bob} hard_bounce"], await scene.SuppressedAsync());
        (_, string? detail) = (await scene.EventsAsync(id)).Single(one => one.Type == "email.bounced");
        JsonElement bounce = JsonDocument.Parse(detail!).RootElement.GetProperty("bounce");
        Assert.Equal(("userunknown", "permanent", true), (bounce.GetProperty("reason").GetString(), bounce.GetProperty("type").GetString(), bounce.GetProperty("hard").GetBoolean()));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_complaint_makes_the_recipient_complained_and_suppresses(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);

        await scene.TellAsync(Happening.Complained, id, Bob);

        Assert.Equal("complained", await scene.StateAsync(id, Bob));
        Assert.Equal([$"{Bob} complaint"], await scene.SuppressedAsync());
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_delay_is_told_once_and_changes_no_state(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);

        JsonElement first = await scene.TellAsync(Happening.Delayed, id, Bob);
        JsonElement again = await scene.PostAsync(scene.Hook.Tell(Happening.Delayed, id, Bob, DateTimeOffset.UtcNow.AddSeconds(-2)), HttpStatusCode.OK);

        Assert.Equal((1, 0), (Int(first, "told"), Int(again, "told")));
        Assert.Equal("sent", await scene.StateAsync(id, Bob));
        Assert.Single(await scene.EventsAsync(id), one => one.Type == "email.delivery_delayed");
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task An_address_in_other_letters_is_the_same_recipient(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync("Bob.Smith@Example.net");

        await scene.TellAsync(Happening.Delivered, id, "bob.smith@example.net");

        Assert.Equal("delivered", await scene.StateAsync(id, "Bob.Smith@Example.net"));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task An_altered_request_and_one_with_a_wrong_key_are_refused_and_store_nothing(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        HookRequest right = scene.Hook.Tell(Happening.Bounced, id, Bob);
        string happening = right.Body;

        JsonElement altered = await scene.PostAsync(scene.Hook.Alter(right), HttpStatusCode.Unauthorized);
        JsonElement wrong = await scene.PostAsync(scene.Hook.Sign(happening, DateTimeOffset.UtcNow, withWrongKey: true), HttpStatusCode.Unauthorized);
        JsonElement unsigned = await scene.PostAsync(new HookRequest("{}"), provider == "ses" ? HttpStatusCode.BadRequest : HttpStatusCode.Unauthorized);

        Assert.Equal(("webhook_wrong_signature", "webhook_wrong_signature"), (altered.GetProperty("name").GetString(), wrong.GetProperty("name").GetString()));
        Assert.Equal(provider == "ses" ? "validation_error" : "webhook_not_signed", unsigned.GetProperty("name").GetString());
        Assert.Equal("sent", await scene.StateAsync(id, Bob));
        Assert.Equal(0, await scene.RememberedAsync());
        foreach (JsonElement answer in new[] { altered, wrong, unsigned }) Assert.DoesNotContain(scene.Hook.Proof, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_late_request_and_one_of_the_future_are_refused_and_store_nothing(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);

        foreach (DateTimeOffset at in new[] { DateTimeOffset.UtcNow - scene.Hook.TooOld, DateTimeOffset.UtcNow.AddMinutes(6) })
        {
            JsonElement late = await scene.PostAsync(scene.Hook.Tell(Happening.Bounced, id, Bob, at), (HttpStatusCode)scene.Hook.Refusals.TooOld);
            Assert.Equal("webhook_too_old", late.GetProperty("name").GetString());
        }

        Assert.Equal("sent", await scene.StateAsync(id, Bob));
        Assert.Equal(0, await scene.RememberedAsync());
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task A_replayed_request_is_refused_and_puts_back_nothing(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        HookRequest request = scene.Hook.Tell(Happening.Bounced, id, Bob);
        await scene.PostAsync(request, HttpStatusCode.OK);
        await scene.Client.DeleteAsync($"/suppressions/{Bob}", HttpStatusCode.OK);
        long remembered = await scene.RememberedAsync();

        JsonElement again = await scene.PostAsync(request, (HttpStatusCode)scene.Hook.Refusals.Repeated);

        Assert.Equal("webhook_already_taken", again.GetProperty("name").GetString());
        Assert.Empty(await scene.SuppressedAsync());
        Assert.Single(await scene.EventsAsync(id), one => one.Type == "email.bounced");
        Assert.Equal(remembered, await scene.RememberedAsync());
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task The_same_request_at_the_same_moment_counts_once(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        HookRequest request = scene.Hook.Tell(Happening.Clicked, id, Bob);

        int[] statuses = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await scene.PostAsync(request, HttpStatusCode.OK);
                return 200;
            }
            catch (Xunit.Sdk.TrueException)
            {
                return scene.Hook.Refusals.Repeated;
            }
        }));

        Assert.Equal(1, statuses.Count(status => status == 200));
        Assert.Single(await scene.EventsAsync(id), one => one.Type == "email.clicked");
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task What_is_about_another_projects_message_an_unknown_one_or_an_unknown_recipient_changes_nothing(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider), other = await api.SceneAsync(provider);
        string foreign = await other.SentAsync(Bob), own = await scene.SentAsync(Bob);

        foreach ((string id, string email) in new[] { (foreign, Bob), (Guid.CreateVersion7().ToString(), Bob), (own, "nobody@example.net"), ("not-an-id", Bob), (own, new string('x', 5000)) })
        {
            JsonElement answer = await scene.TellAsync(Happening.Bounced, id, email);
            Assert.Equal((1, 0, 1), (Int(answer, "events"), Int(answer, "changed"), Int(answer, "unmatched")));
        }

        Assert.Equal(("sent", "sent"), (await other.StateAsync(foreign, Bob), await scene.StateAsync(own, Bob)));
        Assert.Empty(await scene.SuppressedAsync());
        Assert.Empty(await other.SuppressedAsync());
        Assert.Contains(scene.Api.Log, line => line.Contains($"relay {scene.RelayId}", StringComparison.Ordinal) && line.Contains("1 fit no message", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains("nobody@example.net", StringComparison.Ordinal) && !line.Contains("Npgsql", StringComparison.Ordinal) && line.Contains("told", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task What_is_faster_than_our_own_note_has_to_come_again(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.AcceptedAsync(Bob);
        await scene.ExecuteAsync($"UPDATE deliveries SET state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' WHERE message_id = '{id}'");
        HookRequest request = scene.Hook.Tell(Happening.Bounced, id, Bob);

        await scene.PostAsync(request, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(0, await scene.RememberedAsync());
        await scene.FinishAsync(id);
        await scene.PostAsync(request, HttpStatusCode.OK);

        Assert.Equal("bounced", await scene.StateAsync(id, Bob));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task The_address_is_shown_and_the_secret_never_is(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string url = $"https://mail.example.com/api/inbound/providers/{scene.RelayId}";

        JsonElement listed = (await scene.Client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data")[0], read = await scene.Client.GetAsync($"/relays/{scene.RelayId}", HttpStatusCode.OK);
        JsonElement changed = await scene.Client.PatchAsync($"/relays/{scene.RelayId}", """{"settings":{"base_url":"http://127.0.0.1:1"}}""", HttpStatusCode.UnprocessableEntity); // the API's key is asked for, not the webhook's
        JsonElement wrong = await scene.Client.PatchAsync($"/relays/{scene.RelayId}", $$"""{"settings":{"{{scene.Hook.Setting}}":"x y"} }""", HttpStatusCode.UnprocessableEntity);

        foreach (JsonElement relay in new[] { scene.Relay, listed, read })
        {
            Assert.Equal(url, relay.GetProperty("webhook_url").GetString());
            JsonElement proof = relay.GetProperty("settings").GetProperty(scene.Hook.Setting);
            if (provider is "sendgrid" or "ses") Assert.Equal(scene.Hook.Proof, proof.GetString()); // public
            else Assert.Equal("""{"set":true}""", proof.GetRawText());
        }

        Assert.DoesNotContain(scene.Hook.Setting, changed.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"`settings.{scene.Hook.Setting}` ", wrong.GetProperty("message").GetString(), StringComparison.Ordinal);
        if (provider is not ("sendgrid" or "ses")) Assert.DoesNotContain(scene.Api.Log, line => line.Contains(scene.Hook.Proof, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task Without_its_setting_nothing_is_taken_and_the_setting_can_be_exchanged(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        await scene.Client.PatchAsync($"/relays/{scene.RelayId}", $$"""{"settings":{"{{scene.Hook.Setting}}":null} }""", HttpStatusCode.OK);

        JsonElement refused = await scene.PostAsync(scene.Hook.Tell(Happening.Bounced, id, Bob), HttpStatusCode.Conflict);
        await scene.Client.PatchAsync($"/relays/{scene.RelayId}", JsonSerializer.Serialize(new { enabled = false, settings = new Dictionary<string, string> { [scene.Hook.Setting] = scene.Hook.Proof } }), HttpStatusCode.OK);
        await scene.TellAsync(Happening.Bounced, id, Bob); // one that is switched off has sent before

        Assert.Equal("webhook_not_set_up", refused.GetProperty("name").GetString());
        Assert.Contains($"settings.{scene.Hook.Setting}", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("bounced", await scene.StateAsync(id, Bob));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task Hostile_bodies_are_refused_or_ignored_even_when_they_are_signed(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        string fine = scene.Hook.Tell(Happening.Bounced, id, Bob).Body;
        string[] bodies =
        [
            "", "{", "null", "[]", "{}", "\"x\"", "[1,null,[],{}]", "[{\"event\":{},\"email\":[],\"timestamp\":\"x\"}]", new string('[', 5000), "[{\"email\":\"\\ud800\",\"event\":\"bounce\",\"timestamp\":1e300}]",
            "{\"RecordType\":\"Bounce\",\"BouncedAt\":{},\"Email\":1}", "{\"type\":\"email.bounced\",\"data\":{\"to\":{\"a\":1},\"tags\":[[]]}}", "{\"type\":\"email.bounced\",\"data\":[]}",
            "{\"event\":\"failed\",\"recipient\":\"b@example.net\",\"user-variables\":[],\"delivery-status\":7}", "{\"eventType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[1,{\"emailAddress\":{}}]},\"mail\":[]}",
        ];

        foreach (string body in bodies)
        {
            HookRequest request = scene.Hook.Sign(body, DateTimeOffset.UtcNow);
            (HttpStatusCode status, string answer) = await StatusAsync(scene, request);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{status} {answer} to {body[..Math.Min(body.Length, 100)]}");
        }

        Assert.NotEmpty(fine);
        Assert.Equal("sent", await scene.StateAsync(id, Bob));
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task Text_with_a_NUL_and_half_a_character_is_stored_without_them(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);
        string id = await scene.SentAsync(Bob);
        HookRequest sample = scene.Hook.Tell(Happening.Bounced, id, Bob);
        string happening = provider switch
        {
            "ses" => JsonDocument.Parse(sample.Body).RootElement.GetProperty("Message").GetString()!,
            "mailgun" => JsonDocument.Parse(sample.Body).RootElement.GetProperty("event-data").GetRawText(),
            _ => sample.Body,
        };

        await scene.PostAsync(scene.Hook.Sign(happening.Replace("does not exist", @"does\u0000 not exist \ud83d\ude00", StringComparison.Ordinal), DateTimeOffset.UtcNow), HttpStatusCode.OK);

        Assert.Equal("bounced", await scene.StateAsync(id, Bob));
    }

    [Fact]
    public async Task An_unknown_relay_and_one_without_webhooks_is_not_found()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        JsonElement smtp = await scene.Client.PostAsync("/relays", """{"name":"smtp","kind":"smtp","settings":{"host":"127.0.0.1","tls":"none"}}""", HttpStatusCode.Created);
        HookRequest request = scene.Hook.Tell(Happening.Bounced, Guid.NewGuid().ToString(), Bob);

        foreach (string id in new[] { Guid.NewGuid().ToString(), "x", smtp.GetProperty("id").GetString()!, "%20", new string('9', 500) }) await scene.PostAsync(id, request, HttpStatusCode.NotFound);

        Assert.Equal(JsonValueKind.Null, smtp.GetProperty("webhook_url").ValueKind);
    }

    [Theory, MemberData(nameof(ProviderHook.All), MemberType = typeof(ProviderHook))]
    public async Task What_is_too_large_is_not_read(string provider)
    {
        ProviderScene scene = await api.SceneAsync(provider);

        await scene.PostAsync(scene.Hook.Sign(new string(' ', 2 * 1024 * 1024) + "[]", DateTimeOffset.UtcNow), HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(0, await scene.RememberedAsync());
    }

    private static async Task<(HttpStatusCode, string)> StatusAsync(ProviderScene scene, HookRequest request)
    {
        using HttpClient client = scene.Api.CreateClient();
        using HttpRequestMessage message = new(HttpMethod.Post, $"/inbound/providers/{scene.RelayId}") { Content = new StringContent(request.Body) };
        foreach ((string name, string value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await client.SendAsync(message);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
