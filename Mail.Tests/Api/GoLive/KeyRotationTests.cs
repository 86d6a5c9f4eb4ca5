using System.Net;
using System.Text.Json;
using Mail.Api.GoLive;
using Mail.Core.Database;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;

namespace Mail.Tests.Api.GoLive;

/// <summary>Another SECRET_KEY, host by host, while the others run (docs/guides/keys.md).</summary>
public sealed class KeyRotationTests(PostgresFixture postgres)
{
    private const string Old = "the-old-random-key-of-more-than-32-characters", New = "the-new-random-key-of-more-than-32-characters";

    [Fact]
    public async Task Hosts_with_the_old_key_go_on_while_others_start_with_the_new_one_and_then_it_is_enough()
    {
        string database = await postgres.CreateDatabaseAsync();
        ApiFixture before = await StartAsync(database, Old);
        using HttpClient beforeClient = before.ClientWith(ApiFixture.LiveKey);
        await AddRelayAsync(beforeClient, "first");

        await using ApiFixture during = await StartAsync(database, New, Old);
        using HttpClient duringClient = during.ClientWith(ApiFixture.LiveKey);
        await AddRelayAsync(duringClient, "of-a-new-host");
        await AddRelayAsync(beforeClient, "of-an-old-host");
        string[] seenByOld = await ReadableRelaysAsync(beforeClient), seenByNew = await ReadableRelaysAsync(duringClient);
        (int Code, string Said) checkedByOld = await SecretsAsync(before, "check"), checkedByNew = await SecretsAsync(during, "check");
        await before.DisposeAsync();

        await using ApiFixture after = await StartAsync(database, New);
        using HttpClient afterClient = after.ClientWith(ApiFixture.LiveKey);

        string[] all = ["first", "of-a-new-host", "of-an-old-host"];
        Assert.Equal(all, seenByOld);
        Assert.Equal(all, seenByNew);
        Assert.Equal(all, await ReadableRelaysAsync(afterClient));
        Assert.Equal(1, checkedByOld.Code);
        Assert.Contains("wrapped by another SECRET_KEY", checkedByOld.Said, StringComparison.Ordinal);
        Assert.Equal(0, checkedByNew.Code);
        Assert.Contains("SECRET_KEY_OLD is not needed", checkedByNew.Said, StringComparison.Ordinal);
    }

    /// <summary>Data Protection takes a ring that it cannot open for an empty one, and adds a key; a day later no two hosts would read each other's secrets.</summary>
    [Fact]
    public async Task A_host_that_was_left_with_the_old_key_adds_no_key_that_others_cannot_open()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ApiFixture left = await StartAsync(database, Old);
        using HttpClient client = left.ClientWith(ApiFixture.LiveKey);
        await AddRelayAsync(client, "first");
        await using ApiFixture other = await StartAsync(database, New, Old);
        using HttpClient _ = other.ClientWith(ApiFixture.LiveKey);
        long keys = await left.CountAsync("data_protection_keys");

        SecretKeyException refused = Assert.Throws<SecretKeyException>(() => Ring(left).CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90)));
        Ring(other).CreateNewKey(DateTimeOffset.UtcNow.AddDays(90), DateTimeOffset.UtcNow.AddDays(180));

        Assert.Contains("SECRET_KEY_OLD", refused.Message, StringComparison.Ordinal);
        Assert.Equal(keys + 1, await left.CountAsync("data_protection_keys"));
        Assert.Equal(["first"], await ReadableRelaysAsync(client));

        static IKeyManager Ring(ApiFixture api) => api.Services.GetRequiredService<IKeyManager>();
    }

    [Fact]
    public async Task The_command_says_what_wraps_the_ring_and_wraps_it_anew_beside_running_hosts()
    {
        string database = await postgres.CreateDatabaseAsync();
        await using ApiFixture running = await StartAsync(database, null);
        using HttpClient client = running.ClientWith(ApiFixture.LiveKey);
        await AddRelayAsync(client, "first");

        (int Code, string Said) clear = await SecretsAsync(running, "check");
        (int Code, string Said) wrapped = await CommandAsync(database, New, null, "rotate");
        (int Code, string Said) old = await CommandAsync(database, Old, New, "check");
        (int Code, string Said) rotated = await CommandAsync(database, Old, New, "rotate");
        (int Code, string Said) foreign = await CommandAsync(database, "some-other-random-key-of-more-than-32-characters", null, "rotate");

        Assert.Equal((1, 0, 1, 0, 1), (clear.Code, wrapped.Code, old.Code, rotated.Code, foreign.Code));
        Assert.Contains("stand in clear, and SECRET_KEY is not set", clear.Said, StringComparison.Ordinal);
        Assert.Contains("still wrapped by SECRET_KEY_OLD", old.Said, StringComparison.Ordinal);
        Assert.Contains("was wrapped by another SECRET_KEY", foreign.Said, StringComparison.Ordinal);
        Assert.Equal(["first"], await ReadableRelaysAsync(client));
        Assert.Equal(2, (await SecretsAsync(running, "polish")).Code);
    }

    private async Task<ApiFixture> StartAsync(string database, string? key, string? old = null)
    {
        ApiFixture api = new(postgres) { Settings = { ["ConnectionStrings:maildb"] = database } };
        await api.InitializeAsync();
        if (key is not null) api.Settings["SECRET_KEY"] = key;
        if (old is not null) api.Settings["SECRET_KEY_OLD"] = old;
        return api;
    }

    private static Task<JsonElement> AddRelayAsync(HttpClient client, string name) => client.PostAsync(
        "/relays", $$$"""{"name":"{{{name}}}","kind":"smtp","settings":{"host":"smtp.example.org","port":587,"tls":"starttls","username":"u","password":"kept-secret-password"}}""", HttpStatusCode.Created);

    /// <returns>The names of relays whose secrets can be opened.</returns>
    private static async Task<string[]> ReadableRelaysAsync(HttpClient client) =>
    [
        .. (await client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Where(relay => relay.GetProperty("problem").ValueKind is JsonValueKind.Null)
            .Select(relay => relay.GetProperty("name").GetString()!).Order(StringComparer.Ordinal),
    ];

    /// <summary>The ring names its decryptor with it, and .NET opens nothing of a newer assembly than its own: a host of the version before could read no key that this one has wrapped.</summary>
    [Fact]
    public void All_versions_have_one_assembly_version() => Assert.Equal(new Version(1, 0, 0, 0), typeof(KeyRingDecryptor).Assembly.GetName().Version);

    private static async Task<(int Code, string Said)> SecretsAsync(ApiFixture api, string word)
    {
        using StringWriter output = new(), errors = new();
        int code = await SecretsCommand.RunAsync([word], api.Services, output, errors);
        return (code, $"{output}{errors}");
    }

    /// <summary>As the program runs it: without the start of a host, which would wrap by itself.</summary>
    private static async Task<(int Code, string Said)> CommandAsync(string database, string key, string? old, string word)
    {
        ServiceCollection services = new();
        services.AddLogging().AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development }).AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["SECRET_KEY"] = key, ["SECRET_KEY_OLD"] = old }).Build());
        services.AddSingleton(_ => NpgsqlDataSource.Create(database)).AddDbContext<MailDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddMailDatabase();
        await using ServiceProvider built = services.BuildServiceProvider();
        using StringWriter output = new(), errors = new();
        int code = await SecretsCommand.RunAsync([word], built, output, errors);
        return (code, $"{output}{errors}");
    }
}
