using System.Text.Json;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Relays, alerts and causes in a real browser before the real system, at the widths and in the colours that people have.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class OperationsConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    private const string StandingAlert = """
        {"object":"list","open":1,"data":[
          {"object":"alert","id":"a1","kind":"relay_paused","subject":"backup-eu","scope":"project","open":true,"title":"The relay “backup-eu” is paused",
           "summary":"Mail cannot leave through it since 21 Nov 2026, 00:15 UTC. Messages go over the project’s other relays, or wait and go out by themselves when it is back.",
           "remedy":"Check host and port (587 or 465 for submission), and that the mail server runs.",
           "reason":"The mail server smtp.northwind.example:587 cannot be used: Nothing answers at smtp.northwind.example:587 (Connection refused).","cause":"relay_refuses_connections",
           "count":1,"opened_at":"2026-11-21T00:15:00Z","last_at":"2026-11-21T00:16:00Z","resolved_at":null,"acknowledged_at":null,"told_at":null},
          {"object":"alert","id":"a2","kind":"relay_failover","subject":"main","scope":"project","open":false,"title":"Messages go over the relay “main” again","summary":"12,402 recipients were served by another relay.",
           "remedy":"Nothing.","reason":null,"cause":null,"count":12402,"opened_at":"2026-11-20T00:15:00Z","last_at":"2026-11-20T00:16:00Z","resolved_at":"2026-11-20T02:00:00Z","acknowledged_at":null,"told_at":"2026-11-20T00:16:00Z"}]}
        """;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pages_about_relays_and_alerts_are_accessible_and_fit(int width, ColorScheme colors)
    {
        string id = await shared.Mail.SendAsync(new { from = "Bakery <hello@example.com>", to = "bounced@mail.test", subject = "Bounces", text = "Hello" });
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync($"/messages/{id}", width, colors);
        await Expect(window.Page.GetByText("A test address: this result is simulated").First).ToBeVisibleAsync();
        await LookAsync("message-cause");
        await window.Page.RouteAsync("**/api/alerts", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = StandingAlert }));
        foreach ((string name, string path, string settled) in ((string, string, string)[])[("alerts", "/alerts", "Check host and port"), ("relays", "/relays", "Add a relay"), ("senders", "/domains", "Add the domain"), ("relay-new", "/relays/new", "Provider")])
        {
            await window.Page.GotoAsync(path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync(settled);
            await LookAsync(name);
        }

        await window.Page.GetByLabel("Provider").SelectOptionAsync("smtp/ses");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Add the relay" })).ToBeVisibleAsync();
        await LookAsync("relay-new-ses");

        Assert.Empty(findings);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    [Fact]
    public async Task A_relay_is_added_tested_and_deleted_by_the_keyboard_of_a_person()
    {
        string name = $"spare-{Guid.NewGuid():N}"[..14];
        await using BrowserWindow window = await SignInAsync("/relays", 390, ColorScheme.Light);
        IPage page = window.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a relay" }).PressAsync("Enter");
        await page.GetByLabel("Provider").SelectOptionAsync("capture");
        await page.GetByLabel("Name", new() { Exact = false }).First.FillAsync(name);
        await page.GetByRole(AriaRole.Switch, new() { Name = "In use" }).PressAsync("Space"); // off: other tests' mail does not go over it
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the relay" }).PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the relay" }).PressAsync("Enter");
        await Expect(page.GetByText("Mail goes out over this relay.").Or(page.GetByText("Something is in the way:"))).ToBeVisibleAsync();
        await window.ScreenshotAsync("relay-390");
        Assert.Empty(await window.SeriousAccessibilityViolationsAsync());
        Assert.False(await window.ScrollsSidewaysAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the relay" }).PressAsync("Enter");

        await Expect(page.GetByText($"The relay {name} is deleted.")).ToBeVisibleAsync();
        using HttpResponseMessage left = await shared.Mail.Api.GetAsync(new Uri("/relays", UriKind.Relative));
        Assert.DoesNotContain(JsonDocument.Parse(await left.Content.ReadAsStringAsync()).RootElement.GetProperty("data").EnumerateArray(), relay => relay.GetProperty("name").GetString() == name);
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
