using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mail.Tests.Hosting.Local;

/// <summary>The dashboard of a running AppHost, over HTTP.</summary>
public sealed partial class DashboardTests : IDisposable
{
    private readonly string _folder = AppHostProcess.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_shows_and_commands_the_resources_for_its_own_page_only()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int wanted = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=cache"], new() { ["Local__DashboardPort"] = $"{wanted}" });
        Uri address = new(Address().Match(await host.LineAsync("Dashboard ")).Value);
        await host.LineAsync("cache is ready");
        Assert.True(address.Port > wanted); // the taken port is left alone
        Assert.Contains($"Port {wanted} is taken", host.Output, StringComparison.Ordinal);
        using HttpClient client = new() { BaseAddress = address };

        string page = await client.GetStringAsync("/");
        string id = CacheId().Match(page).Value;
        string token = Token().Match(page).Groups[1].Value;
        Dictionary<string, string> secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(_folder, "parameters.json")))!;
        Assert.All(secrets.Values, secret => Assert.DoesNotContain(secret, page, StringComparison.Ordinal));
        Assert.Contains("admin@example.com", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(client, HttpMethod.Get, "/", request => request.Headers.Host = $"evil.example:{address.Port}"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(client, HttpMethod.Post, $"/resources/{id}/stop", _ => { }));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(client, HttpMethod.Post, $"/resources/{id}/stop", Foreign));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(client, HttpMethod.Post, "/resources/nobody/stop", Ours));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(client, HttpMethod.Post, $"/resources/{id}/dance", Ours));
        Assert.Contains(">Stop<", await RowAsync(client, "Running"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(client, HttpMethod.Post, $"/resources/{id}/stop", Ours));
        Assert.Contains(">Start<", await RowAsync(client, "Finished|Exited"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(client, HttpMethod.Post, $"/resources/{id}/start", Ours));
        await RowAsync(client, "good\">Running");

        using HttpResponseMessage log = await client.GetAsync($"/logs/{id}", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await log.Content.ReadAsStreamAsync());
        Assert.Equal("event: line", await lines.ReadLineAsync());
        Assert.StartsWith("data: ", await lines.ReadLineAsync(), StringComparison.Ordinal);

        void Ours(HttpRequestMessage request) => request.Headers.Add("X-Dashboard-Token", token);

        void Foreign(HttpRequestMessage request)
        {
            Ours(request);
            request.Headers.Add("Origin", "http://evil.example");
        }
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        using HttpRequestMessage request = new(method, path);
        change(request);
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The cache's row, as the page is told of changes, once it shows the state.</summary>
    private static async Task<string> RowAsync(HttpClient client, string state)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        using HttpResponseMessage events = await client.GetAsync("/resources", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync(limit.Token));
        while (true)
        {
            string line = await lines.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The stream of changes has ended.");
            if (line.Contains(">cache<", StringComparison.Ordinal) && Regex.IsMatch(line, state)) return line;
        }
    }

    [GeneratedRegex(@"http://localhost:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("cache-[a-z]{8}")]
    private static partial Regex CacheId();

    [GeneratedRegex("data-token=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
