using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>What developers look at, in a real browser before the real system: their calls appear by themselves, the reference and the SMTP settings are readable, and pages fit.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class DeveloperConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_developer_reads_how_to_call_and_sees_the_call(int width, ColorScheme colors)
    {
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync("/reference", width, colors);
        IPage page = window.Page;
        await page.GetByLabel("Search the calls").FillAsync("send message");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send message", Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("Search the calls").FillAsync("");
        await LookAsync("reference");
        await page.GetByRole(AriaRole.Link, new() { Name = "Send message", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Send message", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText("Needs emails:send")).ToBeVisibleAsync();
        await LookAsync("reference-operation");

        (string sentCall, string sent) = await CallAsync("""{"from":"hello@example.com","to":"developer@example.com","subject":"S","text":"T"}""", HttpStatusCode.OK);
        (string refusedCall, _) = await CallAsync("""{"from":"hello@example.com"}""", HttpStatusCode.UnprocessableEntity);
        await page.GotoAsync("/logs?path=/emails&method=POST");
        ILocator calls = page.GetByRole(AriaRole.List, new() { Name = "Request logs" }).GetByRole(AriaRole.Listitem);
        await Expect(calls.Filter(new() { Has = page.Locator($"a[href^='/logs/{refusedCall}']") })).ToContainTextAsync("422");
        await LookAsync("logs");
        await calls.Filter(new() { HasText = "200" }).Locator($"a[href^='/logs/{sentCall}']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = JsonElement.Parse(sent).GetProperty("id").GetString()! })).ToBeVisibleAsync();
        await LookAsync("log");
        await page.GotoAsync("/smtp");
        await Expect(page.GetByText("STARTTLS").First).ToBeVisibleAsync();
        await LookAsync("smtp");

        Assert.Empty(findings);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    /// <summary>A call with a key, by the id that its answer names: other tests call too.</summary>
    private async Task<(string Id, string Answer)> CallAsync(string body, HttpStatusCode expected)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await shared.Mail.Api.PostAsync(new Uri("/emails", UriKind.Relative), content);
        Assert.Equal(expected, answer.StatusCode);
        return (answer.Headers.GetValues("X-Request-Id").Single(), await answer.Content.ReadAsStringAsync());
    }

    private async Task<BrowserWindow> SignInAsync(string path, int width, ColorScheme colors)
    {
        BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        await window.Page.GotoAsync(path);
        await window.Page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return window;
    }
}
