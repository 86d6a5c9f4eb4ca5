using System.Net;
using System.Text.Json;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Alerts;

public sealed class AlertTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private IAlerts Engine => api.Services.GetRequiredService<IAlerts>();

    [Fact]
    public async Task An_alert_stands_in_the_list_in_the_language_asked_for_until_it_is_over()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        AlertKey key = new(await LastProjectAsync(), AlertKind.RelayQuotaUsed, "primary");
        Engine.Raise(key, new AlertFacts { Used = 20_000, Limit = 20_000, Period = "day" }, times: 1, endsAt: DateTimeOffset.UtcNow.AddHours(3));
        await Eventually.TrueAsync(async () => await OpenAsync(client) == 1);

        JsonElement english = (await client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data")[0];
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        JsonElement french = (await client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data")[0];
        Engine.Resolve(key);
        await Eventually.TrueAsync(async () => await OpenAsync(client) == 0);

        Assert.Equal(("relay_quota_used", "primary", "project", true), (english.GetProperty("kind").GetString(), english.GetProperty("subject").GetString(), english.GetProperty("scope").GetString(), english.GetProperty("open").GetBoolean()));
        Assert.Equal("The quota of the relay “primary” is used up", english.GetProperty("title").GetString());
        Assert.Contains("20,000 / 20,000", english.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal("Le quota du relais « primary » est épuisé", french.GetProperty("title").GetString());
        Assert.False((await client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task A_removed_relay_takes_its_alerts_along_and_nobody_hears_that_it_works_again()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        ProjectId project = await LastProjectAsync();
        JsonElement relay = await client.PostAsync("/relays", """{"name":"gone","kind":"smtp","settings":{"host":"smtp.example.com"}}""", HttpStatusCode.Created);
        Engine.Raise(new AlertKey(project, AlertKind.RelayPaused, "gone"), new AlertFacts { Reason = "Connection refused" });
        Engine.Raise(new AlertKey(project, AlertKind.RelayPaused, "stays"), new AlertFacts { Reason = "Connection refused" });
        await Eventually.TrueAsync(async () => await OpenAsync(client) == 2);

        await client.DeleteAsync($"/relays/{relay.GetProperty("id").GetString()}", HttpStatusCode.OK);

        Assert.Equal(1, await OpenAsync(client));
        Assert.Equal(1, await api.CountAsync($"alerts WHERE project_id = '{project.Value}' AND subject = 'gone' AND resolved_at IS NOT NULL AND told_end_at = resolved_at"));
    }

    [Fact]
    public async Task An_alert_of_another_project_is_not_seen_and_cannot_be_acknowledged()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        Engine.Raise(new AlertKey(await LastProjectAsync(), AlertKind.RelayPaused, "a"), new AlertFacts { Reason = "Connection refused" });
        await Eventually.TrueAsync(async () => await OpenAsync(owner) == 1);
        string id = (await owner.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("id").GetString()!;
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());

        Assert.Equal(0, await OpenAsync(other));
        await other.PostAsync($"/alerts/{id}/acknowledge", "", HttpStatusCode.NotFound);
        JsonElement first = await owner.PostAsync($"/alerts/{id}/acknowledge", "", HttpStatusCode.OK);
        JsonElement second = await owner.PostAsync($"/alerts/{id}/acknowledge", "", HttpStatusCode.OK);

        Assert.NotNull(first.GetProperty("acknowledged_at").GetString());
        Assert.Equal(first.GetProperty("acknowledged_at").GetString(), second.GetProperty("acknowledged_at").GetString());
        Assert.True(second.GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task What_is_the_installations_is_the_first_projects_to_see_and_to_acknowledge_and_nobody_elses()
    {
        AlertKey key = new(null, AlertKind.RelayPaused, "default");
        Engine.Raise(key, new AlertFacts { Reason = "Connection refused", Cause = "relay_refuses_connections" });
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey), other = api.ClientWith(await api.AddProjectAsync());
        await Eventually.TrueAsync(async () => await OpenAsync(client) == 1);

        JsonElement alert = (await client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.Equal(0, await OpenAsync(other));
        await other.PostAsync($"/alerts/{alert.GetProperty("id").GetString()}/acknowledge", "", HttpStatusCode.NotFound);
        await client.PostAsync($"/alerts/{alert.GetProperty("id").GetString()}/acknowledge", "", HttpStatusCode.OK);
        Engine.Resolve(key);
        await Eventually.TrueAsync(async () => await OpenAsync(client) == 0);

        Assert.Equal("installation", alert.GetProperty("scope").GetString());
        Assert.Equal("Check host and port (587 or 465 for submission), and that the mail server runs.", alert.GetProperty("remedy").GetString());
    }

    [Theory]
    [InlineData("/alerts?limit=0")]
    [InlineData("/alerts?limit=101")]
    [InlineData("/alerts?limit=many")]
    public async Task A_wrong_limit_is_named(string path)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        Assert.Contains("`limit`", (await client.GetAsync(path, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("01900000-0000-7000-8000-000000000009")]
    [InlineData("%2e%2e%2f")]
    public async Task An_id_that_is_none_is_not_found(string id)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync($"/alerts/{id}/acknowledge", """{"whatever":[1,2,3]}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_without_the_scope_sees_no_alert()
    {
        string key = await api.AddProjectAsync();
        await using (Npgsql.NpgsqlCommand restrict = api.Database.CreateCommand("UPDATE api_keys SET scopes = '{emails:send}' WHERE project_id = $1"))
        {
            restrict.Parameters.AddTyped((await LastProjectAsync()).Value);
            await restrict.ExecuteNonQueryAsync();
        }

        using HttpClient client = api.ClientWith(key);

        Assert.Contains("alerts:read", (await client.GetAsync("/alerts", HttpStatusCode.Unauthorized)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("alerts:write", (await client.PostAsync($"/alerts/{Guid.NewGuid()}/acknowledge", "", HttpStatusCode.Unauthorized)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<int> OpenAsync(HttpClient client) => (await client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("open").GetInt32();

    private async Task<ProjectId> LastProjectAsync()
    {
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand("SELECT id FROM projects ORDER BY created_at DESC, id DESC LIMIT 1");
        return new ProjectId((Guid)(await command.ExecuteScalarAsync())!);
    }
}
