using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The overview, and the ways from it to every page: sidebar, drawer of a phone, palette of commands.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class OverviewConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task What_was_sent_is_seen_at_a_glance_and_every_page_is_near(int width, ColorScheme colors)
    {
        await shared.Mail.SendAsync(new { from = "hello@example.com", to = $"{Guid.NewGuid():n}@example.net", subject = "One more", text = "Hello" });
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/?days=30");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByTestId("figure-sent")).ToHaveTextAsync(new Regex("^[1-9]"), new() { Timeout = 60_000 }); // asked again every half minute
        await Expect(page.Locator(".recharts-area").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "30 days" })).ToBeCheckedAsync();
        await Expect(page.GetByTestId("waiting")).ToBeVisibleAsync();
        await LookAsync("overview");

        if (width < 992)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Main navigation" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Overview" })).ToBeVisibleAsync();
            await LookAsync("navigation");
        }

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Webhooks" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByPlaceholder("Go to a page").FillAsync("rel");
        await Expect(page.GetByText("New relay")).ToBeVisibleAsync();
        await LookAsync("palette");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Relays" })).ToBeVisibleAsync();

        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }
}
