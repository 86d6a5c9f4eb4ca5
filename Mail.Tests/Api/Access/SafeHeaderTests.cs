using System.Net;
using System.Text.RegularExpressions;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Access;

/// <summary>Every answer of the API, also to a browser that was lured to it directly. The endpoints are the host's own list.</summary>
public sealed partial class SafeHeaderTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_endpoints_answers_are_neither_guessed_nor_framed_nor_kept_nor_told()
    {
        using HttpClient known = api.ClientWith(ApiFixture.LiveKey), stranger = api.CreateClient();
        List<string> wrong = [];
        int asked = 0;
        foreach (RouteEndpoint endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string path = Parameters().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "00000000-0000-7000-8000-000000000001");
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                foreach (HttpClient client in (HttpClient[])[known, stranger])
                {
                    asked++;
                    using HttpRequestMessage request = new(HttpMethod.Parse(method), path);
                    if (method is not ("GET" or "HEAD")) request.Content = ApiFixture.Json("{}");
                    using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    wrong.AddRange(Problems(answer).Select(problem => $"{method} {path}: {(int)answer.StatusCode} {problem}"));
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(asked > 200);
    }

    [Theory]
    [InlineData("GET", "/nothing/here"), InlineData("PUT", "/emails"), InlineData("POST", "/emails"), InlineData("GET", "/emails/no-id")]
    public async Task So_are_errors_of_paths_and_bodies_that_reach_no_endpoint(string method, string path)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        using HttpRequestMessage request = new(HttpMethod.Parse(method), path);
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Empty(Problems(answer));
    }

    /// <summary>Over TLS, outside development; and cookies that no neighbour domain can plant.</summary>
    [Fact]
    public async Task In_production_browsers_are_held_to_TLS_and_cookies_to_this_host()
    {
        await using ApiFixture production = new(postgres);
        await production.InitializeAsync();
        production.Settings["environment"] = "Production";
        using HttpClient client = production.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://mail.example"), HandleCookies = false });
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");

        using HttpResponseMessage answer = await client.PostAsync(
            new Uri("/auth/sign-in", UriKind.Relative), ApiFixture.Json($$"""{"email":"{{ApiFixture.AdminEmail}}","password":"{{ApiFixture.AdminPassword}}"}"""), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        string[] cookies = [.. answer.Headers.GetValues("Set-Cookie").Where(cookie => !cookie.Contains("=;", StringComparison.Ordinal))];
        Assert.Equal(["__Host-mail_device", "__Host-mail_session"], cookies.Select(cookie => cookie.Split('=')[0]).Order());
        Assert.All(cookies, cookie => Assert.All((string[])["path=/", "secure", "samesite=strict", "httponly"], word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase)));
        Assert.All(cookies, cookie => Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase)); // else a browser does not take the name
        using HttpRequestMessage next = new(HttpMethod.Get, "/auth/session");
        next.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        using HttpResponseMessage session = await client.SendAsync(next, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
    }

    private static IEnumerable<string> Problems(HttpResponseMessage answer)
    {
        string policy = One(answer, "Content-Security-Policy");
        bool isPreview = policy.StartsWith("sandbox;", StringComparison.Ordinal) && answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/html", StringComparison.Ordinal); // in the console's own frame
        if (!policy.Contains("default-src 'none'", StringComparison.Ordinal) || !policy.Contains(isPreview ? "frame-ancestors 'self'" : "frame-ancestors 'none'", StringComparison.Ordinal)) yield return $"policy: {policy}";
        if (policy.Contains("script-src", StringComparison.Ordinal)) yield return $"runs scripts: {policy}";
        if (One(answer, "X-Content-Type-Options") != "nosniff") yield return "kind is guessed";
        if (One(answer, "Referrer-Policy") != "no-referrer") yield return "tells its address";
        bool isScript = answer.RequestMessage!.RequestUri!.AbsolutePath == "/widget/reservations.js"; // the same for everybody, and named by its ETag
        if (!isScript && !One(answer, "Cache-Control").Contains("no-store", StringComparison.Ordinal)) yield return $"is kept: {One(answer, "Cache-Control")}";
        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By")) yield return "says what it runs on";
    }

    private static string One(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(" | ", values) : "";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameters();
}
