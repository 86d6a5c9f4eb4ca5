using System.Net;
using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The page behind an action link in a real browser before the real API.</summary>
public sealed class ActionLinkPageTests(PostgresFixture postgres, Browser browser) : IClassFixture<Browser>
{
    /// <summary>As a scanner that opens every link, runs what scripts there are, scrolls, and waits: then a person comes.</summary>
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_browser_that_runs_scripts_and_does_not_click_changes_nothing_and_a_press_on_the_button_does(int width, ColorScheme colors)
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        api.UseKestrel(0);
        api.StartServer();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        JsonElement made = await client.PostAsync("/action-links", """{"purpose":"approve-order","subject":"boss@example.com","title":"Order 17","text":"Two chairs","choices":[{"key":"accept","label":"Accept"},{"key":"refuse","label":"Refuse"}]}""", HttpStatusCode.Created);
        string id = made.GetProperty("id").GetString()!, path = new Uri(made.GetProperty("url").GetString()!).AbsolutePath;
        await using BrowserWindow window = await browser.OpenAsync(client.BaseAddress!, width, colors);
        List<string> requests = [];
        window.Page.Request += (_, request) => requests.Add($"{request.Method} {request.Url}");

        for (int i = 0; i < 3; i++)
        {
            await window.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await window.Page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
            await window.Page.WaitForTimeoutAsync(500);
        }

        Assert.All(requests, request => Assert.StartsWith($"GET {client.BaseAddress}", request, StringComparison.Ordinal));
        Assert.Equal(0, await window.Page.Locator("script").CountAsync());
        Assert.Equal("open", (await client.GetAsync($"/action-links/{id}", HttpStatusCode.OK)).GetProperty("state").GetString());
        List<string> findings = [.. await window.SeriousAccessibilityViolationsAsync()];
        await window.ScreenshotAsync($"action-link-{width}-{colors}".ToLowerInvariant());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Done" })).ToBeVisibleAsync();
        findings.AddRange(await window.SeriousAccessibilityViolationsAsync());
        await window.Page.GotoAsync("/a");
        await window.Page.GetByLabel("Code from the message").FillAsync(made.GetProperty("code").GetString()!);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(window.Page.GetByText("“Refuse” was chosen")).ToBeVisibleAsync();
        findings.AddRange(await window.SeriousAccessibilityViolationsAsync());
        if (await window.ScrollsSidewaysAsync()) findings.Add("It scrolls sideways.");

        Assert.Empty(findings);
        Assert.Equal("refuse", (await client.GetAsync($"/action-links/{id}", HttpStatusCode.OK)).GetProperty("decision").GetProperty("choice").GetString());
    }
}
