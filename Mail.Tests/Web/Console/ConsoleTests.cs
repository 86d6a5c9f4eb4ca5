using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The console in a real browser before the real system: database, API, worker, inbox.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class ConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    private const string Sender = "Bakery <hello@example.com>";

    /// <summary>Sends a mail to an address that no other test uses.</summary>
    private async Task<(string Id, string Recipient)> SendAsync(object content)
    {
        string recipient = $"{Guid.NewGuid():n}@example.net";
        Dictionary<string, object?> email = content.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(content));
        email["from"] = Sender;
        email["to"] = recipient;
        return (await shared.Mail.SendAsync(email), recipient);
    }

    private Task<(string Id, string Recipient)> SendResetMailAsync() =>
        SendAsync(new { template = new { id = "password-reset", variables = new { code = "493817", name = "Ada" }, locale = "en" } });

    private async Task<BrowserWindow> SignInAsync(string path, int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        await window.Page.GotoAsync(path);
        await window.Page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return window;
    }

    [Fact]
    public async Task From_signing_in_to_the_code_in_the_mail()
    {
        (_, string recipient) = await SendResetMailAsync();
        await using BrowserWindow window = await SignInAsync("/messages");
        IPage page = window.Page;

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync(recipient);
        await Expect(page).ToHaveURLAsync(new Regex($"/messages\\?to={recipient.Replace("@", "%40", StringComparison.Ordinal)}$"));
        ILocator row = page.GetByRole(AriaRole.Row).Nth(1);
        await Expect(row).ToContainTextAsync(recipient);
        await Expect(row).ToContainTextAsync("Sent"); // by itself, once the worker has sent it
        await row.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new Regex("Reset your"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recipients" })).ToContainTextAsync("250");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Accepted by the relay");
        await Expect(page.FrameLocator("iframe").GetByText("493817").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Text" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Text" })).ToContainTextAsync("493817");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Raw source" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Raw source" })).ToContainTextAsync("multipart/alternative");
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scheduled_message_gets_another_time_and_is_canceled()
    {
        (string id, _) = await SendAsync(new { subject = "Later", text = "Hello", scheduled_at = "in 2 hours" });
        await using BrowserWindow window = await SignInAsync($"/messages/{id}");
        IPage page = window.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        string tomorrow = DateTime.Today.AddDays(1).AddHours(9).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await dialog.GetByLabel("New time").FillAsync(tomorrow);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(dialog).Not.ToBeVisibleAsync();
        await Expect(page.GetByText("Rescheduled for")).ToBeVisibleAsync();
        DateTimeOffset planned = (await shared.Mail.GetEmailAsync(id)).GetProperty("scheduled_at").GetDateTimeOffset();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel the message" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Recipients" })).ToContainTextAsync("Canceled by the sender before any attempt.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reschedule" })).Not.ToBeVisibleAsync();
        Assert.Equal("canceled", (await shared.Mail.GetEmailAsync(id)).GetProperty("last_event").GetString());
        Assert.Equal(tomorrow, planned.ToLocalTime().ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_deep_link_survives_signing_in_and_a_session_ends_by_signing_out()
    {
        (string id, _) = await SendResetMailAsync();
        await using BrowserWindow window = await SignInAsync($"/messages/{id}?part=raw");
        IPage page = window.Page;

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Raw source" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Account of {RunningMail.AdminEmail}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync($"/api/emails/{id}");

        await Expect(page.Locator("body")).ToContainTextAsync("\"statusCode\":401");
    }

    [Fact]
    public async Task A_wrong_password_is_answered_in_words()
    {
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        await window.Page.GotoAsync("/sign-in");
        await window.Page.GetByLabel("Email address").FillAsync("nobody@example.com");
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not belong together");
    }

    [Fact]
    public async Task What_a_mail_brings_along_does_not_run()
    {
        (string id, _) = await SendAsync(new
        {
            subject = "Hostile",
            html = "<p id='state'>untouched</p><script>document.getElementById('state').textContent='ran'; parent.document.title='ran'</script>"
                + "<img src='x' onerror=\"document.getElementById('state').textContent='ran'\">",
        });
        await using BrowserWindow window = await SignInAsync($"/messages/{id}");
        IPage page = window.Page;

        await Expect(page.FrameLocator("iframe").Locator("#state")).ToHaveTextAsync("untouched");
        Assert.StartsWith("Hostile", await page.TitleAsync(), StringComparison.Ordinal);
        await page.GotoAsync($"/api/emails/{id}/html"); // opened alone, outside of the frame

        await Expect(page.Locator("#state")).ToHaveTextAsync("untouched");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Every_page_is_accessible_and_fits(int width, ColorScheme colors)
    {
        (string id, string recipient) = await SendResetMailAsync();
        List<string> findings = [];
        await using (BrowserWindow signedOut = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors))
        {
            await signedOut.Page.GotoAsync("/sign-in");
            await Expect(signedOut.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
            await LookAsync(signedOut, "sign-in");
        }

        await using BrowserWindow window = await SignInAsync($"/messages?to={recipient}", width, colors);
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Reset your") })).ToBeVisibleAsync();
        await LookAsync(window, "messages");
        foreach ((string name, string path, string settled) in ((string, string, string)[])
            [("message", $"/messages/{id}", "Raw source"), ("message-raw", $"/messages/{id}?part=raw", "multipart/alternative"),
             ("no-match", "/messages?to=nobody-at-all", "No message matches"), ("no-message", "/messages/nothing", "Not found"), ("no-page", "/no/such/page", "does not exist")])
        {
            await window.Page.GotoAsync(path);
            await Expect(window.Page.Locator("body")).ToContainTextAsync(settled);
            await LookAsync(window, name);
        }

        Assert.Empty(findings);

        async Task LookAsync(BrowserWindow shown, string name)
        {
            await shown.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await shown.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await shown.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    /// <summary>Otherwise the test above would pass on a scan that sees nothing.</summary>
    [Fact]
    public async Task What_is_wrong_with_a_page_is_found()
    {
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width: 375);
        await window.Page.GotoAsync("/sign-in");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await window.Page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.svg\" style=\"width: 600px\">')");

        Assert.Contains(await window.SeriousAccessibilityViolationsAsync(), violation => violation.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.True(await window.ScrollsSidewaysAsync());
    }
}
