using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Requests for decisions in a real browser before the real system: one is mailed again, its mail is looked at, and it is taken back.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class RequestConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_request_is_found_read_with_its_history_and_taken_back_by_a_person(int width, ColorScheme colors)
    {
        string title = $"Travel to Berlin, three days with a title that is long enough to wrap on a telephone {Guid.NewGuid():N}"[..110];
        string request = await AskAsync($$"""
            {"title":"{{title}}","text":"The early bird price ends on Wednesday.\nA second line of words.","details":[{"label":"Cost","value":"€ 840"}],
             "choices":[{"key":"yes","label":"Approve"},{"key":"partly","label":"Without the hotel, which is rather dear at this time of the year"},{"key":"no","label":"Decline"}],
             "person":{"email":"camille-{{Guid.NewGuid():N}}@example.net","name":"Camille Martin","locale":"en"},"on_behalf_of":{"name":"Ada Byrne","email":"ada@example.com"},
             "deadline":"{{DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}","reminders":[{"minutes_before":60}],"comment":true}
            """);
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/requests?state=pending");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Requests" })).ToContainTextAsync("Camille Martin");
        await LookAsync("requests");
        await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await Expect(page.GetByText("Without the hotel, which is rather dear")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nobody has decided.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "History" })).ToContainTextAsync("Mailed");
        await LookAsync("request");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mail it again" }).ClickAsync();
        await Expect(page.GetByText("less than a minute ago")).ToBeVisibleAsync(); // refused in words
        await LookAsync("request-too-soon");
        await page.GetByRole(AriaRole.List, new() { Name = "History" }).GetByRole(AriaRole.Link, new() { Name = "Message" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/messages/"));
        await Expect(page.GetByText(title).First).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await LookAsync("request-take-back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the request back" }).ClickAsync();
        await Expect(page.GetByText("The request is taken back.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "History" })).ToContainTextAsync("Taken back");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it back" })).ToHaveCountAsync(0);
        await LookAsync("request-over");

        Assert.Empty(findings);
        using JsonDocument after = JsonDocument.Parse(await shared.Mail.Api.GetStringAsync(new Uri($"/requests/{request}", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("canceled", after.RootElement.GetProperty("state").GetString());

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    private async Task<string> AskAsync(string body)
    {
        using HttpResponseMessage answer = await shared.Mail.Api.PostAsync(new Uri("/requests", UriKind.Relative), ApiFixture.Json(body), TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, text);
        using JsonDocument made = JsonDocument.Parse(text);
        return made.RootElement.GetProperty("id").GetString()!;
    }
}
