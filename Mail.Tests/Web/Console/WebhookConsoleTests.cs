using Mail.Tests.Core.Webhooks;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Webhooks in a real browser before the real system: an app hears, its attempts are seen, and pages fit.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class WebhookConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_webhook_is_added_tested_and_deleted_by_a_person(int width, ColorScheme colors)
    {
        await using WebhookReceiver app = await WebhookReceiver.StartAsync();
        app.Answer = async (context, received) =>
        {
            if (app.All.Count == 1) context.Response.StatusCode = 500;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "This is what the app said.");
        };
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync("/webhooks", width, colors);
        IPage page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a webhook" }).First.ClickAsync();
        await page.GetByLabel("Endpoint").FillAsync($"{app.Url}/hooks/a-rather-long-path-that-must-not-push-the-page-aside/mail");
        await LookAsync("webhook-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the webhook" }).ClickAsync();
        await Expect(page.GetByText("whsec_")).ToBeVisibleAsync();
        await LookAsync("webhook-secret");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the webhook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test event" }).ClickAsync();
        await Expect(page.GetByText("It answered 500").First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await Expect(page.GetByText("200", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await LookAsync("webhook");
        await page.GotoAsync("/webhooks");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Webhooks" })).ToContainTextAsync(app.Url);
        await LookAsync("webhooks");
        await page.GetByRole(AriaRole.Link, new() { Name = app.Url }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the webhook" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/webhooks$"));
        await Expect(page.GetByText("is deleted")).ToBeVisibleAsync();

        Assert.Empty(findings);
        Assert.Equal(["email.delivered", "email.delivered"], app.All.Select(one => one.Type));
        Assert.Single(app.All.Select(one => one.Id).Distinct());

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
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
