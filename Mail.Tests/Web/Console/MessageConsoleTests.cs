using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Mail.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Searching, sending again, what is scheduled, and the sandbox, in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class MessageConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Messages_are_found_sent_again_and_put_off_by_a_person(int width, ColorScheme colors)
    {
        string mark = Guid.NewGuid().ToString("N")[..12], subject = $"Order {mark} shipped";
        string id = await shared.Mail.SendAsync(new
        {
            from = "Bakery <hello@example.com>", to = $"{mark}@example.net", subject, text = "It is on its way.",
            html = "<style>body{background:#fff;color:#222}@media (prefers-color-scheme: dark){body{background:#101418;color:#eee}}</style><p>It is on its way.</p>", tags = new[] { new { name = "order", value = mark } },
        });
        await shared.Mail.SendAsync(new { from = "Bakery <hello@example.com>", to = $"{mark}-later@example.net", subject = $"Reminder {mark}", text = "Soon", scheduled_at = "in 2 days" });
        await using BrowserWindow window = await SignInAsync("/messages", width, colors);
        IPage page = window.Page;
        List<string> findings = [];

        ILocator search = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" });
        await search.FillAsync($"order:{mark}");
        await Expect(page.GetByText($"Tag “order:{mark}”")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = subject })).ToBeVisibleAsync();
        await LookAsync("messages-found");
        await search.FillAsync($"order {mark}");
        await Expect(page.GetByText($"Subject contains “order {mark}”")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("subject=order"));
        await page.GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Accepted by the relay", new() { Timeout = 20_000 });

        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await page.GetByText("Phone", new() { Exact = true }).ClickAsync();
        await Expect(page.FrameLocator("iframe").GetByText("It is on its way.")).ToBeVisibleAsync();
        Assert.Equal("rgb(16, 20, 24)", await page.FrameLocator("iframe").Locator("body").EvaluateAsync<string>("body => getComputedStyle(body).backgroundColor"));
        await LookAsync("message-dark-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await LookAsync("message-resend");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = id })).ToBeVisibleAsync();
        await LookAsync("message-resent");

        await page.GotoAsync("/scheduled");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Reschedule: Reminder {mark}" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("New time").FillAsync(DateTime.Today.AddDays(5).AddHours(9).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("Back to")).ToBeVisibleAsync();
        await LookAsync("scheduled");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Cancel: Reminder {mark}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the message" }).ClickAsync();
        await Expect(page.GetByText($"Reminder {mark}")).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        Assert.Empty(findings);
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        Task LookAsync(string name) => LookAtAsync(window, name, width, colors, findings);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task The_code_of_a_test_mail_is_read_in_the_sandbox_as_soon_as_it_is_there(int width, ColorScheme colors)
    {
        string address = $"{Guid.NewGuid():n}@example.net";
        using HttpClient test = await TestKeyAsync();
        await using BrowserWindow window = await SignInAsync($"/sandbox?to={address}", width, colors);
        IPage page = window.Page;
        List<string> findings = [];
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No test mail matches" })).ToBeVisibleAsync();
        Task<string> waiting = test.GetStringAsync(new Uri($"/sandbox/messages?to={address}&wait=30s", UriKind.Relative), TestContext.Current.CancellationToken);

        using HttpResponseMessage sent = await test.PostAsJsonAsync("/emails", new { from = "Bakery <hello@example.com>", to = address, template = new { id = "password-reset", variables = new { code = "493817", name = "Ada" } } }, TestContext.Current.CancellationToken);
        sent.EnsureSuccessStatusCode();

        using JsonDocument answer = JsonDocument.Parse(await waiting); // the worker has captured it; a test reads the code in one call
        Assert.Equal("493817", Assert.Single(answer.RootElement.GetProperty("data").EnumerateArray()).GetProperty("code").GetString());
        ILocator mail = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(Regex.Escape(address)) });
        await Expect(mail).ToBeVisibleAsync(new() { Timeout = 15_000 }); // by itself
        await LookAsync("sandbox-list");
        await mail.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Code" })).ToHaveTextAsync("493817");
        await Expect(page.FrameLocator("iframe").GetByText("493817").First).ToBeVisibleAsync();
        await LookAsync("sandbox-mail");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Headers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Headers" })).ToContainTextAsync("Message-ID");

        Assert.Empty(findings);
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        Task LookAsync(string name) => LookAtAsync(window, name, width, colors, findings);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task What_a_server_said_before_it_refused_is_read_on_the_timeline(int width, ColorScheme colors)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.1.1 The email account that you tried to reach does not exist.\nPlease check for typing errors, then write to postmaster@mx.example.net") : null;
        string mark = Guid.NewGuid().ToString("N")[..12], id;
        using (HttpResponseMessage made = await shared.Mail.Api.PostAsJsonAsync("/relays", new { name = $"strict-{mark}", kind = "smtp", settings = new { host = SmtpSink.Host, port = sink.Port, tls = "none" } }, TestContext.Current.CancellationToken))
        {
            string relay = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
            try
            {
                id = await BouncedAsync(mark);
            }
            finally
            {
                using HttpResponseMessage removed = await shared.Mail.Api.DeleteAsync(new Uri($"/relays/{relay}", UriKind.Relative), TestContext.Current.CancellationToken);
            }
        }

        await using BrowserWindow window = await SignInAsync($"/messages/{id}", width, colors);
        List<string> findings = [];
        ILocator timeline = window.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" });

        await timeline.GetByText("Transcript", new() { Exact = true }).Last.ClickAsync(); // of the attempt that bounced

        ILocator said = timeline.GetByRole(AriaRole.Region, new() { Name = "What was said in this attempt" });
        await Expect(said).ToContainTextAsync($"RCPT TO:<{mark}@example.net>");
        await Expect(said).ToContainTextAsync("550-5.1.1 The email account");
        await said.ScrollIntoViewIfNeededAsync();
        await LookAtAsync(window, "message-transcript", width, colors, findings);
        Assert.Empty(findings);
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    /// <summary>Workers know a new relay after a moment: until then mail goes by the one before.</summary>
    private async Task<string> BouncedAsync(string mark)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            string id = await shared.Mail.SendAsync(new { from = "Bakery <hello@example.com>", to = $"{mark}@example.net", subject = $"Order {mark}", text = "It is on its way." });
            JsonElement mail = await RunningMail.EventuallyAsync(() => shared.Mail.GetEmailAsync(id), mail => mail.GetProperty("last_event").GetString() is "bounced" or "sent", TimeSpan.FromSeconds(30));
            if (mail.GetProperty("last_event").GetString() == "bounced") return id;
            await Task.Delay(500, limit.Token);
        }
    }

    private static async Task LookAtAsync(BrowserWindow window, string name, int width, ColorScheme colors, List<string> findings)
    {
        await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
        findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
        if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
    }

    private async Task<HttpClient> TestKeyAsync()
    {
        using HttpResponseMessage made = await shared.Mail.Api.PostAsJsonAsync("/api-keys", new { name = $"ci {Guid.NewGuid():n}", test = true }, TestContext.Current.CancellationToken);
        JsonElement key = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        HttpClient client = new() { BaseAddress = shared.Mail.Api.BaseAddress, Timeout = TimeSpan.FromSeconds(70) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.GetProperty("token").GetString());
        return client;
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
