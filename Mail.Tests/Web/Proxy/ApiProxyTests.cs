using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mail.Tests.Web.Proxy;

public sealed class ApiProxyTests
{
    [Fact]
    public async Task A_call_reaches_the_API_without_its_prefix_and_with_its_query()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/{**path}", (HttpRequest request) => request.Path.ToUriComponent() + request.QueryString));

        (HttpStatusCode status, string body) = await web.GetAsync("/api/emails/a%20b%2Fc?to=ada%2Bx@example.com&limit=5");

        Assert.Equal((HttpStatusCode.OK, "/emails/a%20b%2Fc?to=ada%2Bx@example.com&limit=5"), (status, body));
    }

    /// <summary>Without a key it is the console's own, whose path has no prefix at the API.</summary>
    [Theory, InlineData("Bearer mk_live_x", "/api/auth/password-reset/request/"), InlineData(null, "/auth/password-reset/request/")]
    public async Task A_password_reset_with_a_key_is_an_apps_and_keeps_its_whole_path(string? key, string path)
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapPost("/{**path}", (HttpRequest request) => request.Path.ToUriComponent()));
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/auth/password-reset/request/");
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", key);

        using HttpResponseMessage answer = await web.Client.SendAsync(request);

        Assert.Equal(path, await answer.Content.ReadAsStringAsync());
    }

    [Theory, InlineData("//other.example/x"), InlineData("/%2F%2Fother.example/x"), InlineData("/@other.example/x"), InlineData("/..%2F..%2Fx")]
    public async Task No_path_leads_to_another_host(string path)
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.Map("/{**path}", (HttpRequest request) => $"the API, as {request.Host}"));

        (_, string body) = await web.GetAsync($"/api{path}");

        Assert.StartsWith("the API, as 127.0.0.1:", body, StringComparison.Ordinal);
    }

    /// <summary>BASE_URL may lead over this host: links of tracked mail then do, too.</summary>
    [Fact]
    public async Task A_redirect_is_passed_on_and_not_followed()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/t/c/{token}", (HttpResponse response) =>
        {
            (response.Headers.Location, response.Headers.CacheControl) = ("https://shop.example/?a=1#b", "no-store");
            return Results.StatusCode(302);
        }));
        using HttpClient reader = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = web.Client.BaseAddress };

        using HttpResponseMessage answer = await reader.GetAsync(new Uri("/api/t/c/abc", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Found, "https://shop.example/?a=1#b", "no-store", "no-referrer"),
            (answer.StatusCode, answer.Headers.GetValues("Location").Single(), answer.Headers.CacheControl?.ToString(), answer.Headers.GetValues("Referrer-Policy").Single()));
    }

    [Fact]
    public async Task Method_body_status_and_content_type_pass_both_ways()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapPut("/things", async (HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            return Results.Text($"{request.ContentType} {request.ContentLength}: {await reader.ReadToEndAsync()}", "text/x-answer", statusCode: 422);
        }));
        using StringContent body = new("""{"a":1}""", Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await web.Client.PutAsync(new Uri("/api/things", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("text/x-answer", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("""application/json; charset=utf-8 7: {"a":1}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_is_passed_on_while_it_arrives()
    {
        TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapPost("/upload", async (HttpRequest request) =>
        {
            using StreamReader reader = new(request.Body);
            firstLine.SetResult(await reader.ReadLineAsync() ?? "");
            return await reader.ReadLineAsync();
        }));
        using GatedContent body = new("first\n", "second\n");
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/upload") { Content = body };

        Task<HttpResponseMessage> sending = web.Client.SendAsync(request);
        Assert.Equal("first", await firstLine.Task.WaitAsync(TimeSpan.FromMinutes(1))); // the API has it while the client still holds the rest back
        body.Open();

        using HttpResponseMessage answer = await sending;
        Assert.Equal("second", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Server_sent_events_arrive_one_by_one()
    {
        using SemaphoreSlim next = new(0);
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            foreach (string data in (string[])["one", "two"])
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"data: {data}\n\n");
                await context.Response.Body.FlushAsync();
            }
        }));

        // The headers come before the first event, and each event before the API has written the next.
        using HttpResponseMessage answer = await web.Client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using StreamReader events = new(await answer.Content.ReadAsStreamAsync());
        next.Release();
        Assert.Equal("data: one", await events.ReadLineAsync());
        Assert.Equal("", await events.ReadLineAsync());
        next.Release();

        Assert.Equal("data: two", await events.ReadLineAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_call_at_the_API()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/events", async (HttpContext context) =>
        {
            await using CancellationTokenRegistration leaving = context.RequestAborted.Register(ended.SetResult);
            await context.Response.Body.FlushAsync();
            await ended.Task;
        }));
        HttpResponseMessage answer = await web.Client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        answer.Dispose();

        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_does_not_look_complete()
    {
        using SemaphoreSlim halfRead = new(0);
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/broken", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half of it\n");
            await context.Response.Body.FlushAsync();
            await halfRead.WaitAsync(context.RequestAborted);
            context.Abort();
        }));
        using HttpResponseMessage answer = await web.Client.GetAsync(new Uri("/api/broken", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader body = new(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("half of it", await body.ReadLineAsync());

        halfRead.Release();

        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadToEndAsync());
    }

    [Fact]
    public async Task Without_the_API_the_answer_is_502_in_the_APIs_own_error_format()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);

        using HttpResponseMessage answer = await web.Client.GetAsync(new Uri("/api/emails", UriKind.Relative));

        JsonElement error = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal((502, "api_unreachable"), (error.GetProperty("statusCode").GetInt32(), error.GetProperty("name").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task The_host_itself_is_healthy_without_the_API()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(configureApi: null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await web.GetAsync("/health")).Status, (await web.GetAsync("/alive")).Status));
    }

    [Fact]
    public async Task An_API_that_stops_while_in_use_is_502_as_well()
    {
        await using RunningWeb web = await RunningWeb.StartAsync(api => api.MapGet("/emails", () => "here"));
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync("/api/emails")).Status);

        await web.StopApiAsync();

        Assert.Equal(HttpStatusCode.BadGateway, (await web.GetAsync("/api/emails")).Status);
    }

    [Theory, InlineData(""), InlineData("ftp://api"), InlineData("api:5101")]
    public async Task An_API_address_that_is_none_is_refused_at_the_start(string address)
    {
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunningWeb.StartAsync(configureApi: null, "services:api:http:0=" + address));

        Assert.Contains("services:api:http:0", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A body whose second part is held back until it is let go.</summary>
    private sealed class GatedContent(string first, string second) : HttpContent
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _gate.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            await _gate.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
