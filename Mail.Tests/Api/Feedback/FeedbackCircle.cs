using System.Net;
using System.Text.Json;
using Mail.Core.Feedback;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback;

/// <summary>
/// Everything that a message and its report pass through, in this process: the API with its mail exchanger, a worker that delivers over somebody's SMTP server, reads the bounce mailbox and tells
/// webhooks, and an app that hears of it. <see cref="MustCloseAsync"/> checks what every report has to lead to, however it came.
/// </summary>
internal sealed class FeedbackCircle : IAsyncDisposable
{
    /// <summary>Of return paths; the other server must lead its mail to our reception.</summary>
    public const string Domain = "example.net";

    public const string Sender = "shop@box.test";

    private readonly WebhookReceiver _app;
    private readonly TestWorker _worker;
    private readonly string _secret;

    private FeedbackCircle(FeedbackCase mail, WebhookReceiver app, TestWorker worker, string secret) => (Mail, _app, _worker, _secret) = (mail, app, worker, secret);

    public FeedbackCase Mail { get; }

    /// <param name="relayPort">Of the SMTP server over which mail leaves.</param>
    /// <param name="receptionPort">Where that server brings what comes back.</param>
    /// <param name="worker">Further settings of the worker.</param>
    public static async Task<FeedbackCircle> StartAsync(PostgresFixture postgres, int relayPort, int receptionPort = 0, Dictionary<string, string?>? worker = null)
    {
        FeedbackCase mail = await FeedbackCase.StartAsync(postgres, ("Reception:Port", $"{receptionPort}"), ("RETURN_PATH_DOMAIN", Domain), ("Feedback:WaitForOutcome", "00:00:05"));
        WebhookReceiver app = await WebhookReceiver.StartAsync();
        JsonElement hook = await mail.Client.PostAsync(
            "/webhooks", $$"""{"endpoint":"{{app.Url}}/","events":["email.sent","email.bounced","email.complained","email.suppressed","suppression.added"]}""", HttpStatusCode.Created);
        Dictionary<string, string?> settings = new(worker ?? [])
        {
            ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{relayPort}", ["SMTP_TLS"] = "none", ["RETURN_PATH_DOMAIN"] = Domain, ["Webhooks:PollInterval"] = "00:00:00.05",
            ["BounceMailbox:Interval"] = "00:00:01",
        };
        TestWorker started = TestWorker.Create(mail.Api.ConnectionString, settings, services => services.AddWebhookDelivery().AddBounceMailbox());
        await started.StartAsync();
        return new FeedbackCircle(mail, app, started, hook.GetProperty("signing_secret").GetString()!);
    }

    /// <returns>The message's id.</returns>
    public async Task<string> SendAsync(params string[] to)
    {
        string list = string.Join(',', to.Select(address => $"\"{address}\""));
        JsonElement sent = await Mail.Client.PostAsync("/emails", $$"""{"from":"Shop <{{Sender}}>","to":[{{list}}],"subject":"Circle","text":"Hello"}""", HttpStatusCode.OK);
        return sent.GetProperty("id").GetString()!;
    }

    public Task IsAsync(string id, string email, string state) => Eventually.TrueAsync(async () => await Mail.StateAsync(id, email) == state, what: $"{email} is {state}");

    /// <summary>The app has heard of it, signed with the webhook's secret.</summary>
    public async Task<JsonElement> HeardAsync(string type, string id, string email)
    {
        Received? heard = null;
        await Eventually.TrueAsync(() => (heard = _app.All.FirstOrDefault(one => one.Type == type && IsAbout(one.Json.GetProperty("data"), id, email))) is not null, what: $"the app hears of {type} for {email}");
        Assert.Contains(heard!.Signature(_secret), heard.Headers["webhook-signature"].Split(' '));
        Assert.Equal(heard.Headers["webhook-signature"], heard.Headers["svix-signature"]);
        return heard.Json.GetProperty("data");
    }

    /// <summary>
    /// The recipient's fate is known and explained, the address is on the list, nothing more is taken for it alone and only the others get what is for them too, and the app was told all of it.
    /// </summary>
    /// <param name="state">`bounced` or `complained`.</param>
    /// <param name="cause">As in the catalogue.</param>
    /// <param name="bystander">Another address that the other server delivers to.</param>
    public async Task MustCloseAsync(string id, string email, string state, string cause, string bystander = "bystander@box.test")
    {
        await IsAsync(id, email, state);
        JsonElement recipient = await Mail.RecipientAsync(id, email);
        Assert.Equal(cause, recipient.GetProperty("cause").GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(recipient.GetProperty("cause").GetProperty("remedy").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(recipient.GetProperty("reason").GetString()));

        JsonElement entry = await Mail.Client.GetAsync($"/suppressions/{email}", HttpStatusCode.OK);
        Assert.Equal((state == "bounced" ? "hard_bounce" : "complaint", id), (entry.GetProperty("reason").GetString(), entry.GetProperty("email_id").GetString()));

        long before = await Mail.Api.CountAsync("messages");
        JsonElement refusal = await Mail.Client.PostAsync("/emails", $$"""{"from":"{{Sender}}","to":"{{email}}","subject":"Again","text":"Hello"}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal("recipient_suppressed", refusal.GetProperty("name").GetString());
        Assert.Contains(email, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await Mail.Api.CountAsync("messages"));

        string mixed = await SendAsync(email, bystander);
        Assert.Equal("suppressed", await Mail.StateAsync(mixed, email));
        await IsAsync(mixed, bystander, "sent");

        Assert.Equal(id, (await HeardAsync($"email.{state}", id, email)).GetProperty("email_id").GetString());
        await HeardAsync("suppression.added", id, email);
        await HeardAsync("email.suppressed", mixed, email);
        string[] ofMessage = [.. _app.All.Where(one => one.Json.GetProperty("data") is var data && IsAbout(data, id, email)).Select(one => one.Type).Where(type => type.StartsWith("email.", StringComparison.Ordinal))];
        Assert.Equal(["email.sent", $"email.{state}"], ofMessage); // in order, each once
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _app.DisposeAsync();
        await Mail.DisposeAsync();
    }

    private static bool IsAbout(JsonElement data, string id, string email) =>
        Text(data, "email_id") == id && ((data.TryGetProperty("recipient", out JsonElement recipient) ? recipient.GetString() : Text(data, "email")) == email);

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
