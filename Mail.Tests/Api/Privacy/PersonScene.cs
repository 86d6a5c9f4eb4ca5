using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Suppressions;
using Mail.Tests.Api.Feedback;
using Mail.Tests.Api.Smtp;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Privacy;

/// <summary>An installation in which one person's address has got into every table that an address can get into, by the ways in which it does.</summary>
internal sealed class PersonScene : IAsyncDisposable
{
    public const string Local = "Ada.Lovelace+shop";
    public const string Address = "Ada.Lovelace+Shop@Example.COM";

    /// <summary>Others, who look like her.</summary>
    public const string Longer = "xada.lovelace+shop@example.com", Abroad = "ada.lovelace+shop@example.com.fr", Bob = "bob@example.com";

    private readonly SubmissionCase _mail;
    private readonly WebhookReceiver _receiver;
    private readonly WebhookWorkerHost _telling;
    private readonly List<TestWorker> _workers = [];

    private PersonScene(SubmissionCase mail, WebhookReceiver receiver, WebhookWorkerHost telling) => (_mail, _receiver, _telling) = (mail, receiver, telling);

    public ApiFixture Api => _mail.Api;

    public HttpClient Client => _mail.Client;

    public HttpClient Other { get; private set; } = null!;

    public Guid OtherId { get; private set; }

    /// <summary>Ids of messages, by what they are.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    public static async Task<PersonScene> StartAsync(PostgresFixture postgres)
    {
        SubmissionCase mail = await SubmissionCase.StartAsync(postgres);
        PersonScene scene = new(mail, await WebhookReceiver.StartAsync(), await WebhookWorkerHost.StartAsync(mail.Api.ConnectionString));
        scene._receiver.Answer = async (context, received) =>
        {
            context.Response.StatusCode = received.Type == "suppression.added" ? 500 : 200; // one stays in the queue
            await context.Response.WriteAsync("I heard of " + received.Body);
        };
        scene.Other = mail.Api.ClientWith(await mail.Api.AddProjectAsync());
        scene.OtherId = await scene.ScalarAsync<Guid>("SELECT id FROM projects ORDER BY created_at DESC LIMIT 1");
        return scene;
    }

    /// <summary>A worker whose relay refuses what it is told to, in words that quote the address.</summary>
    public async Task<TestWorker> WorkAsync(FakeRelay? relay = null)
    {
        relay ??= new FakeRelay();
        relay.Reply = (message, recipient) =>
        {
            string mail = Encoding.UTF8.GetString(message.Mime.Span);
            return mail.Contains("Subject: Soft", StringComparison.Ordinal) ? new RelayReply(RelayVerdict.Permanent, 552, "5.2.2", $"<{recipient}>: mailbox full")
                : mail.Contains("Subject: Hard", StringComparison.Ordinal) ? new RelayReply(RelayVerdict.Permanent, 550, "5.1.1", $"<{recipient}>: no such user; {Address} is unknown")
                : FakeRelay.Accepted;
        };
        TestWorker worker = await TestWorker.StartAsync(Api.ConnectionString, relay);
        _workers.Add(worker);
        return worker;
    }

