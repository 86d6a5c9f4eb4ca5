using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mail.Tests.Web.Security;

public sealed class SecurityHeaderTests
{
    private static async Task<HttpResponseMessage> GetAsync(RunningWeb web, string path) => await web.Client.GetAsync(new Uri(path, UriKind.Relative));

    private static string[] Policies(HttpResponseMessage answer) => [.. answer.Headers.GetValues("Content-Security-Policy")];

    [Theory, InlineData("/"), InlineData("/messages/1"), InlineData("/assets/missing.js"), InlineData("/health")]
    public async Task The_console_runs_its_own_scripts_only_and_stands_in_no_frame(string path)
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);
        web.WriteBuild("index.html", "<!doctype html>");

        using HttpResponseMessage answer = await GetAsync(web, path);

        string policy = Assert.Single(Policies(answer));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_mails_HTML_is_sandboxed_and_may_stand_in_our_own_frame_only()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/emails/{id}/html", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            return Results.Content("<p>Hello</p>", "text/html");
        }));

        using HttpResponseMessage answer = await GetAsync(web, "/api/emails/m1/html");

        string[] policies = Policies(answer);
        Assert.Equal("sandbox; default-src 'none'", policies[0]); // the API's own stays
        Assert.EndsWith("frame-ancestors 'self'; sandbox", policies[1], StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policies[1], StringComparison.Ordinal); // so default-src 'none' holds for scripts
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task A_draft_is_shown_to_the_console_alone_and_runs_nothing()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);

        using HttpResponseMessage shown = await PostDraftAsync(web, "same-origin", "iframe");
        using HttpResponseMessage elsewhere = await PostDraftAsync(web, "cross-site", "iframe");
        using HttpResponseMessage alone = await PostDraftAsync(web, "same-origin", "document");

        Assert.Equal("<p>Hell\u00f6 & <script>1</script></p>", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string policy = Assert.Single(Policies(shown));
        Assert.StartsWith("default-src 'none'; img-src http: https: data:;", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'; sandbox allow-same-origin", policy, StringComparison.Ordinal);
        Assert.True(shown.Headers.CacheControl?.NoStore);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (elsewhere.StatusCode, alone.StatusCode));
    }

    [Fact]
    public async Task The_page_in_which_a_draft_is_drawn_is_empty_and_runs_nothing()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);

        using HttpResponseMessage answer = await GetAsync(web, "/draft-canvas");

        Assert.EndsWith("<body></body></html>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string policy = Assert.Single(Policies(answer));
        Assert.StartsWith("default-src 'none'; img-src http: https: data:;", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal); // so default-src 'none' holds for scripts
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    private static async Task<HttpResponseMessage> PostDraftAsync(RunningWeb web, string site, string destination)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/draft-preview") { Content = new FormUrlEncodedContent([new("html", "<p>Hell\u00f6 & <script>1</script></p>")]) };
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Dest", destination);
        return await web.Client.SendAsync(request);
    }

    [Theory, InlineData("/api/emails/m1/raw"), InlineData("/api/emails"), InlineData("/api/emails/m1/html/more")]
    public async Task Every_other_answer_of_the_API_stands_in_no_frame_and_in_no_cache(string path)
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/{**path}", () => Results.Content("<script>alert(1)</script>", "text/html")));

        using HttpResponseMessage answer = await GetAsync(web, path);

        Assert.Equal("default-src 'none'; frame-ancestors 'none'; sandbox", Assert.Single(Policies(answer)));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_page_with_a_policy_and_a_lifetime_of_its_own_keeps_them()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/page", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'self'";
            response.Headers.CacheControl = "max-age=60";
            return "page";
        }));

        using HttpResponseMessage answer = await GetAsync(web, "/api/page");

        Assert.Equal(["default-src 'self'", "frame-ancestors 'none'"], Policies(answer));
        Assert.Equal(TimeSpan.FromSeconds(60), answer.Headers.CacheControl?.MaxAge);
    }
}
