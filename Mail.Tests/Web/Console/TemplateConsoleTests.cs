using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>Templates in a real browser before the real system: written, seen, published, compared, taken back, tried against each other, and pages fit.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class TemplateConsoleTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    /// <summary>The compiler of MJML is a process of its own; the first look at a mail waits for it.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions _slow = new() { Timeout = 20_000 };

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task A_template_is_written_seen_published_and_taken_back_by_a_person(int width, ColorScheme colors)
    {
        string key = $"order-{Guid.NewGuid():N}"[..16];
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync("/templates", width, colors);
        IPage page = window.Page;
        ILocator list = page.GetByRole(AriaRole.List, new() { Name = "Templates", Exact = true });
        await Expect(list).ToContainTextAsync("password-reset");
        await LookAsync("templates");

        await page.GetByRole(AriaRole.Link, new() { Name = "New template" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Order shipped");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Key" }).FillAsync(key);
        await LookAsync("template-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the draft" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/templates/{key}"));
        await SeesAsync("Hello Ada");
        await LookAsync("template-editor");

        // A design that cannot be compiled: what was seen stays, and the place is told.
        await WriteDesignAsync("<mjml>\n  <mj-body>\n    <mj-section><mj-column><mj-text>{{unknown}}</mj-text></mj-column></mj-section>\n  </mj-body>\n</mjml>");
        await Expect(page.GetByText("1 error").First).ToBeVisibleAsync(_slow);
        await Expect(page.GetByText("This is the last state that could be rendered.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("template\\.mjml, line 3") }).First.ClickAsync();
        if (width > 1000) await Expect(page.Locator(".squiggly-error").First).ToBeVisibleAsync();
        await LookAsync("template-error");

        // What is typed and not saved is offered back after a reload.
        await page.ReloadAsync();
        await Expect(page.GetByText("You had typed something that was not saved")).ToBeVisibleAsync();
        await LookAsync("template-offer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.GetByText("1 error").First).ToBeVisibleAsync(_slow);
        await WriteDesignAsync("<mjml lang=\"{{locale}}\">\n  <mj-body>\n    <mj-section><mj-column><mj-text>Dear {{name}}</mj-text></mj-column></mj-section>\n  </mj-body>\n</mjml>");
        await SeesAsync("Dear Ada");
        await page.Keyboard.PressAsync("Control+s");
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);

        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex("^Texts") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Languages" }).ClickAsync();
        await page.GetByLabel("Another language").FillAsync("fr");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.GetByLabel("subject in fr").FillAsync("Bonjour {{name}}");
        await Expect(page.GetByText("Bonjour Ada")).ToBeVisibleAsync(_slow);
        await LookAsync("template-texts");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Variables" }).ClickAsync();
        await LookAsync("template-variables");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Settings" }).ClickAsync();
        await LookAsync("template-settings");

        await PublishAsync("Save and publish", "first");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Design" }).ClickAsync();
        await WriteDesignAsync("<mjml lang=\"{{locale}}\">\n  <mj-body>\n    <mj-section><mj-column><mj-text>Good day, {{name}}</mj-text></mj-column></mj-section>\n  </mj-body>\n</mjml>");
        await SeesAsync("Good day, Ada");
        await PublishAsync("Save and publish", "second");

        await page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Versions" })).ToContainTextAsync("second");
        await Expect(page.Locator("del", new() { HasText = "Dear {{name}}" })).ToBeVisibleAsync(_slow);
        await Expect(page.FrameLocator("iframe[title='The mail: Version 1']").GetByText("Dear Ada")).ToBeVisibleAsync(_slow);
        await LookAsync("template-versions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go back to it: Version 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go back", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Messages take version 1 again.")).ToBeVisibleAsync(_slow);

        await page.GetByRole(AriaRole.Link, new() { Name = "A/B tests" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New A/B test" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("A warmer greeting");
        await page.GetByRole(AriaRole.Switch, new() { Name = "A rule chooses the winner" }).ClickAsync(new() { Force = true }); // its label lies below its own track
        await LookAsync("experiment-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the draft" }).PressAsync("Enter"); // a notification may lie over it for a moment
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Not enough data").First).ToBeVisibleAsync(_slow);
        await LookAsync("experiment");
        await page.GetByRole(AriaRole.Button, new() { Name = "Conclude…" }).ClickAsync();
        await page.GetByLabel("new (v2)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish this arm" }).ClickAsync();
        await Expect(page.GetByText("Concluded").First).ToBeVisibleAsync(_slow);

        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        Task SeesAsync(string words) => Expect(page.Locator("iframe[title='The mail']").Last.ContentFrame.GetByText(words).First).ToBeVisibleAsync(_slow);

        async Task WriteDesignAsync(string source)
        {
            // A phone has a plain field; a desktop has Monaco, which takes what is pasted as it is.
            ILocator field = page.GetByRole(AriaRole.Textbox, new() { Name = "Design (MJML)" });
            if (width < 1000)
            {
                await field.FillAsync(source);
                return;
            }

            await page.Locator(".monaco-editor .view-lines").ClickAsync();
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.InsertTextAsync(source);
        }

        async Task PublishAsync(string button, string note)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
            await page.GetByLabel("What is new").FillAsync(note);
            await LookAsync($"template-publish-{note}");
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            await Expect(page.GetByText(new Regex("Version [12] is published")).First).ToBeVisibleAsync(_slow);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }

        async Task LookAsync(string name) => findings.AddRange(await FindingsAsync(window, name, $"{width}-{colors}"));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(375, ColorScheme.Light)]
    public async Task Built_in_templates_and_layouts_are_seen_and_made_ones_own(int width, ColorScheme colors)
    {
        List<string> findings = [];
        await using BrowserWindow window = await SignInAsync("/templates/welcome?locale=fr&width=phone&scheme=dark", width, colors);
        IPage page = window.Page;
        await Expect(page.GetByText("This template comes with Mail")).ToBeVisibleAsync();
        await Expect(page.Locator("iframe[title='The mail']").Last.ContentFrame.GetByText("Bienvenue").First).ToBeVisibleAsync(_slow);
        await LookAsync("template-built-in");

        await page.GotoAsync("/template-layouts");
        string key = $"_shop{Guid.NewGuid():N}"[..12];
        await LookAsync("layouts");
        await page.GetByRole(AriaRole.Button, new() { Name = "New layout" }).ClickAsync();
        await page.GetByLabel("Key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/template-layouts/{key}"), new() { Timeout = 20_000 });
        await page.GetByLabel("File name").FillAsync("footer.mjml");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a partial" }).ClickAsync();
        await Expect(page.GetByText($"../{key}/footer.mjml")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);
        await LookAsync("layout");

        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        async Task LookAsync(string name) => findings.AddRange(await FindingsAsync(window, name, $"{width}-{colors}"));
    }

    private static async Task<IEnumerable<string>> FindingsAsync(BrowserWindow window, string name, string how)
    {
        await window.ScreenshotAsync($"{name}-{how}".ToLowerInvariant());
        IEnumerable<string> violations = (await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{name}: {violation}");
        return await window.ScrollsSidewaysAsync() ? violations.Append($"{name} scrolls sideways.") : violations;
    }

    private async Task<BrowserWindow> SignInAsync(string path, int width, ColorScheme colors)
    {
        BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, width, colors);
        await window.Page.GotoAsync(path);
        await window.Page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(window.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        return window;
    }
}
