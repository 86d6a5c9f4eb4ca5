using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Api.Invitations;

/// <summary>Many candidates by a file, invited at once (JOB-5), and what became of them in figures (JOB-9).</summary>
public sealed class BulkInviteTests(PostgresFixture postgres)
{
    [Fact]
    public async Task All_who_are_new_are_invited_once_and_the_figures_say_how_it_went()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        string campaign = await scene.CampaignAsync();
        await scene.Client.PostAsync("/suppressions", """{"email":"no@example.com","reason":"manual"}""", HttpStatusCode.Created);
        await ImportAsync(scene.Client, campaign, "application_id,email\nA,delivered+a@mail.test\nB,bounced+b@mail.test\nC,no@example.com\nD,complained+d@mail.test\nE,e@example.com\n");
        Assert.Equal(5, await NotInvitedAsync());

        JsonElement begun = await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "", HttpStatusCode.Accepted);
        Assert.Equal(5, begun.GetProperty("total").GetInt32());
        await FinishedAsync(scene, campaign);
        await Eventually.TrueAsync(async () => (await scene.Client.GetAsync($"/campaigns/{campaign}/metrics", HttpStatusCode.OK)).GetProperty("complained").GetInt32() == 1);
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("candidates WHERE state IN ('delivered', 'bounced')") >= 3);

        JsonElement run = await scene.Client.GetAsync($"/campaigns/{campaign}/invite", HttpStatusCode.OK);
        Assert.Equal(("finished", 5, 4, 1, 0), (run.GetProperty("state").GetString(), run.GetProperty("total").GetInt32(), run.GetProperty("accepted").GetInt32(), run.GetProperty("refused").GetInt32(), run.GetProperty("remaining").GetInt32()));
        JsonElement metrics = await scene.Client.GetAsync($"/campaigns/{campaign}/metrics", HttpStatusCode.OK);
        Assert.Equal((5, 5, 2, 1, 0.4), (metrics.GetProperty("candidates").GetInt32(), metrics.GetProperty("invited").GetInt32(), metrics.GetProperty("bounced").GetInt32(), metrics.GetProperty("complained").GetInt32(), metrics.GetProperty("bounce_rate").GetDouble()));
        Assert.Equal(0, (await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "{}", HttpStatusCode.Accepted)).GetProperty("total").GetInt32());
        Assert.Equal(4, (await scene.MailsAsync("interview-invitation")).Count);
        JsonElement page = await scene.Client.GetAsync($"/campaigns/{campaign}/candidates?state=bounced&limit=1", HttpStatusCode.OK);
        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.Single((await scene.Client.GetAsync($"/campaigns/{campaign}/candidates?state=bounced&limit=1&after={page.GetProperty("data")[0].GetProperty("id").GetString()}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal(0, await NotInvitedAsync());

        async Task<int> NotInvitedAsync() => (await scene.Client.GetAsync($"/campaigns/{campaign}", HttpStatusCode.OK)).GetProperty("not_invited").GetInt32();
    }

    [Fact]
    public async Task A_list_invites_those_that_it_names()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        string campaign = await scene.CampaignAsync();
        await ImportAsync(scene.Client, campaign, "application_id;email\nA;a@example.com\nB;b@example.com\nC;c@example.com\n");

        Assert.Equal(2, (await scene.Client.PostAsync($"/campaigns/{campaign}/invite", """{"application_ids":["A","C","unknown"]}""", HttpStatusCode.Accepted)).GetProperty("total").GetInt32());
        await FinishedAsync(scene, campaign);

        Assert.Equal("A,C", await scene.ScalarAsync<string>("SELECT string_agg(application_id, ',' ORDER BY application_id) FROM candidates WHERE sends = 1"));
    }

    /// <summary>The worker dies between portions, with one under way: the next one goes on.</summary>
    [Fact]
    public async Task A_run_that_a_worker_leaves_behind_is_finished_by_the_next_and_nobody_is_written_to_twice()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false, ("Bus:Lease", "00:00:01"), ("Bus:FirstRetry", "00:00:00.05"));
        string campaign = await scene.CampaignAsync();
        await ImportAsync(scene.Client, campaign, Many(2600));
        await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "", HttpStatusCode.Accepted);
        await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "", HttpStatusCode.Conflict);

        using (IHost killed = Mail.Api.Workers.WorkerInApi.Build(scene.Api.Services))
        {
            await killed.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(async () => await scene.Api.CountAsync("candidates WHERE sends > 0") > 0);
            await ((Npgsql.NpgsqlDataSource)killed.Services.GetService(typeof(Npgsql.NpgsqlDataSource))!).DisposeAsync(); // as a kill looks to the database
            await scene.ScalarAsync<object>($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'");
        }

        using IHost next = Mail.Api.Workers.WorkerInApi.Build(scene.Api.Services);
        await next.StartAsync(TestContext.Current.CancellationToken);
        await FinishedAsync(scene, campaign);
        await next.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2600, 2600, 2600), (await scene.Api.CountAsync("candidates WHERE sends = 1"), await scene.Api.CountAsync("messages"), await scene.ScalarAsync<long>("SELECT count(DISTINCT candidate_id) FROM candidate_mails")));
        Assert.Equal(2600, (await scene.Client.GetAsync($"/campaigns/{campaign}/invite", HttpStatusCode.OK)).GetProperty("accepted").GetInt32());
    }

    internal static string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"A-{i},candidate{i}@example.com,Candidate {i},fr\n").Prepend("application_id,email,name,locale\n"));

    internal static Task FinishedAsync(InvitationScene scene, string campaign) =>
        Eventually.TrueAsync(async () => (await scene.Client.GetAsync($"/campaigns/{campaign}/invite", HttpStatusCode.OK)).GetProperty("state").GetString() == "finished", TimeSpan.FromMinutes(3));

    internal static async Task<JsonElement> ImportAsync(HttpClient client, string campaign, string csv, HttpStatusCode expected = HttpStatusCode.OK, string query = "", Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(false);
        using ByteArrayContent file = new([.. encoding.GetPreamble(), .. encoding.GetBytes(csv)]);
        file.Headers.TryAddWithoutValidation("Content-Type", "text/csv");
        using HttpResponseMessage response = await client.PostAsync(new Uri($"/campaigns/{campaign}/candidates/import{query}", UriKind.Relative), file);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode}: {body}"));
        return JsonDocument.Parse(body).RootElement;
    }
}
