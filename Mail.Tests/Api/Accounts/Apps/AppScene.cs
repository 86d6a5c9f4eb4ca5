using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Messaging;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Accounts.Apps;

/// <summary>An app with users of its own: its server, which hears callbacks, and a project that knows where that is.</summary>
internal sealed partial class AppScene : IAsyncDisposable
{
    public const string Password = "wombat-Fish 71 lantern";

    private AppScene(ApiFixture api, WebhookReceiver app, HttpClient client, string secret) => (Api, App, Client, Secret) = (api, app, client, secret);

    public ApiFixture Api { get; }

    public WebhookReceiver App { get; }

    public HttpClient Client { get; }

    public string Secret { get; }

    public static async Task<AppScene> StartAsync(PostgresFixture postgres, params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres) { Replace = services => services.AddBusWorker() };
        foreach ((string name, string value) in ((string, string)[])[("BASE_URL", "https://mail.example.org/"), ("Bus:PollInterval", "00:00:00.05"), ("Bus:FirstRetry", "00:00:00.01"), ("Bus:LongestRetry", "00:00:00.02"), .. settings]) api.Settings[name] = value;
        await api.InitializeAsync();
        WebhookReceiver app = await WebhookReceiver.StartAsync();
        HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        return new AppScene(api, app, client, await SetUpAsync(client, app));
    }

    /// <returns>The signing secret.</returns>
    public static async Task<string> SetUpAsync(HttpClient client, WebhookReceiver app) =>
        (await client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{app.Url}}/accounts","from":"a@example.org","app_name":"Northwind","support_email":"help@example.org"}""", HttpStatusCode.OK)).GetProperty("signing_secret").GetString()!;

    /// <summary>Asks for a code and reads it in the mail.</summary>
    public async Task<string> CodeAsync(string email = "ada@example.com", HttpClient? client = null)
    {
        await (client ?? Client).PostAsync("/api/auth/password-reset/request/", $$"""{"email":"{{email}}"}""", HttpStatusCode.OK);
        return Code().Match((await LastMailAsync(client)).GetProperty("text").GetString()!).Groups[1].Value;
    }

    public Task<JsonElement> ConfirmAsync(string code, HttpStatusCode expected, string email = "ada@example.com", string password = Password, HttpClient? client = null) =>
        (client ?? Client).PostAsync("/api/auth/password-reset/confirm/", $$"""{"email":"{{email}}","code":"{{code}}","new_password":"{{password}}","client":{"ip":"203.0.113.24","user_agent":"Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"} }""", expected);

    /// <summary>The last one that was accepted, as its project sees it.</summary>
    public async Task<JsonElement> LastMailAsync(HttpClient? client = null)
    {
        await using NpgsqlCommand command = Api.Database.CreateCommand("SELECT id FROM messages ORDER BY id DESC LIMIT 1");
        return await (client ?? Client).GetAsync($"/emails/{await command.ExecuteScalarAsync()}", HttpStatusCode.OK);
    }

    public static string LinkIn(JsonElement mail) => Link().Match(mail.GetProperty("text").GetString()!).Value.Replace("https://mail.example.org", "", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Api.DisposeAsync();
        await App.DisposeAsync();
    }

    [GeneratedRegex("^ {4}([0-9]{6})\r?$", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("https://mail.example.org/a/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}

internal static class AppCallsOfTests
{
    public static async Task<JsonElement> SendJsonAsync(this HttpClient client, HttpMethod method, string path, string body, HttpStatusCode expected)
    {
        using HttpRequestMessage request = new(method, path) { Content = ApiFixture.Json(body) };
        using HttpResponseMessage response = await client.SendAsync(request);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {answer}");
        return JsonDocument.Parse(answer).RootElement;
    }
}
