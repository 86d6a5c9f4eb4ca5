using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Api.Mailboxes;
using Mail.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The web inbox in a real browser.</summary>
public sealed class WebInboxPageTests(PostgresFixture postgres, Browser browser) : IClassFixture<Browser>
{
    private const string Letter = """
        From: Jo Müller <jo@example.org>
        To: contact@example.com
        Subject: A question about your offer of last week, and whether it still holds
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <h1 style="color:#a00">Hello</h1><p>Is it <b>still</b> free?</p><script>document.body.textContent = 'script ran'; parent.document.title = 'stolen'</script>

        """;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_person_opens_the_mailbox_reads_and_deletes(int width, ColorScheme colors)
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres, inBrowser: true);
        (MailboxOrder order, MailboxCredentials credentials) = await scene.AddAsync("contact@example.com");
        await scene.ReceiveAsync(Letter, order.Address);
        await scene.ReceiveAsync("From: al@example.org\nSubject: Only words\n\nLine one\n\nLine two\n", order.Address);
        using HttpClient client = scene.Api.CreateClient();
        await using BrowserWindow window = await browser.OpenAsync(client.BaseAddress!, width, colors);
        IPage page = window.Page;
        List<string> findings = [];

        await page.GotoAsync("/webmail");
        await LookAsync("sign-in");
        await page.GetByLabel("Address").FillAsync(order.Address);
        await page.GetByLabel("Password").FillAsync(credentials.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = order.Address })).ToBeVisibleAsync();
        await LookAsync("list");
        await page.GetByRole(AriaRole.Link, new() { Name = "A question" }).ClickAsync();
        ILocator inside = page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Name = "Hello" });
        await Expect(inside).ToBeVisibleAsync();
        Assert.StartsWith("A question", await page.TitleAsync(), StringComparison.Ordinal);
        await LookAsync("mail");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The mail is deleted.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Only words" }).ClickAsync();
        await Expect(page.GetByText("Line two")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All mails" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        Assert.True(findings.Count == 0, string.Join('\n', findings));

        async Task LookAsync(string name)
        {
            await window.ScreenshotAsync($"web-inbox-{name}-{width}-{colors}".ToLowerInvariant());
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{name} scrolls sideways.");
        }
    }
}
