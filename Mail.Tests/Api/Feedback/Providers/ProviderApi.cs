using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Core.Feedback.Providers;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>The API with a public address, and an Amazon that is played.</summary>
public sealed class ProviderApi(PostgresFixture postgres) : IAsyncLifetime
{
    internal ApiFixture Api { get; } = new(postgres);

    internal FakeSns Sns { get; } = new();

    public async ValueTask InitializeAsync()
    {
        (Api.Settings["BASE_URL"], Api.Settings["Feedback:WaitForOutcome"]) = ("https://mail.example.com/api/", "00:00:00");
        Api.Replace = services => services.Replace(ServiceDescriptor.Singleton(new SnsTransport(Sns)));
        await Api.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>A project with a relay of this provider.</summary>
    internal async Task<ProviderScene> SceneAsync(string provider, ProviderFake? fake = null)
    {
        ProviderHook hook = ProviderHook.Of(provider);
        HttpClient client = Api.ClientWith(await Api.AddProjectAsync());
        Dictionary<string, string> settings = hook.Api.Settings(fake?.Url ?? new Uri("http://127.0.0.1:9")).Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!);
        settings[hook.Setting] = hook.Proof;
        JsonElement relay = await client.PostAsync("/relays", JsonSerializer.Serialize(new { name = "out", kind = provider, settings }), HttpStatusCode.Created);
        return new ProviderScene(this, hook, client, relay);
    }
}

/// <summary>A project, its relay and the provider behind it.</summary>
internal sealed class ProviderScene(ProviderApi host, ProviderHook hook, HttpClient client, JsonElement relay)
{
    public ApiFixture Api => host.Api;

    public FakeSns Sns => host.Sns;

    public ProviderHook Hook => hook;

    public HttpClient Client => client;

    /// <summary>As it was made.</summary>
    public JsonElement Relay => relay;

    public string RelayId => relay.GetProperty("id").GetString()!;

    public Task<JsonElement> TellAsync(Happening what, string message, string recipient) => PostAsync(hook.Tell(what, message, recipient), HttpStatusCode.OK);

    public Task<JsonElement> PostAsync(HookRequest request, HttpStatusCode expected) => PostAsync(RelayId, request, expected);

    public async Task<JsonElement> PostAsync(string id, HookRequest request, HttpStatusCode expected)
    {
        using HttpClient stranger = Api.CreateClient();
        using HttpRequestMessage message = new(HttpMethod.Post, $"/inbound/providers/{id}") { Content = new StringContent(request.Body, Encoding.UTF8, hook is SesHook ? "text/plain" : "application/json") };
        foreach ((string name, string value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await stranger.SendAsync(message);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>A message that the relay took for these recipients.</summary>
    public async Task<string> SentAsync(params string[] to)
    {
        string id = await AcceptedAsync(to);
        await FinishAsync(id);
        return id;
    }

    /// <summary>As if the relay had taken it.</summary>
    public Task FinishAsync(string id) => ExecuteAsync($"""
        WITH done AS (DELETE FROM deliveries WHERE message_id = '{id}' RETURNING *)
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, reply, finished_at)
        SELECT project_id, message_id, id, recipient, kind, 'sent', 1, 'out', 202, 'Accepted.', now() FROM done
        """);

    public async Task<string> AcceptedAsync(params string[] to) =>
        (await client.PostAsync("/emails", JsonSerializer.Serialize(new { from = "Shop <shop@example.com>", to, subject = "Your order", text = "Hello" }), HttpStatusCode.OK)).GetProperty("id").GetString()!;

    public async Task<JsonElement> RecipientAsync(string id, string email) =>
        (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients").EnumerateArray().Single(recipient => recipient.GetProperty("email").GetString() == email);

    public async Task<string> StateAsync(string id, string email) => (await RecipientAsync(id, email)).GetProperty("state").GetString()!;

    public async Task<List<(string Type, string? Detail)>> EventsAsync(string id)
    {
        await using NpgsqlCommand command = Api.Database.CreateCommand("SELECT type, detail::text FROM events WHERE message_id = $1 ORDER BY created_at, id");
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(id, CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Uuid });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<(string, string?)> events = [];
        while (await reader.ReadAsync()) events.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
        return events;
    }

    /// <summary>Reasons of the addresses on the list.</summary>
    public async Task<string[]> SuppressedAsync() =>
        [.. (await client.GetAsync("/suppressions", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(entry => $"{entry.GetProperty("email").GetString()} {entry.GetProperty("reason").GetString()}").Order(StringComparer.Ordinal)];

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What is remembered of this relay's requests.</summary>
    public Task<long> RememberedAsync() => Api.CountAsync($"provider_events WHERE relay_id = '{RelayId}'");
}
