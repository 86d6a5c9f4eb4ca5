using System.Net;
using Mail.Tests.Api;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The suppression list and the unsubscribe page in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class SuppressionConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_list_and_its_dialogs_are_accessible_and_fit(int width, ColorScheme colors)
    {
        foreach ((string email, string reason, string note) in ((string, string, string)[])[
            ("somebody.with.a.very.long.local.part.indeed@subdomain.of.a.long.domain.example.com", "hard_bounce", "5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's address"),
            ("reader@example.net", "unsubscribe", ""), ("angry@example.org", "complaint", "")])
        {
            using HttpResponseMessage added = await shared.Mail.Api.PostAsync(new Uri("/suppressions", UriKind.Relative), ApiFixture.Json($$"""{"email":"{{email}}","reason":"{{reason}}","note":"{{note}}"}"""));
            Assert.True(added.IsSuccessStatusCode, $"{added.StatusCode}");
        }

        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync("/suppressions", width, colors);
        await Expect(window.Page.GetByText("reader@example.net")).ToBeVisibleAsync();
        await LookAsync("suppressions");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Import a CSV file");
        await LookAsync("suppressions-import");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Remove angry@example.org" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("reported a message as spam");
        await LookAsync("suppressions-remove");
        Assert.Empty(findings);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    [Fact]
    public async Task An_address_is_added_found_imported_exported_and_removed_by_hand()
    {
        string tag = Guid.NewGuid().ToString("N")[..8];
        await using BrowserWindow window = await SignInAsync("/suppressions", 390, ColorScheme.Light);
        IPage page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an address" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Address").FillAsync($"{tag}@example.com");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add the address" }).PressAsync("Enter");
        await Expect(page.GetByText($"{tag}@example.com is on the list.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"email,note\n{tag}-two@example.com,moved\nnobody\n") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Import the file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 address added");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Line 3: `email` is not an address");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();

        await page.GetByRole(AriaRole.Searchbox).FillAsync($"{tag}-two");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal(["email,reason,topic_id,note,created_at,expires_at,email_id", $"{tag}-two@example.com,manual,,moved"], [lines[0], lines[1][..lines[1].IndexOf(",20", StringComparison.Ordinal)]]);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {tag}-two@example.com" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(page.GetByText($"{tag}-two@example.com can be written to again.")).ToBeVisibleAsync();
        using HttpResponseMessage gone = await shared.Mail.Api.GetAsync(new Uri($"/suppressions/{tag}-two@example.com", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_unsubscribe_page_works_in_a_browser_without_script(int width, ColorScheme colors)
    {
        string to = $"page-{width}@example.com";
        await shared.Mail.SendAsync(new { from = "Bakery <hello@example.com>", to, subject = "News", html = "<a href=\"{{unsubscribe_url}}\">out</a>", lane = "bulk", topic_id = "weekly-news" });
        string link = (await shared.Mail.MailForAsync(to)).GetProperty("html").GetString()!.Split('"')[1];
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(new Uri(link), width, colors);
        await window.Page.GotoAsync(link);
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Unsubscribe");
        await LookAsync("unsubscribe");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe from this" }).PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are unsubscribed");
        await LookAsync("unsubscribed");
        using HttpResponseMessage entry = await shared.Mail.Api.GetAsync(new Uri($"/suppressions/{to}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, entry.StatusCode);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "subscribe again" }).PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are subscribed again");
        Assert.Empty(findings);

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
