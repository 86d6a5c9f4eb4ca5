using System.Text;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Interviews (JOB-5, JOB-9) in a real browser before the real system: a campaign is made, its candidates come from a file, and are seen invited.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class CampaignConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_campaign_is_made_filled_by_a_file_and_sent_by_a_person(int width, ColorScheme colors)
    {
        string tag = Guid.NewGuid().ToString("N")[..8];
        string title = $"Développeuse ou développeur .NET de logiciels particulièrement fiables {tag}";
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        IPage page = window.Page;
        await page.GotoAsync("/campaigns/new");
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.GetByLabel("Position").FillAsync(title);
        await page.GetByLabel("Your page").FillAsync("jobs.example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the campaign" }).ClickAsync();
        await Expect(page.GetByText("`target_url` must be an absolute https address")).ToBeVisibleAsync();
        await LookAsync("campaign-new");
        await page.GetByLabel("Your page").FillAsync("https://jobs.example.com/a-rather-long-path-that-must-not-push-the-page-aside/interview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the campaign" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await Expect(page.GetByText("No candidate yet")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        string rows = $"application_id,email,name\n{tag}-1,{tag}-ada@example.com,Ada\n{tag}-2,nobody,Bob\n{tag}-3,{tag}-with.a.very.long.local.part.indeed@subdomain.of.a.long.domain.example.com,Zoé\n";
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "candidates.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("3email");
        await LookAsync("campaign-import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 candidates" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Imported: 2 new candidates");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Invite all" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Ada ({tag}-ada@example.com)");
        await LookAsync("campaign-invite");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite 2 candidates" }).ClickAsync();
        await Expect(page.GetByText("2 candidates were invited")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByTestId("metric-sent")).ToHaveTextAsync("2", new() { Timeout = 30_000 });
        ILocator candidates = page.GetByRole(AriaRole.List, new() { Name = "Candidates" });
        await Expect(candidates.GetByText("Sent", new() { Exact = true })).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await LookAsync("campaign");

        await page.GetByRole(AriaRole.Link, new() { Name = $"{tag}-ada@example.com" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Timeline" })).ToContainTextAsync("Invitation sent");
        await LookAsync("campaign-candidate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Revoke" }).ClickAsync();
        await LookAsync("campaign-revoke");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the invitation" }).ClickAsync();
        await Expect(page.GetByText($"The invitation of {tag}-ada@example.com is revoked.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mail", Exact = true }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/messages/"));

        await page.GotoAsync("/campaigns");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        await LookAsync("campaigns");
        Assert.True(findings.Count == 0, string.Join("\n", findings));

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }
}
