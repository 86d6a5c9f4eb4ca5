using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Messaging;
using Mail.Core.Reservations;
using Mail.Core.Webhooks;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Reservations;

/// <summary>A mail as its reader sees it.</summary>
internal sealed record TripMailSeen(string To, string Subject, string Text, string Html, string Raw)
{
    /// <summary>Of the buttons, in the order in which they stand.</summary>
    public IReadOnlyList<string> Links => [.. Regex.Matches(Html, "href=\"([^\"]*/a/[^\"]*)\"").Select(match => new Uri(WebUtility.HtmlDecode(match.Groups[1].Value)).PathAndQuery).Distinct()];
}

/// <summary>A carpool's API and worker in this process, on a clock that the test moves, with an inbox.</summary>
internal sealed class TripScene : IAsyncDisposable
{
    /// <summary>A Monday, 9:00 in Paris.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private TestWorker? _worker;

    private TripScene(ApiFixture api, ManualClock clock)
    {
        (Api, Clock) = (api, clock);
        App = api.ClientWith(ApiFixture.LiveKey);
        Reader = api.ClientWith(null);
    }

    public ApiFixture Api { get; }

    public ManualClock Clock { get; }

    /// <summary>The carpool's server.</summary>
    public HttpClient App { get; }

    /// <summary>Somebody who opens a link.</summary>
    public HttpClient Reader { get; }

    public SmtpSink Inbox { get; } = SmtpSink.Start();

    public static async Task<TripScene> StartAsync(PostgresFixture postgres, DateTimeOffset? start = null, bool works = true, Action<IServiceCollection>? replace = null)
    {
        ManualClock clock = new(start ?? Monday);
        ApiFixture api = new(postgres)
        {
            Replace = services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                replace?.Invoke(services);
            },
        };
        api.Settings["EMAIL_FROM"] = "Rides <rides@example.org>";
        api.Settings["RateLimits:PagesPerMinute"] = "100000";
        await api.InitializeAsync();
        TripScene scene = new(api, clock);
        if (works) await scene.StartWorkerAsync();
        return scene;
    }

    public async Task StartWorkerAsync(Action<IServiceCollection>? more = null)
    {
        _ = Api.Services; // the database is there
        _worker = TestWorker.Create(Api.ConnectionString, new()
        {
            ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = Inbox.Port.ToString(CultureInfo.InvariantCulture), ["EMAIL_FROM"] = "Rides <rides@example.org>", ["Bus:PollInterval"] = "00:00:00.05",
            ["Delivery:PollInterval"] = "00:00:00.1",
        }, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddWebhookDelivery();
            services.AddReservations();
            more?.Invoke(services);
            services.AddBusWorker();
        });
        await _worker.StartAsync();
    }

    public async Task StopWorkerAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        _worker = null;
    }

    /// <summary>A trip of Inès from Lyon to Grenoble.</summary>
    /// <param name="departure">By the clock in the zone.</param>
    public async Task<string> OfferAsync(int seats = 3, string departure = "2026-11-28T07:30", string zone = "Europe/Paris", string driver = "ines@example.com", HttpClient? by = null) =>
        (await (by ?? App).PostAsync("/offers", OfferBody(seats, departure, zone, driver), HttpStatusCode.Created)).GetProperty("id").GetString()!;

    public static string OfferBody(int seats = 3, string departure = "2026-11-28T07:30", string zone = "Europe/Paris", string driver = "ines@example.com") =>
        $$"""{"driver":{"name":"Inès Lambert","email":"{{driver}}","phone":"+33 6 12 34 56 78","locale":"en"},"from":{"label":"Lyon Part-Dieu","latitude":45.7606,"longitude":4.8593},"to":{"label":"Grenoble","latitude":45.1885,"longitude":5.7245},"departure_at":"{{departure}}","time_zone":"{{zone}}","seats":{{seats}},"price":12.5,"currency":"EUR"}""";

    /// <returns>The reservation's id.</returns>
    public async Task<string> RequestAsync(string offer, string passenger = "camille", int seats = 1, string locale = "en") =>
        (await App.PostAsync($"/offers/{offer}/reservations", RequestBody(passenger, seats, locale), HttpStatusCode.Created)).GetProperty("id").GetString()!;

    public static string RequestBody(string passenger = "camille", int seats = 1, string locale = "en") =>
        $$"""{"passenger":{"name":"{{passenger}} Martin","email":"{{passenger}}@example.com","phone":"+33 7 00 00 00 00","locale":"{{locale}}"},"seats":{{seats}},"pickup":{"label":"Lyon Perrache","latitude":45.7486,"longitude":4.8259},"message":"One bag."}""";

    public async Task<JsonElement> ActAsync(string reservation, string act, HttpStatusCode expected = HttpStatusCode.OK) => await App.PostAsync($"/reservations/{reservation}/{act}", "", expected);

    public async Task<string> StateAsync(string reservation) => (await App.GetAsync($"/reservations/{reservation}", HttpStatusCode.OK)).GetProperty("state").GetString()!;

    public async Task<int> SeatsLeftAsync(string offer) => (await App.GetAsync($"/offers/{offer}", HttpStatusCode.OK)).GetProperty("seats_left").GetInt32();

    /// <summary>All mails, when there are as many, and no more that wait.</summary>
    public async Task<IReadOnlyList<TripMailSeen>> MailsAsync(int count)
    {
        await Inbox.WaitForAsync(count);
        await Eventually.TrueAsync(async () => await Api.CountAsync("deliveries") == 0);
        IReadOnlyList<TripMailSeen> mails = [.. Inbox.Messages.Select(Read)];
        Assert.True(mails.Count == count, $"{mails.Count} mails, not {count}: {string.Join(" | ", mails.Select(mail => $"{mail.To}: {mail.Subject}"))}");
        return mails;
    }

    /// <summary>Until no timer that is due, and no mail, waits any more.</summary>
    public Task QuietAsync() => Eventually.TrueAsync(async () => await Api.CountAsync($"bus_messages WHERE due_at <= '{Clock.GetUtcNow().UtcDateTime:O}'") == 0 && await Api.CountAsync("deliveries") == 0);

    public async Task<(HttpStatusCode Status, string Page)> OpenAsync(string path)
    {
        using HttpResponseMessage response = await Reader.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Presses the first button of a link's page.</summary>
    public async Task<(HttpStatusCode Status, string Page)> PressAsync(string path, string? choice = null)
    {
        choice ??= Regex.Match((await OpenAsync(path)).Page, "name=\"choice\" value=\"([^\"]+)\"") is { Success: true } match ? match.Groups[1].Value : "accept";
        using StringContent form = new($"choice={choice}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await Reader.PostAsync(new Uri(path, UriKind.Relative), form);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        App.Dispose();
        Reader.Dispose();
        await Inbox.DisposeAsync();
        await Api.DisposeAsync();
    }

    private static TripMailSeen Read(SmtpSinkMessage message)
    {
        ParsedMessage parsed = ParsedMessage.Parse(message.Raw);
        return new TripMailSeen(message.Recipients.Single(), parsed.Subject ?? "", parsed.TextBody ?? "", parsed.HtmlBody ?? "", message.Text);
    }
}
