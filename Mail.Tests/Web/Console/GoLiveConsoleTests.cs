using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The settings of an app's accounts (ESC-1, ESC-12) and what is missing before real mail (JOB-13), in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class GoLiveConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task An_app_is_set_up_and_what_is_missing_is_seen_by_a_person(int width, ColorScheme colors)
    {
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/app-accounts");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.GetByLabel("Callback address").FillAsync("https://app.example.com/a-rather-long-path-that-must-not-push-the-page-aside/mail/accounts");
        await page.GetByLabel("Name of the app").FillAsync("Northwind");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Ask the app before a code is mailed" }).ClickAsync();
        await LookAsync("app-accounts-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("whsec_")).ToBeVisibleAsync();
        await LookAsync("app-accounts-secret");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Callback address")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("mail/accounts$"));
        await Expect(page.GetByText("whsec_")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the settings" }).ClickAsync();
        await Expect(page.GetByText("The settings are removed.")).ToBeVisibleAsync();

        await page.GotoAsync("/go-live");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Go live" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(17);
        await Expect(page.GetByText("SECRET_KEY (or SECRET_KEY_FILE)")).ToBeVisibleAsync();
        await LookAsync("go-live");
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export configuration" }).ClickAsync());
        Assert.Equal("mail-configuration.json", file.SuggestedFilename);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByTestId("backup-ok")).ToBeVisibleAsync();

        Assert.Empty(findings);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }
}
