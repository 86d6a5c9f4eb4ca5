using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Api;
using Mail.Tests.Api.Reservations;
using Mail.Tests.Support;
using Mail.Tests.Web.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Widget;

/// <summary>CAR-12: the widget in a real browser, on a page of another origin with a strict policy of its own, before the real API.</summary>
public sealed partial class ReservationWidgetTests(PostgresFixture postgres, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, "en", ColorScheme.Light)]
    [InlineData(390, "fr", ColorScheme.Light)]
    public async Task A_trip_is_offered_and_a_seat_asked_for_with_the_keyboard_and_a_code_from_the_mail(int width, string language, ColorScheme colors)
    {
        bool fr = language == "fr";
        await using ApiFixture api = new(postgres);
        api.Settings["EMAIL_FROM"] = "Rides <rides@example.org>";
        await api.InitializeAsync();
        api.UseKestrel(0);
        api.StartServer();
        using HttpClient app = api.ClientWith(ApiFixture.LiveKey);
        string script = new Uri(app.BaseAddress!, "/widget/reservations.js").AbsoluteUri;
        await using Site site = await Site.StartAsync();
        string widget = (await app.PutAsync("/reservation-settings",
            $$"""{"allowed_origins":["{{site.Origin}}"],"places":[{"label":"Lyon","latitude":45.76,"longitude":4.86},{"label":"Grenoble","latitude":45.19,"longitude":5.71}],"time_zone":"Europe/Paris"}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;
        site.Html = $"<!doctype html><html lang=\"{language}\"><head><title>Carpool</title><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"></head><body><main><h1>Carpool</h1><script src=\"{script}\" data-widget=\"{widget}\" async></script></main></body></html>";
        site.Policy = $"default-src 'none'; script-src {app.BaseAddress}; connect-src {app.BaseAddress}";
        await using BrowserWindow window = await browser.OpenAsync(new Uri(site.Origin), width, colors, fr ? "fr-FR" : "en-US");
        IPage page = window.Page;
        List<string> findings = [];
        await page.GotoAsync("/");
        await Expect(page.GetByText(fr ? "Aucun trajet pour le moment." : "No trips for now.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Proposer un trajet" : "Offer a ride" }).PressAsync("Enter");
        await page.GetByLabel(fr ? "Départ" : "From", new() { Exact = true }).FillAsync("Atlantis");
        await page.GetByLabel(fr ? "Arrivée" : "To", new() { Exact = true }).FillAsync("Grenoble");
        await page.GetByLabel(fr ? "Départ (heure locale)" : "Departure (local time)").FillAsync(DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd'T'07:30", null));
        await PersonAsync(page, fr, "Inès Lambert", "ines@example.com");
        await GoOnAsync(page, fr);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Atlantis");
        findings.AddRange(await window.SeriousAccessibilityViolationsAsync());
        await window.ScreenshotAsync($"widget-offer-{width}-{language}");
        await page.GetByLabel(fr ? "Départ" : "From", new() { Exact = true }).FillAsync("lyon");
        await GoOnAsync(page, fr);
        await ConfirmAsync(page, fr, await CodeAsync(app, "ines@example.com"));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(fr ? "Votre trajet est publié." : "Your trip is published.");

        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Trouver un trajet" : "Find a ride" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lyon → Grenoble" })).ToBeVisibleAsync();
        findings.AddRange(await window.SeriousAccessibilityViolationsAsync());
        await window.ScreenshotAsync($"widget-list-{width}-{language}");
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Demander une place" : "Ask for a seat" }).PressAsync("Enter");
        await PersonAsync(page, fr, "Camille <b>Martin</b>", "camille@example.com");
        await page.GetByLabel(fr ? "Où vous montez" : "Where you get in").FillAsync("45.7486, 4.8259");
        await GoOnAsync(page, fr);
        await page.GetByLabel(fr ? "Code du message" : "Code from the mail").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = fr ? "Confirmer" : "Confirm", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await ConfirmAsync(page, fr, await CodeAsync(app, "camille@example.com"));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(fr ? "Votre demande est en route." : "Your request is on its way.");
        findings.AddRange(await window.SeriousAccessibilityViolationsAsync());
        if (await window.ScrollsSidewaysAsync()) findings.Add("It scrolls sideways.");

        Assert.Empty(findings);
        JsonElement reservation = (await app.GetAsync("/reservations", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.Equal(("pending", "Camille <b>Martin</b>", 45.7486), (reservation.GetProperty("state").GetString(), reservation.GetProperty("passenger").GetProperty("name").GetString(), reservation.GetProperty("pickup").GetProperty("latitude").GetDouble()));
        Assert.DoesNotContain(window.Complaints, complaint => !complaint.Contains("422", StringComparison.Ordinal) && !complaint.Contains("favicon", StringComparison.Ordinal)); // the wrong code is what browsers log
    }

    [Fact]
    public async Task On_a_site_that_is_not_allowed_it_says_so_and_shows_nothing()
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        api.UseKestrel(0);
        api.StartServer();
        using HttpClient app = api.ClientWith(ApiFixture.LiveKey);
        await using Site site = await Site.StartAsync();
        string widget = (await app.PutAsync("/reservation-settings", """{"allowed_origins":["https://other.example"]}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;
        await app.PostAsync("/offers", TripScene.OfferBody(departure: DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd'T'07:30", null)), HttpStatusCode.Created);
        site.Html = $"<!doctype html><html lang=\"en\"><body><script src=\"{new Uri(app.BaseAddress!, "/widget/reservations.js")}\" data-widget=\"{widget}\"></script></body></html>";
        await using BrowserWindow window = await browser.OpenAsync(new Uri(site.Origin));

        await window.Page.GotoAsync("/");

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Equal(0, await window.Page.GetByText("Grenoble").CountAsync());
    }

    private static async Task PersonAsync(IPage page, bool fr, string name, string email)
    {
        await page.GetByLabel(fr ? "Votre nom" : "Your name").FillAsync(name);
        await page.GetByLabel(fr ? "Votre adresse e-mail" : "Your e-mail address").FillAsync(email);
    }

    private static Task GoOnAsync(IPage page, bool fr) => page.GetByRole(AriaRole.Button, new() { Name = fr ? "Continuer" : "Go on" }).PressAsync("Enter");

    private static async Task ConfirmAsync(IPage page, bool fr, string code)
    {
        await page.GetByLabel(fr ? "Code du message" : "Code from the mail").FillAsync(code);
        await page.GetByLabel(fr ? "Code du message" : "Code from the mail").PressAsync("Enter");
    }

    /// <summary>In Development an app sees what it sends.</summary>
    private static async Task<string> CodeAsync(HttpClient app, string to)
    {
        JsonElement mail = default;
        await Eventually.TrueAsync(async () =>
        {
            mail = (await app.GetAsync("/emails?limit=20", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().FirstOrDefault(one => one.GetRawText().Contains(to, StringComparison.Ordinal) && one.GetRawText().Contains("code", StringComparison.OrdinalIgnoreCase));
            return mail.ValueKind is JsonValueKind.Object;
        });
        using HttpResponseMessage text = await app.GetAsync(new Uri($"/emails/{mail.GetProperty("id").GetString()}/text", UriKind.Relative));
        return string.Concat(Code().Match(await text.Content.ReadAsStringAsync()).Value.Where(char.IsAsciiDigit));
    }

    [GeneratedRegex(@"\b\d{3}\s?\d{3}\b")]
    private static partial Regex Code();

    /// <summary>A site of somebody else.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Site(WebApplication app) => _app = app;

        public string Origin => _app.Urls.Single();

        public string Html { get; set; } = "";

        public string? Policy { get; set; }

        public static async Task<Site> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            WebApplication app = builder.Build();
            Site site = new(app);
            app.Run(http =>
            {
                if (site.Policy is not null) http.Response.Headers.ContentSecurityPolicy = site.Policy;
                http.Response.ContentType = "text/html; charset=utf-8";
                return http.Response.WriteAsync(http.Request.Path == "/" ? site.Html : "");
            });
            await app.StartAsync();
            return site;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
