using System.Globalization;
using System.Net;
using Mail.Core.Common;
using Mail.Core.Reservations.Pages;
using Mail.Tests.Api;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>CAR-8: the pages of trips on a telephone, without a script, before the real API.</summary>
public sealed class TripPageBrowserTests(PostgresFixture postgres, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("fr", ColorScheme.Light)]
    [InlineData("fr", ColorScheme.Dark)]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task A_driver_looks_accepts_and_cancels_and_a_passenger_cancels_on_a_telephone(string language, ColorScheme colors)
    {
        bool fr = language == "fr";
        await using ApiFixture api = new(postgres);
        api.Settings["EMAIL_FROM"] = "Rides <rides@example.org>";
        await api.InitializeAsync();
        api.UseKestrel(0);
        api.StartServer();
        using HttpClient app = api.ClientWith(ApiFixture.LiveKey);
        string trip = await OfferAsync(app, "ines@example.com", 5, "Lyon Part-Dieu, sortie Villette, devant la station de vélos"), empty = await OfferAsync(app, "ines@example.com", 6, "Annecy"), other = await OfferAsync(app, "bruno@example.com", 7, "Valence TGV");
        string camille = await AskAsync(app, trip, "Camille Martin-Desrosiers de la Fontaine", "camille@example.com", "Une grande valise, et un chien qui dort pendant tout le trajet.\\nMerci d’avance !");
        string noe = await AskAsync(app, trip, "Noé", "noe@example.com", "");
        await app.PostAsync($"/reservations/{noe}/accept", "", HttpStatusCode.OK);
        await app.PostAsync($"/offers/{await OfferAsync(app, "ines@example.com", 8, "Chambéry")}/cancel", "", HttpStatusCode.OK);
        await AskAsync(app, other, "Inès Lambert", "ines@example.com", "");
        string driver = await LinkAsync(api, "ines@example.com", language), passenger = await LinkAsync(api, "noe@example.com", language);
        await using BrowserWindow window = await browser.OpenAsync(app.BaseAddress!, 390, colors, fr ? "fr-FR" : "en-GB");
        IPage page = window.Page;
        List<string> findings = [];

        await page.GotoAsync(driver);
        Assert.Equal(0, await page.Locator("script").CountAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(fr ? "Vos trajets" : "Your trips");
        await LookAsync("trips");
        await page.GetByText(fr ? "Retirer…" : "Withdraw the seat…").First.ClickAsync();
        await LookAsync("trips-unfolded");
        await page.GetByRole(AriaRole.Link, new() { Name = fr ? "Ce trajet seul" : "This trip alone" }).Last.ClickAsync();
        await LookAsync("trip-alone");
        await page.GetByRole(AriaRole.Link, new() { Name = fr ? "Tous vos trajets" : "All your trips" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Accepter: Camille" : "Accept: Camille" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(fr ? "C’est accepté." : "Accepted.");
        Assert.Equal("accepted", (await app.GetAsync($"/reservations/{camille}", HttpStatusCode.OK)).GetProperty("state").GetString());
        await LookAsync("trips-accepted");
        await page.GotoAsync($"{driver}/{empty}");
        await page.GetByText(fr ? "Annuler tout le trajet…" : "Cancel the whole trip…").ClickAsync();
        await page.GetByLabel(fr ? "Quelques mots (facultatif)" : "Some words (optional)").FillAsync("La neige.");
        await LookAsync("trip-cancel");
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Annuler tout le trajet" : "Cancel the whole trip" }).ClickAsync();
        await Expect(page.GetByText(fr ? "Ce trajet est annulé." : "This trip is cancelled.")).ToBeVisibleAsync();
        await LookAsync("trip-cancelled");

        await page.GotoAsync(passenger);
        await page.GetByText(fr ? "Annuler ma réservation…" : "Cancel my reservation…").ClickAsync();
        await LookAsync("trips-passenger");
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Annuler ma réservation" : "Cancel my reservation" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Désactiver mes liens" : "End my links" }).ClickAsync();
        await LookAsync("trips-ended");
        await page.GotoAsync(passenger[..^3] + "xyz");
        await LookAsync("trips-forged");

        Assert.Empty(findings);

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{language}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
            findings.AddRange((await page.EvaluateAsync<string[]>("[...document.querySelectorAll('button, summary, a')].filter(one => one.offsetHeight > 0 && one.offsetHeight < 24).map(one => one.textContent)")).Select(text => $"{name}: “{text}” is lower than a finger"));
        }
    }

    private static async Task<string> OfferAsync(HttpClient app, string driver, int days, string from) => (await app.PostAsync("/offers",
        $$"""{"driver":{"name":"Inès Lambert","email":"{{driver}}","phone":"+33 6 12 34 56 78","locale":"fr"},"from":{"label":"{{from}}","latitude":45.7606,"longitude":4.8593},"to":{"label":"Grenoble","latitude":45.1885,"longitude":5.7245},"departure_at":"{{DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd'T'07:30", CultureInfo.InvariantCulture)}}","time_zone":"Europe/Paris","seats":3,"price":12.5}""",
        HttpStatusCode.Created)).GetProperty("id").GetString()!;

    private static async Task<string> AskAsync(HttpClient app, string offer, string name, string email, string message) => (await app.PostAsync($"/offers/{offer}/reservations",
        $$"""{"passenger":{"name":"{{name}}","email":"{{email}}","phone":"+33 7 00 00 00 00"},"seats":1,"pickup":{"label":"Lyon Perrache","latitude":45.7486,"longitude":4.8259},"message":"{{message}}"}""",
        HttpStatusCode.Created)).GetProperty("id").GetString()!;

    /// <summary>As it stands in the mail that a person asks for.</summary>
    private static async Task<string> LinkAsync(ApiFixture api, string email, string language)
    {
        await using NpgsqlConnection connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand project = new("SELECT project_id FROM offers LIMIT 1", connection);
        ProjectId id = new((Guid)(await project.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        return new Uri((await api.Services.GetRequiredService<TripLinks>().AskedAsync(id, false, email, language, connection, TestContext.Current.CancellationToken))!.Value.Value.Url).AbsolutePath;
    }
}
