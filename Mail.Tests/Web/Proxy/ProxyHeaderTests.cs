using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mail.Tests.Web.Proxy;

public sealed class ProxyHeaderTests
{
    private static void EchoHeaders(IEndpointRouteBuilder api) =>
        api.MapGet("/headers", (HttpRequest request) => request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));

    private static async Task<Dictionary<string, string>> SeenByApiAsync(RunningWeb web, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/headers");
        foreach ((string name, string value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using HttpResponseMessage answer = await web.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!;
    }

    [Fact]
    public async Task Headers_of_one_connection_are_not_passed_on()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(EchoHeaders);

        Dictionary<string, string> seen = await SeenByApiAsync(
            web, ("Connection", "X-Only-Here"), ("X-Only-Here", "1"), ("Keep-Alive", "timeout=5"), ("TE", "trailers"),
            ("Proxy-Authorization", "Basic eA=="), ("X-Mail-Console", "1"));

        Assert.Equal("1", seen["x-mail-console"]);
        Assert.Empty(seen.Keys.Intersect(["connection", "x-only-here", "keep-alive", "te", "proxy-authorization"]));
    }

    [Fact]
    public async Task Headers_of_the_APIs_connection_do_not_come_back()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/headers", (HttpResponse response) =>
        {
            response.Headers.Connection = "X-Only-There";
            response.Headers["X-Only-There"] = "1";
            response.Headers.KeepAlive = "timeout=5";
            response.Headers["Retry-After"] = "7";
            return "done";
        }));

        using HttpResponseMessage answer = await web.Client.GetAsync(new Uri("/api/headers", UriKind.Relative));

        Assert.Equal("7", Assert.Single(answer.Headers.GetValues("Retry-After")));
        Assert.False(answer.Headers.Contains("X-Only-There"));
        Assert.False(answer.Headers.Contains("Keep-Alive"));
        Assert.Empty(answer.Headers.Connection);
    }

    [Fact]
    public async Task The_API_learns_client_scheme_and_host_from_the_proxy()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(EchoHeaders);

        Dictionary<string, string> seen = await SeenByApiAsync(web);

        Assert.Equal("127.0.0.1", seen["x-forwarded-for"]);
        Assert.Equal("http", seen["x-forwarded-proto"]);
        Assert.Equal(web.Address.Authority, seen["x-forwarded-host"]);
        Assert.NotEqual(web.Address.Authority, seen["host"]);
    }

    [Fact]
    public async Task What_a_client_says_about_itself_is_not_believed()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(EchoHeaders);

        Dictionary<string, string> seen = await SeenByApiAsync(
            web, ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=evil.example"),
            ("X-Real-IP", "203.0.113.7"), ("X-Forwarded-Prefix", "/evil"));

        Assert.Equal(("127.0.0.1", web.Address.Authority, "http", "/api"), (seen["x-forwarded-for"], seen["x-forwarded-host"], seen["x-forwarded-proto"], seen["x-forwarded-prefix"]));
        Assert.DoesNotContain("forwarded", seen.Keys);
        Assert.DoesNotContain("x-real-ip", seen.Keys);
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(EchoHeaders, "TrustedProxies:0=127.0.0.0/8");

        Dictionary<string, string> seen = await SeenByApiAsync(
            web, ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Host", "mail.example.com"), ("X-Forwarded-Proto", "https"));

        Assert.Equal(("203.0.113.7", "mail.example.com", "https"), (seen["x-forwarded-for"], seen["x-forwarded-host"], seen["x-forwarded-proto"]));
    }

    [Fact]
    public async Task A_forged_Host_never_becomes_the_APIs_host_and_is_refused_when_the_hosts_are_known()
    {
        await using RunningWeb anywhere = await RunningWeb.StartAsync(EchoHeaders);
        await using RunningWeb known = await RunningWeb.StartAsync(EchoHeaders, "AllowedHosts=mail.example.com");

        Dictionary<string, string> seen = await SeenByApiAsync(anywhere, ("Host", "evil.example"));
        using HttpRequestMessage forged = new(HttpMethod.Get, "/api/headers");
        forged.Headers.Host = "evil.example";
        using HttpResponseMessage refused = await known.Client.SendAsync(forged);

        Assert.StartsWith("127.0.0.1:", seen["host"], StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Cookies_pass_both_ways_untouched()
    {
        string[] set = ["mail_session=abc%3D; path=/; samesite=strict; httponly", "theme=dark; expires=Fri, 20 Nov 2026 12:00:00 GMT"];
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/headers", (HttpRequest request, HttpResponse response) =>
        {
            response.Headers.SetCookie = set;
            return new Dictionary<string, string> { ["cookie"] = request.Headers.Cookie.ToString() };
        }));
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/headers");
        request.Headers.Add("Cookie", "mail_session=abc%3D; other=1");

        using HttpResponseMessage answer = await web.Client.SendAsync(request);

        Assert.Equal(set, answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("mail_session=abc%3D; other=1", (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["cookie"]);
    }
}
