using System.Net;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Domains;

/// <summary>A project's webhooks hear of its domains.</summary>
public sealed class DomainEventTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly DnsZone _zone = new();
    private readonly ApiFixture _api = new(postgres);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        (_api.Settings["Domains:NameServers"], _api.Settings["Domains:CheckPause"], _api.Settings["Domains:DnsTimeout"], _api.Settings["Webhooks:AllowPrivateAddresses"]) = (_zone.Address, "00:00:00", "00:00:10", "true");
        _client = _api.ClientWith(ApiFixture.LiveKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
        await _zone.DisposeAsync();
    }

    [Fact]
    public async Task A_domains_making_each_change_of_what_is_shown_and_its_end_are_told_in_resends_shape()
    {
        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());
        foreach (HttpClient client in (HttpClient[])[_client, other])
            await client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["domain.created","domain.updated","domain.deleted"]}""", HttpStatusCode.Created);

        JsonElement added = await _client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        (string id, JsonElement dkim) = (DomainTests.Text(added, "id"), DomainTests.Record(added, "DKIM"));
        await _client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Conflict); // tells nobody
        await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK); // pending
        await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK); // as it was
        _zone.Set(DomainTests.Text(dkim, "name"), DomainTests.Text(dkim, "value"));
        await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK); // verified
        await _client.PatchAsync($"/domains/{id}", """{"include_subdomains":false}""", HttpStatusCode.OK);
        await _client.PatchAsync($"/domains/{id}", """{"include_subdomains":false}""", HttpStatusCode.OK); // as it was
        await _client.PostAsync($"/domains/{id}/rotate", "", HttpStatusCode.OK);
        await _client.DeleteAsync($"/domains/{id}", HttpStatusCode.OK);

        List<(string Type, JsonElement Data)> told = await ToldAsync();
        Assert.Equal(
            [("domain.created", "not_started"), ("domain.updated", "pending"), ("domain.updated", "verified"), ("domain.updated", "verified"), ("domain.updated", "verified"), ("domain.deleted", "verified")],
            told.Select(one => (one.Type, DomainTests.Text(one.Data, "status"))));
        Assert.All(told, one => Assert.Equal((id, "shop.example"), (DomainTests.Text(one.Data, "id"), DomainTests.Text(one.Data, "name"))));
        Assert.Equal([true, true, true, false, false, false], told.Select(one => one.Data.GetProperty("include_subdomains").GetBoolean()));
        Assert.Equal(["active", "next"], told[4].Data.GetProperty("records").EnumerateArray().Where(record => DomainTests.Text(record, "record") == "DKIM").Select(record => DomainTests.Text(record, "key")));
        JsonElement record = DomainTests.Record(told[2].Data, "DKIM");
        Assert.Equal(
            (DomainTests.Text(dkim, "name"), "TXT", "Auto", "verified", DomainTests.Text(dkim, "value")),
            (DomainTests.Text(record, "name"), DomainTests.Text(record, "type"), DomainTests.Text(record, "ttl"), DomainTests.Text(record, "status"), DomainTests.Text(record, "value")));
        Assert.Equal(added.GetProperty("created_at").GetDateTimeOffset(), told[0].Data.GetProperty("created_at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_cannot_be_told_does_not_happen()
    {
        JsonElement added = await _client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        await _client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["domain.created","domain.deleted"]}""", HttpStatusCode.Created);
        await ExecuteAsync("ALTER TABLE webhook_queue RENAME TO away");

        await _client.PostAsync("/domains", """{"name":"other.example"}""", HttpStatusCode.InternalServerError);
        await _client.DeleteAsync($"/domains/{DomainTests.Text(added, "id")}", HttpStatusCode.InternalServerError);

        Assert.Equal((1, 1), (await _api.CountAsync("domains"), await _api.CountAsync("domains WHERE name = 'shop.example'")));
        await ExecuteAsync("ALTER TABLE away RENAME TO webhook_queue");
        await _client.DeleteAsync($"/domains/{DomainTests.Text(added, "id")}", HttpStatusCode.OK);
        Assert.Equal("domain.deleted", Assert.Single(await ToldAsync()).Type);
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own constants
        await using NpgsqlCommand command = _api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<(string Type, JsonElement Data)>> ToldAsync()
    {
        List<(string, JsonElement)> told = [];
        await using NpgsqlCommand command = _api.Database.CreateCommand("SELECT type, payload::text FROM webhook_queue ORDER BY happened_at, event_id");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) told.Add((reader.GetString(0), JsonDocument.Parse(reader.GetString(1)).RootElement));
        return told;
    }
}
