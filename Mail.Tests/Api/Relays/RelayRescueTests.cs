using System.Net;
using Mail.Core.Projects;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Relays;

/// <summary>Who sets up a relay, or changes where mail must be processed, because mail is stuck, sees it go within seconds.</summary>
public sealed class RelayRescueTests(PostgresFixture postgres)
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20); // a message that nobody calls waits 30 s and more

    [Fact]
    public async Task What_waits_for_the_default_relay_goes_over_the_projects_first_own()
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        await using SmtpSink down = SmtpSink.Start(), own = SmtpSink.Start();
        await down.PauseAsync();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, settings: new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{down.Port}", ["SMTP_TLS"] = "none" });
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        await client.PostAsync("/emails", """{"from":"a@example.org","to":"b@example.com","subject":"s","text":"t"}""", HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await api.CountAsync("deliveries WHERE parked_by = 'default'") == 1);

        await client.PostAsync("/relays", $$"""{"name":"own","kind":"smtp","settings":{"host":"127.0.0.1","port":{{own.Port}},"tls":"none"} }""", HttpStatusCode.Created);

        await own.WaitForAsync(1, _soon);
    }

    [Fact]
    public async Task What_waits_for_a_region_goes_when_the_project_no_longer_demands_it()
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, settings: new() { ["Relay:Kind"] = "Log" });
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        await client.PatchAsync("/project", """{"region":"eu"}""", HttpStatusCode.OK);
        await client.PostAsync("/relays", $$"""{"name":"own","kind":"smtp","region":"us","settings":{"host":"127.0.0.1","port":{{sink.Port}},"tls":"none"} }""", HttpStatusCode.Created);
        string id = (await client.PostAsync("/emails", """{"from":"a@example.org","to":"b@example.com","subject":"s","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await Eventually.TrueAsync(async () => (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients")[0].GetProperty("reason").GetString()!.Contains("the project demands 'eu'", StringComparison.Ordinal));

        await client.PatchAsync("/project", """{"region":null}""", HttpStatusCode.OK);

        await sink.WaitForAsync(1, _soon);
    }

    [Fact]
    public void Only_owners_and_administrators_decide_who_gets_all_mail()
    {
        foreach (ProjectRole role in Enum.GetValues<ProjectRole>())
        {
            bool decides = role is ProjectRole.Owner or ProjectRole.Admin;
            Assert.Equal(decides, Scopes.Of(role).Contains(Scopes.WriteRelays));
            Assert.Equal(decides, Scopes.Of(role).Contains(Scopes.WriteProject));
            Assert.Equal(role != ProjectRole.Viewer, Scopes.Of(role).Contains(Scopes.TestRelays));
            Assert.Contains(Scopes.ReadRelays, Scopes.Of(role));
        }
    }
}
