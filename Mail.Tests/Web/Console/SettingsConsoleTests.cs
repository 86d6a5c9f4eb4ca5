using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Projects, team, keys and the audit log in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class SettingsConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_new_project_gets_a_key_and_its_log_says_so(int width, ColorScheme colors)
    {
        List<string> findings = [];
        string name = $"Farm {Guid.NewGuid():n}";
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/team");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Members" })).ToContainTextAsync(RunningMail.AdminEmail);
        await LookAsync("team");

        await page.GetByRole(AriaRole.Button, new() { Name = "Project: " }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "New project" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the project" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Project: {name}" })).ToBeVisibleAsync();

        await page.GotoAsync("/api-keys"); // another visit: the choice is kept
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a key" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("shop");
        await page.GetByLabel("May", new() { Exact = true }).SelectOptionAsync("custom");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "emails:send" }).CheckAsync();
        await page.GetByLabel("From domains").FillAsync("example.com");
        await LookAsync("api-key-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("mk_live_").First).ToBeVisibleAsync();
        await LookAsync("api-key-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "API keys" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1); // none of the other project's
        await LookAsync("api-keys");

        await page.GotoAsync("/audit-log");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Audit log" })).ToContainTextAsync("api_key.create");
        await page.GetByText("fields").First.ClickAsync();
        await LookAsync("audit-log");
        Assert.Empty(findings);

        async Task LookAsync(string shown)
        {
            await window.ScreenshotAsync($"{shown}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{shown}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{shown} scrolls sideways.");
        }
    }
}
