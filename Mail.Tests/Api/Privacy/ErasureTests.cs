using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Core.Privacy;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Privacy;

/// <summary>Erasing a person on the real API, queue, workers, SMTP port and webhooks, and reading everything that is left.</summary>
public sealed class ErasureTests(PostgresFixture postgres)
{
    private const string Erase = $$"""{"email":"{{PersonScene.Address}}"}""";

    // All that such a scene fills. An erasure that only ever saw some of it would prove little.
    private static readonly string[] _filled =
    [
        "action_links.metadata", "action_links.subject", "action_links.title", "alerts.facts", "attachments.content", "audit_log.after", "contact_consents.address", "contact_consents.source", "contacts.address", "contacts.attributes", "contacts.name", "captured_messages.mime", "captured_messages.recipient", "deliveries.recipient", "events.recipient", "events.reply", "events.transcript", "finished_deliveries.recipient",
        "campaigns.message", "campaigns.target_url", "campaigns.title", "candidate_events.detail", "candidates.application_id", "candidates.email", "candidates.name", "candidates.note",
        "bus_dead_letters.body", "bus_dead_letters.error", "bus_messages.body", "bus_messages.reason", "finished_deliveries.reply", "idempotency_keys.key", "member_invitations.email", "member_invitations.normalized_email", "messages.content", "messages.envelope", "messages.subject", "soft_bounces.address", "suppressions.address", "suppressions.note", "tracking_objections.email",
        "appointment_attendees.address", "appointment_attendees.email", "appointment_attendees.name", "appointments.content", "flow_history.person", "requests.content", "requests.email",
        "mailboxes.address", "mailboxes.display_name", "mailboxes.owner", "mailbox_users.owner", "local_mails.mime", "local_mails.sender",
        "offers.driver_email", "offers.driver_name", "offers.from_label", "reservations.message", "reservations.passenger_email", "reservations.passenger_name",
        "webhook_attempts.answer", "webhook_attempts.payload", "webhook_queue.payload",
    ];

    [Fact]
    public async Task Nothing_is_left_of_a_person_in_any_table_and_nothing_is_missing_of_anybody_else()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.FillAsync();
        SortedDictionary<string, int> before = await TracesAsync(scene);
        Assert.Empty(_filled.Except(before.Keys));
        Dictionary<string, long> others = await OthersAsync(scene);

