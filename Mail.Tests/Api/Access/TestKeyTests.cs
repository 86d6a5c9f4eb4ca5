using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Access;
using Mail.Api.Audit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Access;

/// <summary>A test key lies in test set-ups and in many hands: it is worth nothing outside the sandbox.</summary>
public sealed partial class TestKeyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>What test keys may set up, because the sandbox has its own. Whoever adds one here has thought about it.</summary>
    private static readonly string[] _own = ["/api-keys", "/account-settings", "/campaigns", "/reservation-settings"];

    /// <summary>The people of live mail, and what was told of them.</summary>
    private static readonly string[] _live = ["/contacts", "/webhooks", "/dead-letters", "/audit-log", "/privacy", "/members", "/tracking/objections", "/campaigns/ticket-keys", "/mailboxes", "/mailbox-connections", "/mailbox-domains", "/mailbox-users", "/api/email", "/limits", "/system", "/usage"];

    [Fact]
    public async Task Live_messages_do_not_exist_for_it()
    {
        using HttpClient live = api.ClientWith(ApiFixture.LiveKey), test = await TestKeyAsync(live);
        string real = await SendAsync(live, "real"), own = await SendAsync(test, "own");

        foreach (string part in (string[])["", "/html", "/text", "/raw", "/events"]) await test.GetAsync($"/emails/{real}{part}", HttpStatusCode.NotFound);
        await test.PostAsync($"/emails/{real}/cancel", "", HttpStatusCode.NotFound);
        await test.PatchAsync($"/emails/{real}", """{"scheduled_at":"in 5 minutes"}""", HttpStatusCode.NotFound);
        Assert.DoesNotContain(real, (await test.GetAsync("/emails?limit=100", HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("queued", (await live.GetAsync($"/emails/{real}", HttpStatusCode.OK)).GetProperty("last_event").GetString());

        Assert.Contains(own, (await test.GetAsync("/emails?limit=100", HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
        await test.GetAsync($"/emails/{own}", HttpStatusCode.OK);
        await live.GetAsync($"/emails/{own}", HttpStatusCode.OK); // the console shows both
        await test.PostAsync($"/emails/{own}/cancel", "", HttpStatusCode.OK);
    }

    /// <summary>From the host's own list, so that a new endpoint cannot be forgotten: what the audit log tells of is what live mail depends on.</summary>
    [Fact]
    public async Task It_changes_nothing_that_live_mail_depends_on_and_reads_nothing_of_its_people()
    {
        using HttpClient live = api.ClientWith(ApiFixture.LiveKey), test = await TestKeyAsync(live);
        int refused = 0;
        List<string> wrong = [];
        foreach (RouteEndpoint endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<RequiredScope>() is null) continue;
            bool isAudited = endpoint.Metadata.GetMetadata<AuditedAs>() is not null && endpoint.Metadata.GetMetadata<NotAudited>() is null && !_own.Any(known => path.StartsWith(known, StringComparison.Ordinal)), isLive = _live.Any(known => path.StartsWith(known, StringComparison.Ordinal));
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => isLive || (isAudited && method != "GET")))
            {
                using HttpRequestMessage request = new(HttpMethod.Parse(method), Parameters().Replace(path, Guid.NewGuid().ToString())) { Content = method == "GET" ? null : ApiFixture.Json("{}") };
                using HttpResponseMessage answer = await test.SendAsync(request, TestContext.Current.CancellationToken);
                string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (answer.StatusCode is HttpStatusCode.Forbidden && said.Contains("A test key reaches the sandbox alone", StringComparison.Ordinal)) refused++;
                else wrong.Add($"{method} {path}: {(int)answer.StatusCode} {said}");
            }
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.True(refused > 50, $"{refused} endpoints");
        foreach (string path in (string[])["/relays", "/domains", "/templates", "/project", "/suppressions"]) await test.GetAsync(path, HttpStatusCode.OK); // how it is set up may be seen
    }

    private async Task<HttpClient> TestKeyAsync(HttpClient live) =>
        api.ClientWith((await live.PostAsync("/api-keys", """{"name":"ci","test":true}""", HttpStatusCode.Created)).GetProperty("token").GetString());

    private static async Task<string> SendAsync(HttpClient client, string subject) =>
        (await client.PostAsync("/emails", JsonSerializer.Serialize(new { from = "a@example.com", to = "b@example.net", subject, text = "t" }), HttpStatusCode.OK)).GetProperty("id").GetString()!;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameters();
}
