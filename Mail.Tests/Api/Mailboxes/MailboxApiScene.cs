using System.Net;
using System.Text.Json;
using Mail.Api.Mailboxes;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Mail.Tests.Api.Accounts;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Mailboxes;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>The API with a provider in memory and a worker that leads mailboxes, by a clock that tests move; a domain is set up.</summary>
internal sealed class MailboxApiScene : IAsyncDisposable
{
    public const string Domain = "boxes.example.org";

    private readonly AccountScene _accounts;
    private TestWorker? _worker;

    private MailboxApiScene(AccountScene accounts) => (_accounts, Client) = (accounts, null!);

    public AccountScene Accounts => _accounts;

    public ApiFixture Api => _accounts.Api;

    public MovedClock Clock => _accounts.Clock;

    public MemoryProvider Cloud { get; } = new();

    /// <summary>Where mails go.</summary>
    public SmtpSink Sink { get; } = SmtpSink.Start();

    /// <summary>An app without a user.</summary>
    public HttpClient Client { get; private set; }

    public string Connection { get; private set; } = "";

    /// <param name="work">Whether the worker runs from the start.</param>
    /// <param name="listens">Whether other processes can reach the API.</param>
    public static async Task<MailboxApiScene> StartAsync(PostgresFixture postgres, bool work = true, bool listens = false, params (string Name, string Value)[] settings)
    {
        MailboxApiScene scene = new(await AccountScene.StartAsync(postgres, settings));
        if (listens) scene.Api.UseKestrel(0);
        Action<IServiceCollection>? before = scene.Api.Replace;
        scene.Api.Replace = services =>
        {
            before?.Invoke(services);
            scene.UseCloud(services);
        };
        scene.Client = scene.Api.ClientWith(ApiFixture.LiveKey);
        JsonElement connection = await scene.Client.PostAsync("/mailbox-connections", """{"kind":"memory","name":"main","settings":{"base_url":"https://api.example","api_key":"k-0123456789"}}""", HttpStatusCode.Created);
        scene.Connection = connection.GetProperty("id").GetString()!;
        await scene.Client.PostAsync("/mailbox-domains", JsonSerializer.Serialize(new { domain = Domain, connection = scene.Connection }), HttpStatusCode.Created);
        if (work) await scene.WorkAsync();
        return scene;
    }

    public async Task WorkAsync()
    {
        Dictionary<string, string?> settings = new() { ["SMTP_HOST"] = SmtpSink.Host, ["SMTP_PORT"] = $"{Sink.Port}", ["SMTP_TLS"] = "none", ["Bus:PollInterval"] = "00:00:00.05", ["Mailboxes:FirstRetry"] = "00:00:00.05", ["Mailboxes:LongestRetry"] = "00:00:00.5" };
        _worker = TestWorker.Create(Api.ConnectionString, settings, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddMailboxes().AddBusWorker();
            UseCloud(services);
        });
        await _worker.StartAsync();
    }

    /// <summary>An app that acts for a user.</summary>
    public HttpClient For(string user, string? key = null)
    {
        HttpClient client = Api.ClientWith(key ?? ApiFixture.LiveKey);
        client.DefaultRequestHeaders.Add(MailboxCaller.Header, user);
        return client;
    }

    public static string Wish(string username, string? displayName = null, string? domain = null) => JsonSerializer.Serialize(new { username, display_name = displayName, domain });

    public static Task<JsonElement> CreateAsync(HttpClient client, string username, HttpStatusCode expected = HttpStatusCode.Created, params (string Name, string Value)[] headers) =>
        client.PostAsync("/api/email/create", Wish(username), expected, headers);

    /// <summary>A key with these scopes.</summary>
    public async Task<string> KeyAsync(params string[] scopes) =>
        (await Client.PostAsync("/api-keys", JsonSerializer.Serialize(new { name = "k", scopes }), HttpStatusCode.Created)).GetProperty("token").GetString()!;

    private void UseCloud(IServiceCollection services)
    {
        services.RemoveAll<MailboxProviderKind>();
        services.AddSingleton<MailboxProviderKind>(Cloud);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        Client.Dispose();
        await _accounts.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