        JsonElement erasure = await EraseAllAsync(scene, Erase);

        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
        Assert.Equal(others, await OthersAsync(scene));
        Assert.Equal("finished", erasure.GetProperty("status").GetString());
        Assert.Equal((9, 7), (erasure.GetProperty("removed").GetProperty("messages").GetInt32(), erasure.GetProperty("cleaned").GetProperty("messages").GetInt32()));
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains("Erasure", StringComparison.Ordinal) && line.Contains("lovelace", StringComparison.OrdinalIgnoreCase));
        await scene.Client.GetAsync($"/emails/{scene.Ids["whole"]}", HttpStatusCode.NotFound);
        JsonElement shared = await scene.Client.GetAsync($"/emails/{scene.Ids["shared"]}", HttpStatusCode.OK);
        Assert.Equal([PersonScene.Bob, PersonScene.Longer, PersonScene.Abroad], shared.GetProperty("recipients").EnumerateArray().Select(one => one.GetProperty("email").GetString()));
        Assert.Equal("[erased]", shared.GetProperty("subject").GetString());

        JsonElement again = await EraseAllAsync(scene, Erase);
        Assert.Equal("{}", again.GetProperty("removed").ToString());
        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
    }

    [Fact]
    public async Task An_address_that_the_project_sends_from_is_erased_only_when_that_is_meant()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        string id = (await scene.Client.PostAsync("/emails", """{"from":"Shop <No-Reply@shop.example>","to":"bob@example.com","subject":"S","text":"Words","scheduled_at":"in 2 days"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement refusal = await scene.Client.PostAsync("/privacy/erase", """{"email":"no-reply@shop.example"}""", HttpStatusCode.Conflict);

        Assert.Equal("address_sends", refusal.GetProperty("name").GetString());
        Assert.Equal("Shop <No-Reply@shop.example>", (await scene.Client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("from").GetString());
        JsonElement begun = await scene.Client.PostAsync("/privacy/erase", """{"email":"no-reply@shop.example","even_as_sender":true}""", HttpStatusCode.Accepted);
        Assert.Equal(("in_progress", 1), (begun.GetProperty("status").GetString(), begun.GetProperty("waiting_messages").GetInt32())); // bob's mail goes out first
    }

    [Fact]
    public async Task A_table_that_nobody_thought_of_is_found()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.ScalarAsync<object>("WITH x AS (SELECT 1) SELECT 1");
        await scene.ScalarAsync<object>("CREATE TABLE of_tomorrow (what bytea); INSERT INTO of_tomorrow VALUES (convert_to('x: QWRhLkxvdmVsYWNlK1Nob3BARXhhbXBsZS5DT00=', 'UTF8')) RETURNING 1");

        Assert.Equal(["of_tomorrow.what"], (await Traces.FindAsync(scene.Api.Database, "ada.lovelace+shop@example.com")).Keys);
    }

    [Fact]
    public async Task Mail_to_others_that_waits_goes_out_without_the_address_and_is_emptied_then()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        string id = (await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.org","to":["Ada <{{PersonScene.Address}}>","{{PersonScene.Bob}}"],"subject":"Both","text":"Hello both"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement erasure = await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.Accepted);
        Assert.Equal(("in_progress", 1), (erasure.GetProperty("status").GetString(), erasure.GetProperty("waiting_messages").GetInt32()));
        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
        string eraser = erasure.GetProperty("id").GetString()!;
        Assert.Equal(eraser, (await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.Accepted)).GetProperty("id").GetString()); // the same one goes on

        Mail.Tests.Core.Delivery.FakeRelay relay = new();
        await scene.WorkAsync(relay);
        await Eventually.TrueAsync(() => !relay.Taken.IsEmpty);
        Assert.Equal([PersonScene.Bob], relay.Taken);
        string mail = System.Text.Encoding.UTF8.GetString(relay.Offered.Single().Mime.Span);
        Assert.Contains("To: bob@example.com\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("Hello both", mail, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("deliveries") == 0);

        Assert.Equal("finished", (await FinishAsync(scene, eraser)).GetProperty("status").GetString());
        Assert.Equal(0, await scene.Api.CountAsync("messages WHERE content_removed_at IS NULL OR content::text LIKE '%both%'"));
        Assert.Equal("[erased]", (await scene.Client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task What_a_worker_is_sending_is_taken_from_it_and_cannot_come_back()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Mail.Tests.Core.Delivery.FakeRelay relay = new() { Before = (_, _) => go.Task };
        await scene.WorkAsync(relay);
        await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.org","to":"{{PersonScene.Address}}","subject":"Hard","text":"{{PersonScene.Address}}"}""", HttpStatusCode.OK);
        await Eventually.TrueAsync(() => !relay.Offered.IsEmpty);

        JsonElement erasure = await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.Accepted);
        go.SetResult();
        await scene.Client.PostAsync("/emails", $$"""{"from":"shop@example.org","to":"{{PersonScene.Bob}}","subject":"Next","text":"t"}""", HttpStatusCode.OK);
        await Eventually.TrueAsync(() => relay.Taken.Contains(PersonScene.Bob));
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("deliveries") == 0);

        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
        Assert.Equal("finished", (await FinishAsync(scene, erasure.GetProperty("id").GetString()!)).GetProperty("status").GetString());
        Assert.Equal(1, await scene.Api.CountAsync("messages"));
    }

    [Fact]
    public async Task Who_is_not_to_be_written_to_stays_so_without_the_address_when_that_is_asked_for()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        const string Send = $$"""{"from":"shop@example.org","to":"{{PersonScene.Address}}","subject":"s","text":"t"}""";
        await scene.Client.PostAsync("/suppressions", Erase, HttpStatusCode.Created);

        JsonElement kept = await scene.Client.PostAsync("/privacy/erase", $$"""{"email":"{{PersonScene.Address}}","keep_suppressed":true}""", HttpStatusCode.OK);

        Assert.Equal("", string.Join(", ", await TracesAsync(scene)));
        Assert.True(kept.GetProperty("keep_suppressed").GetBoolean());
        Assert.Equal("recipient_suppressed", (await scene.Client.PostAsync("/emails", Send, HttpStatusCode.UnprocessableEntity)).GetProperty("name").GetString());
        Assert.Equal("recipient_suppressed", (await scene.Client.PostAsync("/emails", Send.Replace("Ada", "ADA", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity)).GetProperty("name").GetString());
        await scene.Other.PostAsync("/emails", Send, HttpStatusCode.OK); // another project's business
        await scene.Client.PostAsync("/emails", Send.Replace("Ada", "Eva", StringComparison.Ordinal), HttpStatusCode.OK);

        await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.OK); // and now that too
        Assert.Equal(0, await scene.Api.CountAsync("erased_suppressions"));
        await scene.Client.PostAsync("/emails", Send, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"email":"not an address"}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":""}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":["a@example.com"]}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":"a@example.com","keep_suppressed":"yes"}""", HttpStatusCode.UnprocessableEntity, "`keep_suppressed`")]
    [InlineData("""{"email":"a\u0000b@example.com"}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":"a\ud800b@example.com"}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":"a@[127.0.0.1]"}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""{"email":"%@example.com' OR 1=1 --"}""", HttpStatusCode.UnprocessableEntity, "`email`")]
    [InlineData("""[]""", HttpStatusCode.BadRequest, "object")]
    [InlineData("""{"email":""", HttpStatusCode.BadRequest, "JSON")]
    public async Task What_cannot_be_erased_is_refused_and_leaves_nothing(string body, HttpStatusCode expected, string named)
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);

        JsonElement error = await scene.Client.PostAsync("/privacy/erase", body, expected);

        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("erasures"));
    }

    [Fact]
    public async Task Only_who_may_reads_or_erases_and_each_project_for_itself()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        JsonElement erasure = await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.OK);

        await scene.Other.GetAsync($"/privacy/erasures/{erasure.GetProperty("id").GetString()}", HttpStatusCode.NotFound);
        await scene.Client.GetAsync("/privacy/erasures/none", HttpStatusCode.NotFound);
        Assert.Empty((await scene.Other.GetAsync("/privacy/erasures", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Single((await scene.Client.GetAsync("/privacy/erasures", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        await scene.Client.GetAsync("/privacy/export?email=x", HttpStatusCode.UnprocessableEntity);
        await scene.Client.GetAsync("/privacy/export", HttpStatusCode.UnprocessableEntity);
        await scene.Client.GetAsync("/privacy/export?email=" + new string('a', 400) + "%40example.com", HttpStatusCode.UnprocessableEntity);
        await scene.Client.PostAsync("/privacy/erase", "{\"email\":\"" + new string('a', 17000) + "\"}", HttpStatusCode.RequestEntityTooLarge);
        using HttpClient test = scene.Api.ClientWith(await scene.Api.AddProjectAsync("mk_test_"));
        await test.PostAsync("/privacy/erase", Erase, HttpStatusCode.Forbidden);
        await test.GetAsync("/privacy/export?email=a@example.com", HttpStatusCode.Forbidden);
        string key = await scene.Api.AddProjectAsync();
        await scene.ScalarAsync<object>("UPDATE api_keys SET scopes = '{emails:send,emails:read,suppressions:write}' WHERE created_at = (SELECT max(created_at) FROM api_keys) RETURNING 1");
        using HttpClient sender = scene.Api.ClientWith(key);
        await sender.PostAsync("/privacy/erase", Erase, HttpStatusCode.Unauthorized);
        await sender.GetAsync("/privacy/export?email=a@example.com", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_address_that_the_project_is_set_up_with_is_not_erased_behind_its_back()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        await scene.Client.PatchAsync("/project", $$"""{"alert_emails":["{{PersonScene.Address}}"]}""", HttpStatusCode.OK);

        JsonElement error = await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.Conflict);

        Assert.Equal("address_in_use", error.GetProperty("name").GetString());
        Assert.Contains("alerts", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("erasures"));
    }

    [Fact]
    public async Task Words_of_a_template_or_a_layout_are_named_and_hold_the_erasure_up_and_its_examples_go()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        string Template(string words) => $$$"""{"key":"order","name":"T","html":"<p>{{{words}}} {{name}}</p>","subject":"s","variables":{"url":{"type":"url"},"name":{"type":"string"} },"sample":{"name":"{{{PersonScene.Address}}}"} }""";
        await scene.Other.PostAsync("/templates", Template($"Ask {PersonScene.Address}"), HttpStatusCode.Created); // another project's
        await scene.Client.PostAsync("/templates", Template($"Ask {PersonScene.Longer} or &lt;{PersonScene.Address}&gt;"), HttpStatusCode.Created);
        await scene.Client.PostAsync("/templates/order/publish", "", HttpStatusCode.OK);

        await RefusedAsync("the template `order`");
        await scene.Client.PatchAsync("/templates/order", $$"""{"html":"<p>Ask {{PersonScene.Longer}}</p>"}""", HttpStatusCode.OK);
        await RefusedAsync("the template `order`"); // as it is published
        await scene.Client.PostAsync("/templates/order/publish", "", HttpStatusCode.OK);
        int revision = (await scene.Client.GetAsync("/templates/order", HttpStatusCode.OK)).GetProperty("revision").GetInt32();
        await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.OK);

        JsonElement template = await scene.Client.GetAsync("/templates/order", HttpStatusCode.OK);
        Assert.Empty(template.GetProperty("sample").EnumerateObject());
        Assert.Equal(["url", "name"], template.GetProperty("variables").EnumerateObject().Select(variable => variable.Name)); // in their author's order
        Assert.Equal(revision + 1, template.GetProperty("revision").GetInt32()); // who still has the old draft open does not bring it back
        Assert.Equal(0, await scene.Api.CountAsync($"template_versions WHERE (source->'sample')::text <> '{{}}' AND project_id <> '{scene.OtherId}'"));
        await scene.Client.PostAsync("/emails", """{"from":"shop@example.org","to":"eva@example.com","template":{"id":"order"}}""", HttpStatusCode.OK);

        async Task RefusedAsync(string named)
        {
            JsonElement error = await scene.Client.PostAsync("/privacy/erase", Erase, HttpStatusCode.Conflict);
            Assert.Equal("address_in_use", error.GetProperty("name").GetString());
            Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(0, await scene.Api.CountAsync("erasures"));
        }
    }

    [Fact]
    public async Task What_was_kept_by_a_hash_is_taken_back_by_the_address()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);
        const string Send = $$"""{"from":"shop@example.org","to":"{{PersonScene.Address}}","subject":"s","text":"t"}""";
        foreach (HttpClient client in (HttpClient[])[scene.Client, scene.Other])
        {
            await client.PostAsync("/suppressions", Erase, HttpStatusCode.Created);
            await client.PostAsync("/privacy/erase", $$"""{"email":"{{PersonScene.Address}}","keep_suppressed":true}""", HttpStatusCode.OK);
        }

        string path = "/suppressions/" + Uri.EscapeDataString(PersonScene.Address.ToUpperInvariant());
        await scene.Client.PostAsync("/emails", Send, HttpStatusCode.UnprocessableEntity);
        Assert.True((await scene.Client.DeleteAsync(path, HttpStatusCode.OK)).GetProperty("deleted").GetBoolean());
        await scene.Client.DeleteAsync(path, HttpStatusCode.NotFound);
        await scene.Client.PostAsync("/emails", Send, HttpStatusCode.OK);

        Assert.Equal(1, await scene.Api.CountAsync("erased_suppressions")); // the other project's
        await scene.Other.PostAsync("/emails", Send, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths()
    {
        await using PersonScene scene = await PersonScene.StartAsync(postgres);

        JsonElement paths = (await scene.Client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        JsonElement erase = paths.GetProperty("/privacy/erase").GetProperty("post");
        Assert.True(erase.TryGetProperty("requestBody", out _));
        foreach (string status in (string[])["200", "202", "400", "401", "403", "409", "413", "422"]) Assert.True(erase.GetProperty("responses").TryGetProperty(status, out _), status);
        Assert.True(paths.GetProperty("/privacy/export").GetProperty("get").GetProperty("responses").TryGetProperty("422", out _));
        Assert.True(paths.TryGetProperty("/privacy/erasures/{id}", out _) && paths.TryGetProperty("/privacy/erasures", out _));
    }

    /// <summary>Others who look like her are taken out of the texts first, and the other project's rows do not count: there she stays.</summary>
    private static Task<SortedDictionary<string, int>> TracesAsync(PersonScene scene) =>
        Traces.FindAsync(scene.Api.Database, new TraceQuestion([PersonScene.Address, PersonScene.Local], [PersonScene.Longer, PersonScene.Abroad], scene.OtherId));

    private static async Task<JsonElement> EraseAllAsync(PersonScene scene, string body)
    {
        using HttpResponseMessage answer = await scene.Client.PostAsync(new Uri("/privacy/erase", UriKind.Relative), ApiFixture.Json(body));
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        JsonElement erasure = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(answer.StatusCode == HttpStatusCode.OK ? "finished" : "in_progress", erasure.GetProperty("status").GetString());
        if (answer.StatusCode == HttpStatusCode.OK) return erasure;
        Assert.True(erasure.GetProperty("waiting_messages").GetInt32() > 0);
        await scene.ScalarAsync<object>("WITH due AS (UPDATE deliveries SET next_attempt_at = now() WHERE message_id IN (SELECT unnest(waiting) FROM erasures) RETURNING 1) SELECT 1"); // the mail to others goes out
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("deliveries WHERE message_id IN (SELECT unnest(waiting) FROM erasures)") == 0);
        return await FinishAsync(scene, erasure.GetProperty("id").GetString()!);
    }

    /// <summary>As the workers' loop does, without its pauses.</summary>
    private static async Task<JsonElement> FinishAsync(PersonScene scene, string id)
    {
        Erasures erasures = scene.Api.Services.GetRequiredService<Erasures>();
        for (int i = 0; i < 100 && await erasures.StepAsync(await scene.ProjectAsync(), Guid.Parse(id, CultureInfo.InvariantCulture), CancellationToken.None) != ErasureStep.Finished; i++)
        {
        }

        return await scene.Client.GetAsync($"/privacy/erasures/{id}", HttpStatusCode.OK);
    }

    /// <summary>What is there of others, by what it is.</summary>
    private static async Task<Dictionary<string, long>> OthersAsync(PersonScene scene)
    {
        Guid first = (await scene.ProjectAsync()).Value;
        Dictionary<string, long> counts = [];
        foreach (string recipient in (string[])[PersonScene.Bob, PersonScene.Longer, PersonScene.Abroad])
        {
            counts[$"recipients {recipient}"] = await scene.Api.CountAsync($"recipients WHERE project_id = '{first}' AND recipient = '{recipient}'");
            counts[$"events {recipient}"] = await scene.Api.CountAsync($"events WHERE project_id = '{first}' AND recipient = '{recipient}' AND message_id <> '{scene.Ids["sharedlater"]}'"); // that one is sent in between
        }

        counts["untouched"] = await scene.Api.CountAsync($"messages WHERE id IN ('{scene.Ids["longer"]}', '{scene.Ids["abroad"]}', '{scene.Ids["hardbob"]}') AND content_removed_at IS NULL AND subject <> '[erased]'");
        foreach (string table in (string[])["messages", "deliveries", "events", "suppressions"]) counts[$"other {table}"] = await scene.Api.CountAsync($"{table} WHERE project_id <> '{first}'");
        return counts;
    }
}
