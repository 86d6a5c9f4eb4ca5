using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Usage;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-3, BOX-8, BOX-10: what was really sent, what is billed, what was done.</summary>
public sealed class MailboxReportTests(PostgresFixture postgres)
{
    private static async Task SendAsync(MailboxApiScene scene, string from, params string[] to) =>
        await scene.Client.PostAsync("/emails", JsonSerializer.Serialize(new { from, to, subject = "s", text = "t" }), HttpStatusCode.OK);

    private static async Task ExecuteAsync(MailboxApiScene scene, string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = scene.Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static Task AddEventAsync(MailboxApiScene scene, string type, int? attempt) => ExecuteAsync(scene, $"""
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, attempt)
        SELECT project_id, id, gen_random_uuid(), '{type}', now(), 'x@example.net', {attempt?.ToString(CultureInfo.InvariantCulture) ?? "NULL"} FROM messages WHERE envelope ->> 'from' LIKE '%sales@%' ORDER BY id LIMIT 1
        """);

    /// <summary>BOX-3, BOX-10: of the worker's own events, whoever sent; and only of that address.</summary>
    [Fact]
    public async Task What_was_really_sent_as_a_mailbox_is_counted_by_day_and_month()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("ada");
        await MailboxApiScene.CreateAsync(ada, "sales");
        await MailboxApiScene.CreateAsync(ada, "quiet");
        await SendAsync(scene, "Sales & Söhne <Sales@Boxes.Example.org>", "a@example.net", "b@example.net");
        await SendAsync(scene, "sales@boxes.example.org", "c@example.net");
        await SendAsync(scene, "other@boxes.example.org", "d@example.net");
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("events WHERE type = 'email.sent'") == 4);
        await AddEventAsync(scene, "email.failed", 3);
        await AddEventAsync(scene, "email.bounced", null);
        await AddEventAsync(scene, "email.complained", null);

        JsonElement[] accounts = [.. (await ada.GetAsync("/api/email/my-accounts", HttpStatusCode.OK)).GetProperty("accounts").EnumerateArray()];
        Assert.Equal([("quiet@boxes.example.org", 0, 0), ("sales@boxes.example.org", 3, 3)],
            accounts.Select(one => (one.GetProperty("email").GetString()!, one.GetProperty("emails_sent_today").GetInt32(), one.GetProperty("emails_sent_month").GetInt32())));

        JsonElement statistics = await scene.Client.GetAsync("/mailboxes/statistics?days=2", HttpStatusCode.OK);
        Assert.Equal(2, statistics.GetProperty("accounts").GetProperty("active").GetInt32());
        JsonElement today = statistics.GetProperty("today"), provider = statistics.GetProperty("providers")[0];
        Assert.Equal((3, 1, 1, 1, 0.5), (today.GetProperty("sent").GetInt32(), today.GetProperty("refused").GetInt32(), today.GetProperty("bounced").GetInt32(), today.GetProperty("complained").GetInt32(), today.GetProperty("success_rate").GetDouble()));
        Assert.Equal(("memory", 3), (provider.GetProperty("name").GetString(), provider.GetProperty("month").GetProperty("sent").GetInt32()));
        Assert.Equal([(0, 0), (2, 3)], statistics.GetProperty("days").EnumerateArray().Select(day => (day.GetProperty("created").GetInt32(), day.GetProperty("sends").GetProperty("sent").GetInt32())));