    public async Task FillAsync()
    {
        await Client.PostAsync("/webhooks", $$"""{"endpoint":"{{_receiver.Url}}/","events":["email.scheduled","email.sent","email.bounced","email.complained","email.failed","suppression.added"]}""", HttpStatusCode.Created);
        TestWorker worker = await WorkAsync();
        await SendAsync("whole", $$"""{"from":"Shop <shop@example.org>","to":"Ada <{{Address}}>","subject":"Order of {{Address}}","html":"<a href='https://x.example/?m=ada.lovelace%2Bshop%40example.com'>you</a>","text":"Dear {{Address}}","tags":[{"name":"who","value":"ada"}],"headers":{"X-Customer":"{{Address}}"},"attachments":[{"filename":"{{Address}}.txt","content":"{{Base64($"File of {Address}")}}"}]}""", ("Idempotency-Key", $"order-{Address}"));
        await SendAsync("code", $$"""{"from":"shop@example.org","to":"{{Address}}","template":{"id":"password-reset","variables":{"code":"493817","name":"{{Address}}"} } }""");
        await SendAsync("soft", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Soft","text":"x"}""");
        await SendAsync("shared", $$"""{"from":"shop@example.org","to":["{{Address}}","{{Bob}}"],"cc":"{{Longer}}","bcc":"{{Abroad}}","reply_to":"{{Address}}","subject":"To both, {{Address}}","text":"Ada is {{Address}}","tags":[{"name":"who","value":"x"}]}""");
        await SendAsync("mention", $$"""{"from":"shop@example.org","to":"{{Bob}}","subject":"News","html":"<p>&lt;{{Address}}&gt; bought</p>"}""");
        await SendAsync("hardbob", $$"""{"from":"shop@example.org","to":"{{Bob}}","subject":"Hard","text":"x"}""");
        await SendAsync("longer", $$"""{"from":"shop@example.org","to":["{{Longer}}"],"subject":"For the longer {{Longer}}","text":"You are {{Longer}}"}""");
        await SendAsync("abroad", $$"""{"from":"shop@example.org","to":["{{Abroad}}"],"subject":"Abroad","text":"You are {{Abroad}}"}""");
        await SendAsync("later", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Later","text":"{{Address}}","scheduled_at":"in 2 days"}""");
        await SendAsync("sharedlater", $$"""{"from":"shop@example.org","to":["Ada <{{Address}}>","{{Abroad}}"],"subject":"Later for both","text":"No name","scheduled_at":"in 2 days"}""");
        await Client.PostAsync("/emails/batch", $$"""[{"from":"shop@example.org","to":"{{Abroad}}","subject":"Batch","text":"t"},{"from":"shop@example.org","to":"{{Address}} oops","subject":"Batch","text":"t"}]""", HttpStatusCode.OK, ("x-batch-validation", "permissive"), ("Idempotency-Key", "batch-1"));
        Ids["raw"] = SubmissionCase.IdIn(await _mail.SendAsync(Raw($"Ada <{Address}>, {Bob}", $"Dear {Address}"), Address));
        Ids["rawshared"] = SubmissionCase.IdIn(await _mail.SendAsync(Raw($"Ada <{Address}>, {Abroad}", $"Dear {Address}"), Address, Abroad));
        Ids["rawmention"] = SubmissionCase.IdIn(await _mail.SendAsync(Raw(Abroad, new string('-', 61) + $" hidden in base64 and over two lines: {Address}"), Abroad));
        Ids["rawlarge"] = SubmissionCase.IdIn(await _mail.SendAsync(Raw($"Ada <{Address}>", string.Concat(Enumerable.Repeat($"Dear {Address}\r\n", 6000))), Address));
        using (HttpClient test = Api.ClientWith(await TestKeyAsync()))
            Ids["captured"] = (await test.PostAsync("/emails", $$"""{"from":"shop@example.org","to":["{{Address}}","{{Longer}}"],"subject":"Captured","text":"{{Address}}"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await SendAsync("bulk", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Bulk","text":"{{Address}}","lane":"bulk"}""");
        await Eventually.TrueAsync(async () => await Api.CountAsync("deliveries WHERE state <> 'scheduled'") == 0);
        await ComplainAsync();
        UnsubscribeLinks links = Api.Services.GetRequiredService<UnsubscribeLinks>();
        ProjectId project = await ProjectAsync();
        string link = await links.TokenAsync(new UnsubscribeTarget(project, new MessageId(Guid.Parse(Ids["bulk"], CultureInfo.InvariantCulture)), "ada.lovelace+shop@example.com", "news", false), CancellationToken.None);
        using (HttpClient stranger = Api.ClientWith(null))
        using (HttpResponseMessage answer = await stranger.PostAsync(new Uri("/unsubscribe/" + link, UriKind.Relative), new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded")))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Client.PostAsync("/suppressions", $$"""{"email":"{{Bob}}","reason":"manual","topic_id":"shop","note":"Friend of {{Address}}"}""", HttpStatusCode.Created);
        await Client.PostAsync("/contacts", $$"""{"email":"{{Address}}","name":"{{Address}}","attributes":{"login":"{{Address}}"} }""", HttpStatusCode.Created);
        await Client.PostAsync($"/contacts/{Uri.EscapeDataString(Address)}/consents", $$"""{"purpose":"news","granted":true,"source":"form of {{Address}}"}""", HttpStatusCode.Created);
        await Client.PostAsync("/contacts", $$"""{"email":"{{Bob}}","name":"Friend of {{Address}}"}""", HttpStatusCode.Created);
        foreach (string key in (string[])["kept", "gone"])
        {
            await Client.PostAsync("/templates", $$$"""{"key":"{{{key}}}","name":"T","html":"<p>Hello {{name}} and {{you}}</p>","subject":"s","variables":{"you":{"type":"string"},"name":{"type":"string"} },"sample":{"you":"x","name":"{{{Address}}}"} }""", HttpStatusCode.Created);
            await Client.PostAsync($"/templates/{key}/publish", $$"""{"note":"as {{Address}} asked"}""", HttpStatusCode.OK);
        }

        await Client.PostAsync("/templates/kept/publish", "", HttpStatusCode.OK);
        await Client.DeleteAsync("/templates/gone", HttpStatusCode.OK);
        await Client.PostAsync("/tracking/objections", $$"""{"email":"{{Address}}"}""", HttpStatusCode.Created);
        IAlerts alerts = worker.Services.GetRequiredService<IAlerts>();
        alerts.Raise(new AlertKey(project, AlertKind.RelayFailover, "first"), new AlertFacts { Reason = "550 user ada.lovelace+shop unknown" });
        alerts.Raise(new AlertKey(null, AlertKind.RelayFailover, "default"), new AlertFacts { Reason = $"550 <{Address}> unknown" });
        await Eventually.TrueAsync(async () => await Api.CountAsync("alerts") == 2);
        await Other.PostAsync("/emails", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Elsewhere","text":"{{Address}}","scheduled_at":"in 2 days"}""", HttpStatusCode.OK);
        await Other.PostAsync("/suppressions", $$"""{"email":"{{Address}}"}""", HttpStatusCode.Created);
        await Eventually.TrueAsync(async () => await Api.CountAsync("webhook_attempts WHERE answer ILIKE '%lovelace%'") > 5 && await Api.CountAsync("webhook_queue WHERE payload::text ILIKE '%lovelace%' AND lease_token IS NULL AND attempts > 0") > 0);
    }

    public async Task<ProjectId> ProjectAsync() => new(await ScalarAsync<Guid>("SELECT id FROM projects ORDER BY created_at LIMIT 1"));

    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using Npgsql.NpgsqlCommand command = Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestWorker worker in _workers) await worker.DisposeAsync();
        await _telling.DisposeAsync();
        await _receiver.DisposeAsync();
        Other?.Dispose();
        await _mail.DisposeAsync();
    }

