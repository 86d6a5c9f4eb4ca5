using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.ActionLinks;

/// <summary>An API, an app with a key, and a reader without.</summary>
internal sealed class LinkScene : IAsyncDisposable
{
    private LinkScene(ApiFixture api)
    {
        (Api, Client, Reader) = (api, api.ClientWith(ApiFixture.LiveKey), api.ClientWith(null));
        Reader.DefaultRequestHeaders.UserAgent.ParseAdd("Test/1.0");
    }

    public ApiFixture Api { get; }

    public HttpClient Client { get; }

    public HttpClient Reader { get; }

    public static async Task<LinkScene> StartAsync(PostgresFixture postgres, Action<IServiceCollection>? replace = null)
    {
        ApiFixture api = new(postgres) { Replace = replace };
        await api.InitializeAsync();
        return new LinkScene(api);
    }

    /// <summary>Below the public address.</summary>
    public static string PathOf(JsonElement made) => new Uri(made.GetProperty("url").GetString()!).AbsolutePath;

    public static string With(string body, string field) => $"{body[..^1]},{field}}}";

    public Task<JsonElement> MakeAsync(string body) => Client.PostAsync("/action-links", body, HttpStatusCode.Created);

    public Task<JsonElement> GetAsync(JsonElement made) => Client.GetAsync($"/action-links/{made.GetProperty("id").GetString()}", HttpStatusCode.OK);

    public async Task<string> StateAsync(JsonElement made) => (await GetAsync(made)).GetProperty("state").GetString()!;

    public Task<(HttpResponseMessage Response, string Page)> OpenAsync(string path, string? language = null) => SendAsync(HttpMethod.Get, path, language: language);

    public Task<(HttpResponseMessage Response, string Page)> PostAsync(string path, string form) => SendAsync(HttpMethod.Post, path, form);

    public async Task<(HttpResponseMessage Response, string Page)> SendAsync(HttpMethod method, string path, string? form = null, string? language = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (language is not null) request.Headers.Add("Accept-Language", language);
        if (method == HttpMethod.Post) request.Content = new StringContent(form ?? "", Encoding.UTF8, "application/x-www-form-urlencoded");
        HttpResponseMessage response = await Reader.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Of the link that was made last.</summary>
    public async Task<string> IdAsync()
    {
        await using NpgsqlCommand command = Api.Database.CreateCommand("SELECT id::text FROM action_links ORDER BY id DESC LIMIT 1");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Reader.Dispose();
        await Api.DisposeAsync();
    }
}
