using System.Net;

namespace Mail.Tests.Web.Frontend;

public sealed class FrontendHostingTests
{
    private const string Page = "<!doctype html><title>Mail</title>";

    private static async Task<RunningWeb> StartBuiltAsync()
    {
        RunningWeb web = await RunningWeb.StartAsync(configureApi: null);
        web.WriteBuild("index.html", Page);
        web.WriteBuild("favicon.svg", "<svg/>");
        web.WriteBuild(Path.Combine("assets", "index-3f2a.js"), "console.log(1)" + new string(' ', 5_000));
        return web;
    }

    private static Task<HttpResponseMessage> GetAsync(RunningWeb web, string path) => web.Client.GetAsync(new Uri(path, UriKind.Relative));

    [Theory, InlineData("/"), InlineData("/messages"), InlineData("/messages/019aa2f0-7c1d-7000-8000-000000000001?part=raw"), InlineData("/no/such/page")]
    public async Task Every_page_address_is_the_app_and_is_asked_for_again_each_time(string path)
    {
        await using RunningWeb web = await StartBuiltAsync();

        using HttpResponseMessage answer = await GetAsync(web, path);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.Equal(Page, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        await using RunningWeb web = await StartBuiltAsync();
        using HttpResponseMessage first = await GetAsync(web, "/messages");
        using HttpRequestMessage again = new(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await web.Client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_hashed_file_is_kept_for_ever_and_packed()
    {
        await using RunningWeb web = await StartBuiltAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/index-3f2a.js");
        request.Headers.Add("Accept-Encoding", "br");

        using HttpResponseMessage answer = await web.Client.SendAsync(request);

        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory, InlineData("gzip, deflate, br", "br"), InlineData("gzip, br;q=0", "gzip"), InlineData("gzip", "gzip"), InlineData("zstd", null), InlineData(null, null)]
    public async Task A_file_that_the_build_has_packed_goes_out_as_it_is(string? accepted, string? expected)
    {
        await using RunningWeb web = await StartBuiltAsync();
        web.WriteBuild(Path.Combine("assets", "index-3f2a.js.br"), "br of the build");
        web.WriteBuild(Path.Combine("assets", "index-3f2a.js.gz"), "gzip of the build");
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/index-3f2a.js");
        if (accepted is not null) request.Headers.Add("Accept-Encoding", accepted);

        using HttpResponseMessage answer = await web.Client.SendAsync(request);

        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(expected, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.StartsWith(expected is null ? "console.log(1)" : $"{expected} of the build", body, StringComparison.Ordinal);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        if (expected is not null) Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_file_without_a_hash_is_asked_for_again()
    {
        await using RunningWeb web = await StartBuiltAsync();

        using HttpResponseMessage answer = await GetAsync(web, "/favicon.svg");

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task A_missing_script_is_404_and_not_a_page()
    {
        await using RunningWeb web = await StartBuiltAsync();

        (HttpStatusCode status, string body) = await web.GetAsync("/assets/index-0000.js");

        Assert.Equal((HttpStatusCode.NotFound, ""), (status, body));
    }

    [Theory, InlineData("/../secret.txt"), InlineData("/%2e%2e/secret.txt"), InlineData("/assets/..%2f..%2fsecret.txt"), InlineData("/..%5csecret.txt")]
    public async Task Nothing_outside_the_build_is_served(string path)
    {
        await using RunningWeb web = await StartBuiltAsync();
        web.WriteBuild(Path.Combine("..", "secret.txt"), "secret");

        (_, string body) = await web.GetAsync(path);

        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_read_and_not_written()
    {
        await using RunningWeb web = await StartBuiltAsync();

        using HttpResponseMessage answer = await web.Client.PostAsync(new Uri("/messages", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Before_the_first_build_a_plain_page_says_how_to_make_one_and_the_build_is_found_when_it_comes()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);

        using HttpResponseMessage before = await GetAsync(web, "/");
        web.WriteBuild("index.html", Page);
        (HttpStatusCode status, string body) = await web.GetAsync("/");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (before.StatusCode, before.Content.Headers.ContentType?.MediaType));
        Assert.Contains("npm run build", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, Page), (status, body));
    }
}