    private async Task SendAsync(string name, string body, params (string, string)[] headers) =>
        Ids[name] = (await Client.PostAsync("/emails", body, HttpStatusCode.OK, headers)).GetProperty("id").GetString()!;

    private async Task ComplainAsync()
    {
        string report = FeedbackCase.Complaint($"Original-Rcpt-To: <{Address}>", $"{Ids["whole"]}@example.org", to: Address);
        using StringContent content = new(report, Encoding.UTF8, new MediaTypeHeaderValue("message/rfc822"));
        using HttpResponseMessage answer = await Client.PostAsync(new Uri("/inbound/report", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Eventually.TrueAsync(async () => await Api.CountAsync("suppressions WHERE reason = 'complaint'") == 1);
    }

    /// <summary>Of the first project, where nothing that it sends reaches anybody.</summary>
    private async Task<string> TestKeyAsync()
    {
        string key = await Api.AddProjectAsync("mk_test_");
        await ScalarAsync<object>($"UPDATE api_keys SET project_id = '{await ProjectAsync()}' WHERE is_test RETURNING 1");
        return key;
    }

    private static string Raw(string to, string body) => $"""
        From: Shop <shop@example.org>
        To: {to}
        Subject: =?utf-8?B?{Base64($"Mail with {Address}")}?=
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(Encoding.UTF8.GetBytes(body), Base64FormattingOptions.InsertLineBreaks)}
        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
