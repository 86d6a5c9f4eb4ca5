using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Limits, the order of relays, dead letters, usage, the system and the project in a real browser before the real system.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class SendingConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Pages_of_sending_and_administration_are_accessible_and_fit(int width, ColorScheme colors)
    {
        List<string> findings = [];
        string tail = Guid.NewGuid().ToString("N")[..8];
        List<string> relays = [];
        foreach (string name in (string[])[$"first-{tail}", $"second-{tail}"])
        {
            using HttpResponseMessage made = await shared.Mail.Api.PostAsync(new Uri("/relays", UriKind.Relative), ApiFixture.Json(JsonSerializer.Serialize(new
            {
                name, kind = "capture", enabled = false, day_quota = 500, domain_limits = new[] { new { domain = "gmail.com", rate_per_second = 5 } },
                warm_up = new { starts_on = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), first_day = 50, growth = 1.5 },
            })));
            relays.Add(JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!);
        }

        await shared.Mail.SendAsync(new { from = "Bakery <hello@example.com>", to = "delivered@mail.test", subject = "Counted", text = "Hello", tags = new[] { new { name = "kind", value = "test" } } });
        await using BrowserWindow window = await SignInAsync("/relays", width, colors);
        IPage page = window.Page;

        ILocator list = page.GetByRole(AriaRole.List, new() { Name = "Relays" });
        await page.GetByRole(AriaRole.Button, new() { Name = $"Move second-{tail} up" }).PressAsync("Enter");
        await Expect(page.GetByText("The order is saved.")).ToBeVisibleAsync();
        string[] order = [.. (await list.GetByRole(AriaRole.Link).AllTextContentsAsync()).Where(name => name.EndsWith(tail, StringComparison.Ordinal))];
        Assert.Equal([$"second-{tail}", $"first-{tail}"], order);
        await LookAsync("relay-order");

        await page.GotoAsync($"/relays/{relays[0]}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test the relay" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Steps" }).GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await Expect(page.GetByText("Something is in the way:").Or(page.GetByText("Mail goes out over this relay."))).ToBeVisibleAsync();
        await LookAsync("relay-doctor");

        await page.GotoAsync("/limits");
        await Expect(page.GetByText("warm-up", new() { Exact = false }).First).ToBeVisibleAsync();
        await LookAsync("limits");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Change the limits of second-{tail}" }).ClickAsync();
        ILocator form = page.GetByRole(AriaRole.Form, new() { Name = $"Change the limits of second-{tail}" });
        await form.GetByLabel("Recipients a day").FillAsync("0");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("must be a whole number from 1").First).ToBeVisibleAsync();
        await LookAsync("limits-refused");
        await form.GetByLabel("Recipients a day").FillAsync("700");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        await Expect(page.GetByText("700").First).ToBeVisibleAsync();

        foreach ((string name, string path, string settled) in ((string, string, string)[])[("usage", "/usage?split=tag", "kind:test"), ("system", "/system", "What waits"), ("project", "/project", "How long mail is kept")])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("main")).ToContainTextAsync(settled);
            await LookAsync(name);
        }

        Assert.Empty(findings);
        foreach (string id in relays)
        {
            using HttpResponseMessage gone = await shared.Mail.Api.DeleteAsync(new Uri($"/relays/{id}", UriKind.Relative));
        }

        async Task LookAsync(string shown)
        {
            await window.ScreenshotAsync($"sending-{shown}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{shown}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{shown} scrolls sideways.");
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(375, ColorScheme.Light)]
    public async Task A_dead_letter_is_read_and_discarded(int width, ColorScheme colors)
    {
        List<string> findings = [];
        string type = $"test.letter-{Guid.NewGuid():N}"[..24];
        await BuryAsync(type);
        await BuryAsync(type);
        await using BrowserWindow window = await SignInAsync("/dead-letters", width, colors);
        IPage page = window.Page;

        await page.GetByLabel("Type").SelectOptionAsync(type);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replay the 2 shown" })).ToBeVisibleAsync();
        await LookAsync("dead-letters");
        await page.GetByRole(AriaRole.Link, new() { Name = type }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(type);
        await Expect(page.GetByText("It failed.")).ToBeVisibleAsync();
        await Expect(page.GetByText("•••@example.com")).ToBeVisibleAsync();
        await LookAsync("dead-letter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await LookAsync("dead-letter-discard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();
        await Expect(page.GetByText("1 is discarded.")).ToBeVisibleAsync();
        await page.GotoAsync($"/dead-letters?type={type}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard the one shown" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();

        await Expect(page.GetByText("Nothing is stuck")).ToBeVisibleAsync();
        Assert.Empty(findings);

        async Task LookAsync(string shown)
        {
            await window.ScreenshotAsync($"sending-{shown}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{shown}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{shown} scrolls sideways.");
        }
    }

    private async Task BuryAsync(string type)
    {
        await using NpgsqlDataSource database = await shared.Mail.OpenDatabaseAsync();
        await using NpgsqlCommand command = database.CreateCommand("""
            INSERT INTO bus_dead_letters (project_id, id, queued_id, message_id, handler, name, body, is_encrypted, generation, published_at, due_at, attempts, error, died_at)
            SELECT id, $2, gen_random_uuid(), gen_random_uuid(), 'Tests.Handle', $1, convert_to('{"offer":7,"to":"ada@example.com"}', 'UTF8'), false, 1, now(), now(), 10, 'It failed.', now() FROM projects ORDER BY created_at, id LIMIT 1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = type });
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7() });
        await command.ExecuteNonQueryAsync();
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
