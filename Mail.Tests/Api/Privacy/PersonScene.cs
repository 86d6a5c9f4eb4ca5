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
                : mail.Contains("Subject: Hard", StringComparison.Ordinal) ? new RelayReply(RelayVerdict.Permanent, 550, "5.1.1", $"<{recipient}>: no such user; {Address} is unknown") { Transcript = $"0.000 C: RCPT TO:<{recipient}>\n0.001 S: 550 5.1.1 <{recipient}>: no such user; {Address} is unknown\n" }
                : FakeRelay.Accepted;
        };
        TestWorker worker = await TestWorker.StartAsync(Api.ConnectionString, relay);
        _workers.Add(worker);
        return worker;
    }

    public async Task FillAsync()
    {
        await Client.PostAsync("/webhooks", $$"""{"endpoint":"{{_receiver.Url}}/","events":["email.scheduled","email.sent","email.bounced","email.complained","email.failed","suppression.added"]}""", HttpStatusCode.Created);
        await Client.PatchAsync("/project", $$"""{"alert_emails":["{{Address}}"]}""", HttpStatusCode.OK); // for the audit log
        await Client.PatchAsync("/project", """{"alert_emails":[]}""", HttpStatusCode.OK);
        TestWorker worker = await WorkAsync();
        await SendAsync("whole", $$"""{"from":"Shop <shop@example.org>","to":"Ada <{{Address}}>","subject":"Order of {{Address}}","html":"<a href='https://x.example/?m=ada.lovelace%2Bshop%40example.com'>you</a>","text":"Dear {{Address}}","tags":[{"name":"who","value":"ada"}],"headers":{"X-Customer":"{{Address}}"},"attachments":[{"filename":"{{Address}}.txt","content":"{{Base64($"File of {Address}")}}"}]}""", ("Idempotency-Key", $"order-{Address}"));
        await SendAsync("code", $$"""{"from":"shop@example.org","to":"{{Address}}","template":{"id":"password-reset","variables":{"code":"493817","name":"{{Address}}"} } }""");
        await SendAsync("soft", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Soft","text":"x"}""");
        await SendAsync("shared", $$"""{"from":"shop@example.org","to":["{{Address}}","{{Bob}}"],"cc":"{{Longer}}","bcc":"{{Abroad}}","reply_to":"{{Address}}","subject":"To both, {{Address}}","text":"Ada is {{Address}}","tags":[{"name":"who","value":"x"}]}""");
        await SendAsync("mention", $$"""{"from":"shop@example.org","to":"{{Bob}}","subject":"News","html":"<p>&lt;{{Address}}&gt; bought</p>"}""");
        foreach (string who in (string[])[Address, Longer])
        {
            await Client.PostAsync("/requests", $$"""{"title":"For {{who}}","choices":[{"key":"a","label":"A"},{"key":"b","label":"B"}],"person":{"email":"{{who}}","name":"{{who}}"},"from":"shop@example.org"}""", HttpStatusCode.Created);
            await Client.PostAsync("/appointments", $$"""{"title":"With {{who}}","starts_at":"{{DateTimeOffset.UtcNow.AddDays(3):yyyy-MM-dd'T'HH:mm'Z'}}","attendees":[{"email":"{{who}}","name":"{{who}}"},{"email":"{{Bob}}"}],"from":"shop@example.org"}""", HttpStatusCode.Created);
        }

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
        await Client.PostAsync("/action-links", $$"""{"purpose":"p","subject":"{{Address}}","title":"Yours","button":"OK"}""", HttpStatusCode.Created);
        await Client.PostAsync("/action-links", $$"""{"purpose":"p","subject":"{{Bob}}","title":"About {{Address}}","button":"OK","metadata":{"for":"{{Address}}"} }""", HttpStatusCode.Created);
        await Client.PostAsync("/action-links", $$"""{"purpose":"p","subject":"{{Longer}}","title":"Not hers","button":"OK"}""", HttpStatusCode.Created);
        await Client.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"{{Address}}","candidate_email":"{{Address}}","candidate_name":"{{Address}}","title":"Developer","target_url":"https://jobs.example/"}""", HttpStatusCode.Created);
        await Client.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"of-{{Address}}","candidate_email":"{{Bob}}","candidate_name":"Friend of {{Address}}","title":"For {{Address}}","target_url":"https://jobs.example/?who={{Uri.EscapeDataString(Address)}}"}""", HttpStatusCode.Created);
        await ScalarAsync<Guid>($"UPDATE candidates SET note = '550 <{Address}> unknown' WHERE email = '{Bob}' RETURNING id");
        await ScalarAsync<Guid>($"UPDATE candidate_events SET detail = '550 <{Address}> unknown' WHERE candidate_id = (SELECT id FROM candidates WHERE email = '{Bob}') AND type = 'created' RETURNING id");
        await ScalarAsync<Guid>($"UPDATE campaigns SET message = 'Ask {Address}' WHERE title LIKE 'For %' RETURNING id");
        await Client.PostAsync("/codes", $$"""{"subject":"{{Address}}","purpose":"p","deliver":false}""", HttpStatusCode.OK); // a keyed hash, which no search finds
        foreach (string table in (string[])["bus_messages", "bus_dead_letters"])
        {
            string more = table == "bus_messages" ? "next_attempt_at, reason" : "queued_id, generation, died_at, attempts, error", values = table == "bus_messages" ? "now() + interval '1 year', 'for {0}'" : "id, 1, now(), 10, 'FormatException: {0} is wrong'";
            foreach (string who in (string[])[Address, Bob])
                await ScalarAsync<Guid>($"WITH new AS (SELECT gen_random_uuid() AS id) INSERT INTO {table} (project_id, id, message_id, handler, name, body, is_encrypted, published_at, due_at, {more}) SELECT '{project}', id, id, 'h', 'n', convert_to('{{\"email\":\"{who.Replace("+", "\\u002B", StringComparison.Ordinal)}\"}}', 'UTF8'), false, now(), now(), {string.Format(CultureInfo.InvariantCulture, values, who)} FROM new RETURNING id");
        }

        foreach (string who in (string[])[Address, Bob])
            await ScalarAsync<Guid>($"INSERT INTO member_invitations (project_id, id, email, normalized_email, role, token_hash, created_at, sent_at, expires_at) VALUES ('{project}', gen_random_uuid(), '{who}', upper('{who}'), 'viewer', sha256('{who}'), now(), now(), now() + interval '7 days') RETURNING id");
        await FillTripsAsync(project);
        await FillMailboxesAsync(project);
        await Client.PostAsync("/tracking/objections", $$"""{"email":"{{Address}}"}""", HttpStatusCode.Created);
        IAlerts alerts = worker.Services.GetRequiredService<IAlerts>();
        alerts.Raise(new AlertKey(project, AlertKind.RelayFailover, "first"), new AlertFacts { Reason = "550 user ada.lovelace+shop unknown" });
        alerts.Raise(new AlertKey(null, AlertKind.RelayFailover, "default"), new AlertFacts { Reason = $"550 <{Address}> unknown" });
        await Eventually.TrueAsync(async () => await Api.CountAsync("alerts") == 2);
        await Other.PostAsync("/emails", $$"""{"from":"shop@example.org","to":"{{Address}}","subject":"Elsewhere","text":"{{Address}}","scheduled_at":"in 2 days"}""", HttpStatusCode.OK);
        await Other.PostAsync("/suppressions", $$"""{"email":"{{Address}}"}""", HttpStatusCode.Created);
        await Eventually.TrueAsync(async () => await Api.CountAsync("webhook_attempts WHERE answer ILIKE '%lovelace%'") > 5 && await Api.CountAsync("webhook_queue WHERE payload::text ILIKE '%lovelace%' AND lease_token IS NULL AND attempts > 0") > 0);
    }

    /// <summary>A trip that she drives, and one of Bob's that she and others ask for, with words about her.</summary>
    private async Task FillTripsAsync(ProjectId project)
    {
        const string Offer = "INSERT INTO offers (project_id, id, is_test, driver_name, driver_email, from_label, from_latitude, from_longitude, to_label, to_latitude, to_longitude, departure_local, time_zone, departure_at, seats, currency, state, generation, version, reminded, created_at, changed_at)";
        const string Reservation = "INSERT INTO reservations (project_id, offer_id, id, passenger_name, passenger_email, seats, pickup_label, pickup_latitude, pickup_longitude, message, state, created_at, expires_at, changed_at, revision)";
        await ScalarAsync<Guid>($"{Offer} VALUES ('{project}', gen_random_uuid(), false, '{Address}', lower('{Address}'), 'A', 0, 0, 'B', 0, 0, now() + interval '9 days', 'UTC', now() + interval '9 days', 3, 'EUR', 'open', 1, 0, 0, now(), now()) RETURNING id");
        Guid offer = await ScalarAsync<Guid>($"{Offer} VALUES ('{project}', gen_random_uuid(), false, 'Bob', '{Bob}', 'At {Address}', 0, 0, 'B', 0, 0, now() + interval '9 days', 'UTC', now() + interval '9 days', 3, 'EUR', 'open', 1, 0, 0, now(), now()) RETURNING id");
        foreach ((string name, string email, string message) in ((string, string, string)[])[(Address, Address, Address), ("Longer", Longer, $"With {Address}, please."), ("Abroad", Abroad, $"I am {Abroad}.")])
            await ScalarAsync<Guid>($"{Reservation} VALUES ('{project}', '{offer}', gen_random_uuid(), '{name}', lower('{email}'), 1, 'A', 0, 0, '{message}', 'pending', now(), now() + interval '1 day', now(), 0) RETURNING id");
    }

    /// <summary>An ended mailbox of her address, and live ones that name her: those accounts at the provider outlive her. One of them is here, with a letter of hers and one of somebody else's.</summary>
    private async Task FillMailboxesAsync(ProjectId project)
    {
        Guid connection = await ScalarAsync<Guid>($"INSERT INTO mailbox_connections (project_id, id, kind, name, settings, is_enabled, created_at, changed_at) VALUES ('{project}', gen_random_uuid(), 'local', 'local', 'x', true, now(), now()) RETURNING id");
        await ScalarAsync<string>($"INSERT INTO mailbox_domains (project_id, domain, connection_id, is_default, created_at) VALUES ('{project}', 'example.com', '{connection}', true, now()) RETURNING domain");
        foreach (string owner in (string[])[Address, Bob]) await ScalarAsync<string>($"INSERT INTO mailbox_users (project_id, owner, default_domain) VALUES ('{project}', '{owner}', 'example.com') RETURNING owner");
        foreach ((string user, string owner, string name, bool isEnded) in ((string, string, string, bool)[])[(Local, Bob, "Of Bob", true), ("office", Address, Address, false), ("info", Bob, "Information", false)])
            await ScalarAsync<Guid>($"INSERT INTO mailboxes (project_id, id, is_test, owner, user_name, domain, address, display_name, connection_id, provider, state, step, created_at, ended_at) VALUES ('{project}', gen_random_uuid(), false, '{owner}', lower('{user}'), 'example.com', lower('{user}@example.com'), '{name}', '{connection}', 'local', '{(isEnded ? "deleted" : "active")}', 'active', now(), {(isEnded ? "now()" : "NULL")}) RETURNING id");
        Guid info = await ScalarAsync<Guid>($"INSERT INTO local_mailboxes (project_id, mailbox_id, address, bytes, created_at) VALUES ('{project}', gen_random_uuid(), 'info@example.com', 60, now()) RETURNING mailbox_id");
        foreach (string sender in (string[])[Address, Bob])
            await ScalarAsync<Guid>($"INSERT INTO local_mails (project_id, mailbox_id, id, sender, subject, bytes, mime, received_at) VALUES ('{project}', '{info}', gen_random_uuid(), 'X <{sender}>', 'Hello', 30, convert_to('From: X <{sender}>', 'UTF8'), now()) RETURNING id");
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
