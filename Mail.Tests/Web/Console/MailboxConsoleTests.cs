using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Mail.ProviderFakes;
using Mail.Tests.EndToEnd;
using Mail.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Mailboxes in a real browser before the real system (BOX-7, BOX-10, BOX-11).</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class MailboxConsoleTests(SharedMail shared, Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private const float Key = 150;
    private static readonly TimeSpan _promise = TimeSpan.FromSeconds(30);

    /// <summary>BOX-11. With the pauses of a person: 150 ms for each key, a second between steps, and a code of the authenticator app, which is asked for in place.</summary>
    [Theory, InlineData("local"), InlineData("sendgrid")]
    public async Task From_the_open_page_to_copied_credentials_takes_less_than_thirty_seconds(string provider)
    {
        await using FakeProviders fakes = await FakeProviders.StartAsync();
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        IPage page = window.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        string domain = provider == "local" ? "timed.example.org" : "example.com"; // the fakes have verified example.com
        ConsolePerson person = await ConsolePerson.JoinAsync(shared.Mail, window, "admin");
        await person.TurnSecondFactorOnAsync(page);
        await ConnectAsync(provider, domain, provider == "local" ? [] : fakes.Settings(provider));
        await person.LetSecondFactorGrowOldAsync();
        await page.GotoAsync("/mailboxes");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeVisibleAsync();
        string name = $"sales-{Guid.NewGuid():n}"[..11];

        long started = Stopwatch.GetTimestamp();
        await PauseAsync();
        await page.GetByLabel("Name", new() { Exact = true }).ClickAsync();
        await page.Keyboard.TypeAsync(name, new() { Delay = Key });
        await PauseAsync();
        ILocator choice = page.GetByLabel("Domain", new() { Exact = true });
        if (await choice.CountAsync() > 0 && await choice.First.InputValueAsync() != domain)
        {
            await choice.First.SelectOptionAsync(domain);
            await PauseAsync();
        }

        await Expect(page.GetByText($"{name}@{domain} is free")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the mailbox" }).ClickAsync();
        await Expect(page.GetByLabel("Code of your app")).ToBeFocusedAsync();
        await PauseAsync();
        await page.Keyboard.TypeAsync(person.NextCode(), new() { Delay = Key });
        await PauseAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Credentials", new() { Exact = true })).ToBeVisibleAsync();
        await PauseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy everything as text" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(started);

        string copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        string line = string.Create(CultureInfo.InvariantCulture, $"{provider}: {took.TotalSeconds:0.0} s from the open page to copied credentials");
        output.WriteLine(line);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Repository.Path("TestResults", "console")).FullName, $"mailbox-seconds-{provider}.txt"), line);
        Assert.True(took < _promise, line);
        if (provider == "local") await SendAsAsync($"{name}@{domain}", copied);
        else Assert.Contains("Port (STARTTLS): 587", copied, StringComparison.Ordinal);
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_mailbox_is_set_up_made_looked_at_suspended_and_deleted_by_a_person(int width, ColorScheme colors)
    {
        string look = $"{width}-{colors}".ToLowerInvariant(), domain = $"boxes{width}.example.org", name = $"contact-{Guid.NewGuid():n}"[..13], email = $"{name}@{domain}";
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        ConsolePerson person = await ConsolePerson.JoinAsync(shared.Mail, window, "admin");

        // Where addresses are made.
        await page.GotoAsync("/mailboxes/providers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect a provider" }).ClickAsync();
        await page.GetByLabel("Provider", new() { Exact = true }).SelectOptionAsync("microsoft365");
        await LookAsync("connection");
        await page.GetByLabel("Provider", new() { Exact = true }).SelectOptionAsync("local");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync($"Ours {width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Connections" })).ToContainTextAsync($"Ours {width}");
        await page.GetByLabel("Domain", new() { Exact = true }).FillAsync(domain);
        await page.GetByLabel("Connection", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = $"Ours {width}" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the domain" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Domains of mailboxes" })).ToContainTextAsync(domain);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("All is well")).ToBeVisibleAsync();
        await LookAsync("providers");

        // Without a second factor the page says what to do; with one the wish goes on.
        await page.GotoAsync("/mailboxes");
        await Expect(page.GetByText("You need two-step sign-in for this")).ToBeVisibleAsync();
        await LookAsync("no-factor");
        await person.TurnSecondFactorOnAsync(page);
        await page.GotoAsync("/mailboxes");
        await ChooseAsync(domain);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("admin");
        await Expect(page.GetByText("reserved")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText($"{email} is free")).ToBeVisibleAsync();
        await LookAsync("free");
        await person.LetSecondFactorGrowOldAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the mailbox" }).ClickAsync();
        await page.GetByLabel("Code of your app").FillAsync(person.NextCode());
        await LookAsync("code");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and go on" }).ClickAsync();
        await Expect(page.GetByLabel("Credentials", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync("credentials");

        // It is taken now.
        await page.GetByRole(AriaRole.Button, new() { Name = "Make another" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Expect(page.GetByText($"{email} is taken")).ToBeVisibleAsync();
        await LookAsync("taken");

        // Its page, and what is done with it.
        await page.GetByRole(AriaRole.Link, new() { Name = email }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "What has happened" })).ToContainTextAsync("Credentials shown");
        await LookAsync("mailbox");
        await DoAsync("Suspend…", "Suspend it");
        await Expect(page.GetByText("Suspended", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"What to do with {email}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByText("Active", new() { Exact = true }).First).ToBeVisibleAsync();
        await DoAsync("New credentials…", "Make new ones");
        await Expect(page.GetByLabel("Credentials", new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync("rotated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).Last.ClickAsync();
        await DoAsync("Delete…", "Delete the mailbox");
        await Expect(page.GetByText("Deleted", new() { Exact = true }).First).ToBeVisibleAsync();

        await page.GotoAsync("/mailboxes/overview");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" })).ToBeVisibleAsync();
        await page.GetByText("As a table").ClickAsync();
        await LookAsync("overview");
        await page.GotoAsync("/mailboxes/log");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Log of mailboxes" })).ToContainTextAsync(email);
        await LookAsync("log");
        Assert.Empty(findings);
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        async Task ChooseAsync(string wanted)
        {
            await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeVisibleAsync();
            ILocator choice = page.GetByLabel("Domain", new() { Exact = true }); // where there is one domain alone, it stands beside the name
            if (await choice.CountAsync() > 0) await choice.First.SelectOptionAsync(wanted);
        }

        async Task DoAsync(string item, string confirmation)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"What to do with {email}" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = confirmation }).ClickAsync();
        }

        async Task LookAsync(string place)
        {
            await window.ScreenshotAsync($"mailbox-{place}-{look}");
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{place}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{place} scrolls sideways.");
        }
    }

    /// <summary>What was copied is enough to send: the port is the one that is open, and the password sends as the address.</summary>
    private async Task SendAsAsync(string email, string copied)
    {
        Dictionary<string, string> values = copied.Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(shared.Mail.Submission.Port.ToString(CultureInfo.InvariantCulture), values["Port (STARTTLS)"]);
        using HttpRequestMessage request = new(HttpMethod.Post, "/emails") { Content = JsonContent.Create(new { from = email, to = "ada@example.net", subject = "From a new mailbox", text = "Hello" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", values["Password"]);
        using HttpResponseMessage sent = await shared.Mail.Api.SendAsync(request);
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }

    private async Task ConnectAsync(string kind, string domain, Dictionary<string, string> settings)
    {
        using HttpResponseMessage made = await shared.Mail.Api.PostAsJsonAsync(new Uri("/mailbox-connections", UriKind.Relative), new { kind, name = $"{kind}-{Guid.NewGuid():n}"[..14], settings });
        string body = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, body);
        string connection = System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
        using HttpResponseMessage added = await shared.Mail.Api.PostAsJsonAsync(new Uri("/mailbox-domains", UriKind.Relative), new { domain, connection });
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
    }

    private static Task PauseAsync() => Task.Delay(TimeSpan.FromSeconds(1));
}
