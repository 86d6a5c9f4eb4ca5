using System.Net;
using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The start page of an interview in a real browser before the real API (JOB-3).</summary>
public sealed class InterviewPageTests(PostgresFixture postgres, Browser browser) : IClassFixture<Browser>
{
    /// <summary>As a scanner that opens every link, runs what scripts there are, scrolls, and waits: then a person comes.</summary>
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_browser_that_does_not_click_starts_nothing_and_the_button_leads_to_the_apps_page_with_a_ticket(int width, ColorScheme colors)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!doctype html><title>App</title><h1>Welcome to the interview</h1>");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        api.UseKestrel(0);
        api.StartServer();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        JsonElement made = await client.PostAsync(
            "/interviews/campaign-links/", $$"""{"application_id":"A-1","candidate_email":"c@example.com","title":"Développeur <.NET>","target_url":"{{app.Urls.Single()}}/interview","locale":"fr"}""", HttpStatusCode.Created);
        string path = new Uri(made.GetProperty("start_url").GetString()!).AbsolutePath;
        await using BrowserWindow window = await browser.OpenAsync(client.BaseAddress!, width, colors);
        List<string> requests = [];
        window.Page.Request += (_, request) => requests.Add($"{request.Method} {request.Url}");

        for (int i = 0; i < 3; i++)
        {
            await window.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await window.Page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
            await window.Page.WaitForTimeoutAsync(300);
        }

        Assert.All(requests, request => Assert.StartsWith($"GET {client.BaseAddress}", request, StringComparison.Ordinal));
        Assert.Equal(0, await window.Page.Locator("script").CountAsync());
        Assert.Equal(1, await api.CountAsync("candidates WHERE state = 'created'"));
        List<string> findings = [.. await window.SeriousAccessibilityViolationsAsync()];
        await window.ScreenshotAsync($"interview-start-{width}-{colors}".ToLowerInvariant());
        if (await window.ScrollsSidewaysAsync()) findings.Add("It scrolls sideways.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Commencer l’entretien" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to the interview" })).ToBeVisibleAsync();

        Assert.StartsWith($"{app.Urls.Single()}/interview?ticket=ey", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(findings);
        Assert.Equal(1, await api.CountAsync("candidates WHERE state = 'used'"));
    }
}
