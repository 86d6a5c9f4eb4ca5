using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Codes;

/// <summary>A code stands nowhere in clear but in the mail itself, and in Production nobody but its recipient reads it (ESC-1, ESC-10).</summary>
public sealed class HiddenCodeTests(PostgresFixture postgres)
{
    private const string Link = "https://app.example/not-me/Zk3tQv9xLmB7aP2w";

    /// <summary>Asked for, mailed, refused once, sent, bounced at another, told to webhooks, tried wrong and right, exported: then every table, line and tag is searched.</summary>
    [Fact]
    public async Task A_code_that_went_the_whole_way_is_in_no_table_no_log_line_and_no_trace()
    {
        ConcurrentQueue<Activity> activities = [];
        using ActivityListener listener = new() { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = activities.Enqueue };
        ActivitySource.AddActivityListener(listener);
        await using ApiFixture api = await CodeApiTests.StartAsync(postgres);
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using WebhookWorkerHost telling = await WebhookWorkerHost.StartAsync(api.ConnectionString);
        int tries = 0;
        FakeRelay relay = new() { Reply = (_, to) => to.StartsWith("gone", StringComparison.Ordinal) ? new RelayReply(RelayVerdict.Permanent, 550, "5.1.1", "no such user") { Scope = ReplyScope.Recipient } : Interlocked.Increment(ref tries) == 1 ? new RelayReply(RelayVerdict.Transient, 451, "4.3.0", "come again") : FakeRelay.Accepted };
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, new() { ["Delivery:RetryDelays:0"] = "00:00:00.05" });
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        await client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/","events":["email.sent","email.bounced","email.delivery_delayed","email.failed"]}""", HttpStatusCode.Created);

        List<string> codes = [];
        await SendAsync("ada@example.com");
        await SendAsync("gone@example.com");
        await client.PostAsync("/emails", $$"""{"from":"a@example.org","to":"ada@example.com","template":{"id":"password-changed","variables":{{Sample("password-changed")}} } }""", HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await api.CountAsync("deliveries") == 0 && receiver.All.Count >= 4);
        await client.PostAsync("/codes/verify", """{"to":"ada@example.com","purpose":"p","code":"AAAAAAAAAA"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/codes/verify", $$"""{"to":"ada@example.com","purpose":"p","code":"{{codes[0]}}"}""", HttpStatusCode.OK);
        string export = await client.GetStringAsync(new Uri("/privacy/export?email=ada@example.com", UriKind.Relative));

        Assert.Equal(2, codes.Distinct().Count());
        string[] secrets = [.. codes, "Zk3tQv9xLmB7aP2w"];
        Assert.Empty(await Traces.FindAsync(api.Database, secrets));
        string[] said = [.. api.Log, .. worker.Log.All, .. activities.SelectMany(Words), .. receiver.All.Select(received => received.Body), export];
        Assert.NotEmpty(activities);
        foreach (string secret in secrets) Assert.DoesNotContain(said, line => Regex.IsMatch(line, $@"(?<!\w){secret}(?!\w)"));

        async Task SendAsync(string to)
        {
            await client.PostAsync("/codes", $$"""{"to":"{{to}}","purpose":"p","from":"a@example.org","length":10}""", HttpStatusCode.OK, ("Idempotency-Key", to));
            codes.Add(await CodeApiTests.CodeInAsync(relay, to)); // the first one is offered twice
        }
    }

    [Fact]
    public async Task In_production_a_code_is_masked_and_what_leaves_is_refused_and_the_reason_is_said()
    {
        await using ApiFixture api = await CodeApiTests.StartAsync(postgres, ("environment", "Production"), ("Domains:RequireVerifiedSenders", "false"), ("BASE_URL", "https://mail.example.org/"));
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = (await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","template":{"id":"password-reset","variables":{"code":"739105","name":"Ada"}}}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        string link = (await client.PostAsync("/emails", $$"""{"from":"a@example.org","to":"ada@example.com","template":{"id":"password-changed","variables":{{Sample("password-changed")}} } }""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        string plain = (await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","subject":"s","text":"nothing secret"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement mail = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK), changed = await client.GetAsync($"/emails/{link}", HttpStatusCode.OK);
        Assert.DoesNotContain("739105", mail.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("••••••", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Ada", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("only its recipient may read it", mail.GetProperty("content_hidden").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Zk3tQv9xLmB7aP2w", changed.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("https://hidden.invalid/", changed.GetProperty("text").GetString(), StringComparison.Ordinal);
        foreach (string part in (string[])["html", "text"])
        {
            using HttpResponseMessage shown = await client.GetAsync(new Uri($"/emails/{id}/{part}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.DoesNotContain("739105", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("content_hidden", (await client.GetAsync($"/emails/{id}/raw", HttpStatusCode.Forbidden)).GetProperty("name").GetString());
        JsonElement usual = await client.GetAsync($"/emails/{plain}", HttpStatusCode.OK);
        Assert.Equal(("nothing secret", JsonValueKind.Null), (usual.GetProperty("text").GetString(), usual.GetProperty("content_hidden").ValueKind));
    }

    [Fact]
    public async Task A_sensitive_message_is_stored_encrypted_shown_to_nobody_in_production_and_leaves_as_it_was_written()
    {
        await using ApiFixture api = await CodeApiTests.StartAsync(postgres, ("environment", "Production"), ("Domains:RequireVerifiedSenders", "false"), ("BASE_URL", "https://mail.example.org/"));
        FakeRelay relay = new();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        string id = (await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","subject":"Sign in","html":"<p>Your word is wombatfish</p>","text":"Your word is wombatfish","sensitive":true}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        Assert.Empty(await Traces.FindAsync(api.Database, "wombatfish"));
        JsonElement mail = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (mail.GetProperty("html").ValueKind, mail.GetProperty("text").ValueKind));
        foreach (string part in (string[])["html", "text", "raw"]) await client.GetAsync($"/emails/{id}/{part}", HttpStatusCode.Forbidden);
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, new() { ["SECRET_KEY"] = api.Settings["SECRET_KEY"] });
        await Eventually.TrueAsync(() => !relay.Offered.IsEmpty);
        string sent = System.Text.Encoding.UTF8.GetString(relay.Offered.Single().Mime.Span);
        Assert.Equal(2, sent.Split("wombatfish").Length - 1);
        await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","subject":"s","text":"t","sensitive":true,"attachments":[{"filename":"a.txt","content":"YQ=="}]}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","subject":"s","html":"<p>t</p>","sensitive":true,"tracking":{"opens":true}}""", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task In_development_and_in_the_sandbox_developers_see_what_they_build()
    {
        await using ApiFixture development = await CodeApiTests.StartAsync(postgres);
        await using ApiFixture production = await CodeApiTests.StartAsync(postgres, ("environment", "Production"), ("Domains:RequireVerifiedSenders", "false"), ("BASE_URL", "https://mail.example.org/"));
        foreach ((ApiFixture api, string key) in ((ApiFixture, string)[])[(development, ApiFixture.LiveKey), (production, await production.AddProjectAsync("mk_test_"))])
        {
            using HttpClient client = api.ClientWith(key);
            string id = (await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","template":{"id":"password-reset","variables":{"code":"739105"}}}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
            JsonElement mail = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
            Assert.Contains("739105", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Null, mail.GetProperty("content_hidden").ValueKind);
            Assert.Empty(await Traces.FindAsync(api.Database, "739105"));
        }
    }

    [Fact]
    public async Task A_templates_own_secret_is_hidden_too_and_never_in_the_subject()
    {
        await using ApiFixture api = await CodeApiTests.StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        foreach ((string key, string subject) in ((string, string)[])[("quiet", "Your code"), ("loud", "{{code}} is your code")])
        {
            await client.PostAsync("/templates", $$$"""{"key":"{{{key}}}","name":"T","html":"<p>{{code}}</p>","subject":"{{{subject}}}","variables":{"code":{"type":"string","required":true,"secret":true} },"sample":{"code":"x"} }""", HttpStatusCode.Created);
            await client.PostAsync($"/templates/{key}/publish", "", HttpStatusCode.OK);
        }

        await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","template":{"id":"quiet","variables":{"code":"wombatfish"}}}""", HttpStatusCode.OK);
        JsonElement refused = await client.PostAsync("/emails", """{"from":"a@example.org","to":"ada@example.com","template":{"id":"loud","variables":{"code":"wombatfish"}}}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`template.variables.code` is secret, and the subject tells it", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await Traces.FindAsync(api.Database, "wombatfish"));
        await client.PostAsync("/templates", """{"key":"bad","name":"T","html":"<p>x</p>","subject":"s","variables":{"at":{"type":"date","secret":true}}}""", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_is_encrypted_belongs_to_its_message_alone()
    {
        await using ApiFixture api = await CodeApiTests.StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string[] ids = new string[2];
        for (int i = 0; i < 2; i++) ids[i] = (await client.PostAsync("/emails", $$"""{"from":"a@example.org","to":"ada@example.com","template":{"id":"password-reset","variables":{"code":"73910{{i}}"} } }""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        await using (NpgsqlCommand command = api.Database.CreateCommand($"UPDATE messages SET content = (SELECT content FROM messages WHERE id = '{ids[0]}') WHERE id = '{ids[1]}'")) await command.ExecuteNonQueryAsync();

        Assert.Equal(JsonValueKind.Null, (await client.GetAsync($"/emails/{ids[1]}", HttpStatusCode.OK)).GetProperty("text").ValueKind);
        Assert.Contains("cannot be decrypted", (await client.GetAsync($"/emails/{ids[1]}/text", HttpStatusCode.NotFound)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string Sample(string template) =>
        Regex.Replace(File.ReadAllText(Repository.Path("templates", template, "sample.json")), "(\"not_me_url\": )\"[^\"]*\"", $"$1\"{Link}\"");

    private static IEnumerable<string> Words(Activity activity) =>
        activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Concat(activity.Events.SelectMany(one => one.Tags.Select(tag => $"{tag.Value}"))).Append(activity.DisplayName).Append(activity.StatusDescription ?? "");
}
