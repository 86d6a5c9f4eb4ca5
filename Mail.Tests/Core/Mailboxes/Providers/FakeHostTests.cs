using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mail.ProviderFakes;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>The fakes as somebody without an account meets them.</summary>
public sealed class FakeHostTests
{
    private static readonly HttpClient _http = new();

    [Fact]
    public async Task The_fakes_say_how_to_reach_them()
    {
        await using FakeProviders fakes = await FakeClouds.StartAsync();

        string page = await _http.GetStringAsync(fakes.Url);

        foreach (FakeDesk desk in fakes.All)
            foreach ((string name, string value) in fakes.Settings(desk.Provider.Name))
                Assert.Contains($"{name}: {value.ReplaceLineEndings("\\n")}", page, StringComparison.Ordinal);
        Assert.Equal("ok", await _http.GetStringAsync(new Uri(fakes.Url, "health")));
    }

    [Fact]
    public async Task Anybody_can_let_something_fail_from_outside()
    {
        await using FakeProviders fakes = await FakeClouds.StartAsync();
        Uri scopes = new(fakes.Url, "sendgrid/v3/scopes"), script = new(fakes.Url, "control/sendgrid/script");

        await _http.PostAsJsonAsync(script, new { status = 429, retry_after = "7", times = 2, path = "/v3/*" });

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage throttled = await _http.GetAsync(scopes);
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (throttled.StatusCode, throttled.Headers.RetryAfter?.Delta));
        }

        using HttpResponseMessage then = await _http.GetAsync(scopes);
        Assert.Equal(HttpStatusCode.Unauthorized, then.StatusCode);
        Assert.Equal(3, JsonDocument.Parse(await _http.GetStringAsync(new Uri(fakes.Url, "control/sendgrid/requests"))).RootElement.GetArrayLength());
        using HttpResponseMessage bad = await _http.PostAsync(script, new StringContent("{"));
        using HttpResponseMessage unknown = await _http.GetAsync(new Uri(fakes.Url, "control/nobody"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (bad.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task What_the_fakes_hold_is_shown_without_secrets()
    {
        await using FakeProviders fakes = await FakeClouds.StartAsync();
        string secret = fakes.Get<Mail.ProviderFakes.SendGrid.SendGridFake>().AddKey("a key", "mail.send").Secret;

        string shown = await _http.GetStringAsync(new Uri(fakes.Url, "control/sendgrid"));
        using HttpResponseMessage reset = await _http.DeleteAsync(new Uri(fakes.Url, "control/sendgrid"));

        Assert.Contains("a key", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Empty(fakes.Get<Mail.ProviderFakes.SendGrid.SendGridFake>().Keys);
    }

    /// <summary>Where the corpora are: a request that the provider's own schema does not know is refused and told.</summary>
    [Fact]
    public async Task A_request_that_does_not_fit_the_schema_is_told()
    {
        Assert.SkipUnless(Relays.Fakes.SchemaValidator.IsPresent, "corpora or ajv not present");
        await using FakeProviders fakes = await FakeClouds.StartAsync();

        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(fakes.Url, "sendgrid/v3/api_keys"), new { label = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(fakes.Violations, violation => violation.Contains("label", StringComparison.Ordinal));
    }
}