        int month = scene.Clock.GetUtcNow().AddDays(1).Month == scene.Clock.GetUtcNow().Month ? 3 : 0;
        scene.Clock.Advance(TimeSpan.FromDays(1));
        JsonElement tomorrow = (await ada.GetAsync("/api/email/my-accounts", HttpStatusCode.OK)).GetProperty("accounts")[1];
        Assert.Equal((0, month), (tomorrow.GetProperty("emails_sent_today").GetInt32(), tomorrow.GetProperty("emails_sent_month").GetInt32()));
    }

    /// <summary>Days that are over become one row each, with the same sums, however many do it at once.</summary>
    [Fact]
    public async Task Days_that_are_over_are_folded_without_losing_or_doubling_anything()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        Guid project = Guid.Parse((await scene.Client.GetAsync("/project", HttpStatusCode.OK)).GetProperty("id").GetString()!);
        await ExecuteAsync(scene, $"""
            INSERT INTO mailbox_sends (project_id, mailbox_id, day, sent, refused, bounced, complained)
            SELECT '{project}', md5((n % 7)::text)::uuid, (now() AT TIME ZONE 'UTC')::date - n % 5, 2, 1, 0, 0 FROM generate_series(1, 1000) n
            """);
        MailboxSends sends = scene.Api.Services.GetRequiredService<MailboxSends>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sends.FoldAsync(TestContext.Current.CancellationToken)));
        await sends.FoldAsync(TestContext.Current.CancellationToken);

        await using NpgsqlCommand sums = scene.Api.Database.CreateCommand("SELECT sum(sent)::int, sum(refused)::int, count(*) FILTER (WHERE is_folded)::int, count(*) FILTER (WHERE NOT is_folded)::int FROM mailbox_sends");
        await using NpgsqlDataReader reader = await sums.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2000, 1000, 21, 400), (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3))); // three days of seven mailboxes; today and yesterday stay open
    }

    /// <summary>A page of mailboxes is counted from the primary key alone, however much was sent by all.</summary>
    [Fact]
    public async Task Counting_a_page_of_mailboxes_reads_an_index_and_no_more()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        await ExecuteAsync(scene, """
            INSERT INTO mailbox_sends (project_id, mailbox_id, day, sent, refused, bounced, complained, is_folded)
            SELECT '00000000-0000-7000-8000-000000000001'::uuid, md5(m::text)::uuid, current_date - d, 40, 1, 1, 0, true FROM generate_series(1, 2000) m, generate_series(2, 31) d
            UNION ALL SELECT '00000000-0000-7000-8000-000000000001'::uuid, md5((n % 2000)::text)::uuid, current_date, 1, 0, 0, 0, false FROM generate_series(1, 60000) n
            """);
        await ExecuteAsync(scene, "VACUUM ANALYZE mailbox_sends");
        await using NpgsqlCommand explain = scene.Api.Database.CreateCommand("EXPLAIN (ANALYZE, BUFFERS) " + MailboxSends.CountSql);
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        explain.Parameters.AddTyped(Guid.Parse("00000000-0000-7000-8000-000000000001")).AddTyped(Enumerable.Range(1, 100).Select(n => Guid.Parse(Convert.ToHexString(MD5Of($"{n}")))).ToArray()).AddTyped(today).AddTyped(new DateOnly(today.Year, today.Month, 1));
        List<string> plan = [];
        await using (NpgsqlDataReader reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(reader.GetString(0));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', plan));
        Assert.Contains(plan, line => line.Contains("mailbox_sends_pkey", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

#pragma warning disable CA5351 // as the database makes the same ids
    private static byte[] MD5Of(string text) => System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5351

    /// <summary>BOX-10: what is billed: also of a mailbox that is deleted, and nothing of one that never was.</summary>
    [Fact]
    public async Task The_usage_of_a_month_is_there_as_json_and_csv()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("=ada,\"x\"");
        await MailboxApiScene.CreateAsync(ada, "sales");
        string gone = (await MailboxApiScene.CreateAsync(ada, "gone")).GetProperty("id").GetString()!;
        await scene.Client.DeleteAsync($"/mailboxes/{gone}", HttpStatusCode.OK);
        scene.Cloud.Script("create", Mail.Tests.Core.Mailboxes.Problems.LicenceMissing);
        await MailboxApiScene.CreateAsync(ada, "never", HttpStatusCode.Conflict);
        await SendAsync(scene, "sales@boxes.example.org", "a@example.net", "b@example.net");
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("events WHERE type = 'email.sent'") == 2);
        string month = scene.Clock.GetUtcNow().ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

        JsonElement usage = await scene.Client.GetAsync($"/mailboxes/usage?month={month}", HttpStatusCode.OK);
        Assert.Equal((month, false), (usage.GetProperty("month").GetString(), usage.GetProperty("final").GetBoolean()));
        Assert.Equal((2, 2, 2), (usage.GetProperty("total").GetProperty("mailboxes").GetInt32(), usage.GetProperty("total").GetProperty("mailbox_days").GetInt32(), usage.GetProperty("total").GetProperty("sent").GetInt32()));
        Assert.Equal([("sales@boxes.example.org", "active", 1, 2), ("gone@boxes.example.org", "deleted", 1, 0)],
            usage.GetProperty("data").EnumerateArray().Select(line => (line.GetProperty("email").GetString()!, line.GetProperty("status").GetString()!, line.GetProperty("days").GetInt32(), line.GetProperty("sent").GetInt32())));

        using HttpResponseMessage csv = await scene.Client.GetAsync(new Uri($"/mailboxes/usage?month={month}&format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        string[] lines = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal(("text/csv", 4, "project_id,month,mailbox_id,email,user,provider,status,active_at,ended_at,days,sent,refused,bounced"), (csv.Content.Headers.ContentType!.MediaType, lines.Length, lines[0]));
        Assert.Contains(",sales@boxes.example.org,\"'=ada,\"\"x\"\"\",memory,active,", lines[1], StringComparison.Ordinal); // no spreadsheet takes a user for a formula
        Assert.EndsWith(",1,2,0,0", lines[1], StringComparison.Ordinal);
        Assert.Equal(0, (await scene.Client.GetAsync("/mailboxes/usage?month=2020-01", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        scene.Clock.Advance(TimeSpan.FromDays(40));
        JsonElement later = await scene.Client.GetAsync($"/mailboxes/usage?month={month}", HttpStatusCode.OK);
        DateTimeOffset made = later.GetProperty("data")[0].GetProperty("active_at").GetDateTimeOffset();
        Assert.Equal((true, DateTime.DaysInMonth(made.Year, made.Month) - made.Day + 1), (later.GetProperty("final").GetBoolean(), later.GetProperty("data")[0].GetProperty("days").GetInt32()));
    }

    /// <summary>BOX-8.</summary>
    [Fact]
    public async Task Each_action_stands_in_the_log_with_user_provider_status_error_and_time()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("ada"), bob = scene.For("bob");
        string id = (await MailboxApiScene.CreateAsync(ada, "sales")).GetProperty("id").GetString()!;
        await MailboxApiScene.CreateAsync(bob, "sales", HttpStatusCode.Conflict);
        scene.Cloud.Script("set_up_sending", Mail.Tests.Core.Mailboxes.Problems.LicenceMissing);
        await MailboxApiScene.CreateAsync(bob, "other", HttpStatusCode.Conflict);
        await ada.PostAsync($"/mailboxes/{id}/suspend", "", HttpStatusCode.OK);

        JsonElement[] all = await LogAsync(scene.Client, "?limit=100"), of = await LogAsync(scene.Client, $"?limit=100&mailbox_id={id}"), bobs = await LogAsync(bob, "?limit=100");
        Assert.All(of, line => Assert.Equal(("ada", "memory", "sales@boxes.example.org"), (line.GetProperty("user").GetString(), line.GetProperty("provider").GetString(), line.GetProperty("email").GetString())));
        Assert.Superset(new HashSet<string?> { "reserved", "create", "set_up_sending", "issue_credentials", "active", "credentials_shown", "suspend_asked", "suspend", "suspended" }, of.Select(line => line.GetProperty("action").GetString()).ToHashSet());
        Assert.Equal(of.OrderByDescending(line => long.Parse(line.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture)).Select(line => line.GetRawText()), of.Select(line => line.GetRawText()));
        Assert.All(bobs, line => Assert.Equal("bob", line.GetProperty("user").GetString()));
        Assert.Contains(bobs, line => (line.GetProperty("action").GetString(), line.GetProperty("status").GetString(), line.GetProperty("error").GetString()) == ("create", "refused", "name_taken"));
        Assert.Contains(bobs, line => (line.GetProperty("action").GetString(), line.GetProperty("status").GetString(), line.GetProperty("error").GetString()) == ("set_up_sending", "refused", "provider_licence_missing"));
        Assert.All(await LogAsync(scene.Client, "?action=suspend&status=done&provider=memory&limit=100"), line => Assert.Equal("suspend", line.GetProperty("action").GetString()));
        Assert.Empty(await LogAsync(scene.Client, "?provider=ses"));
        Assert.Empty(await LogAsync(scene.Client, "?until=2020-01-01T00:00:00Z"));

        List<string> paged = [];
        for (string after = ""; ;)
        {
            JsonElement page = await scene.Client.GetAsync($"/mailboxes/log?limit=4{after}", HttpStatusCode.OK);
            paged.AddRange(page.GetProperty("data").EnumerateArray().Select(line => line.GetProperty("id").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean()) break;
            after = $"&after={paged[^1]}";
        }

        Assert.Equal(all.Select(line => line.GetProperty("id").GetString()!), paged);
    }

    private static async Task<JsonElement[]> LogAsync(HttpClient client, string query) => [.. (await client.GetAsync($"/mailboxes/log{query}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
}
