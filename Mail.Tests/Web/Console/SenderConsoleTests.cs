using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Domains in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class SenderConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_domain_is_added_looked_at_and_deleted(int width, ColorScheme colors)
    {
        string name = $"d{Guid.NewGuid():N}"[..12] + ".invalid";
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/domains");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Domain", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the domain" }).PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "DNS records" })).ToContainTextAsync("._domainkey");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy the value" }).First).ToBeVisibleAsync();
        await window.ScreenshotAsync($"domain-{width}");
        Assert.Empty(await window.SeriousAccessibilityViolationsAsync());
        Assert.False(await window.ScrollsSidewaysAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a new key" }).PressAsync("Enter");
        await Expect(page.GetByText("Next key", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the domain" }).PressAsync("Enter");

        await Expect(page.GetByText($"The domain {name} is deleted.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add the domain" })).ToBeVisibleAsync();
        await window.ScreenshotAsync($"senders-{width}");
        Assert.Empty(await window.SeriousAccessibilityViolationsAsync());
        Assert.False(await window.ScrollsSidewaysAsync());
    }
}
