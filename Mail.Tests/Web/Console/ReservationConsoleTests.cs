using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Trips in a real browser before the real system: a request that came by the API is accepted, its mail is read, and the trip is cancelled.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class ReservationConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_request_is_accepted_and_the_trip_cancelled_by_a_person(int width, ColorScheme colors)
    {
        string driver = $"ines-{Guid.NewGuid():N}@example.net";
        string offer = await CreateAsync("/offers", $$"""
            {"driver":{"name":"Inès Lambert","email":"{{driver}}","phone":"+33 6 12 34 56 78"},
             "from":{"label":"Lyon Part-Dieu, the exit that has a rather long name so that it must wrap","latitude":45.7606,"longitude":4.8593},"to":{"label":"Grenoble","latitude":45.1885,"longitude":5.7245},
             "departure_at":"{{DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd'T'08:30", CultureInfo.InvariantCulture)}}","time_zone":"Europe/Paris","seats":3,"price":12.5,"currency":"EUR"}
            """);
        await AskAsync("Camille Martin", "camille@example.net", 2);
        await AskAsync("Noé Petit", "noe@example.net", 1);
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync($"/reservations?driver={driver}", width, colors);
        IPage page = window.Page;

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Trips" })).ToContainTextAsync("2 requests wait");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Figures" })).ToContainTextAsync("Expired requests are ended in time.");
        await LookAsync("reservations");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lyon Part-Dieu" }).ClickAsync();
        await LookAsync("reservation-requests");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept Camille Martin" }).ClickAsync();
        await Expect(page.GetByText("Camille Martin rides along.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Passengers" })).ToContainTextAsync("Picked up at");
        await Expect(page.GetByText("1 of 3")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Refuse Noé Petit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("The car is full of skis.");
        await LookAsync("reservation-refuse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refuse the request" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "No longer" })).ToContainTextAsync("Noé Petit");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "reservation-confirmed to Camille Martin" })).ToBeVisibleAsync();
        await LookAsync("reservation");
        await page.GetByRole(AriaRole.Link, new() { Name = "reservation-confirmed to Camille Martin" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/messages/"));
        await Expect(page.GetByText("camille@example.net").First).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip for all" }).ClickAsync();
        await Expect(page.GetByText("The trip is cancelled.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "No longer" })).ToContainTextAsync("Camille Martin");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" })).ToHaveCountAsync(0);

        Assert.Empty(findings);
        using JsonDocument after = JsonDocument.Parse(await shared.Mail.Api.GetStringAsync(new Uri($"/offers/{offer}", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("cancelled", after.RootElement.GetProperty("state").GetString());

        Task AskAsync(string name, string email, int seats) => CreateAsync($"/offers/{offer}/reservations", $$"""
            {"passenger":{"name":"{{name}}","email":"{{email}}"},"seats":{{seats}},
             "pickup":{"label":"Bron","latitude":45.7332,"longitude":4.9107},"message":"One suitcase, and a dog that sleeps all the way."}
            """);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }

    private async Task<string> CreateAsync(string path, string body)
    {
        using HttpResponseMessage answer = await shared.Mail.Api.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body), TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.Created, text);
        using JsonDocument made = JsonDocument.Parse(text);
        return made.RootElement.GetProperty("id").GetString()!;
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
