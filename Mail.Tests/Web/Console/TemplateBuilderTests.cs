using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.EndToEnd;
using Mail.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mail.Tests.Web.Console;

/// <summary>The visual mode of the template editor in a real browser, under the console's own policy: what is changed changes, and nothing else.</summary>
[Collection(SharedMailTests.Name)]
[Trait("Category", "E2E")]
public sealed class TemplateBuilderTests(SharedMail shared, Browser browser) : IClassFixture<Browser>
{
    private const string Source = """
        <mjml lang="{{locale}}" dir="{{dir}}">
          <mj-head>
            <mj-include path="../_layout/head.mjml" />
            <mj-preview>Parcels &amp; more</mj-preview>
          </mj-head>
          <!-- The body. -->
          <mj-body css-class="ground" background-color="#eef2f7">
            <mj-include path="../_layout/header.mjml" />
            <mj-section mj-class="panel">
              <mj-column>
                <mj-text mj-class="ink">Dear {{name}},<br />your parcels are on their way.</mj-text>
                <mj-image src="https://pictures.example/van.png" alt="A van" width="120px" data-track='{{link url "?a=" name}}' />
              </mj-column>
            </mj-section>
            <mj-raw>{{#each parcels}}</mj-raw>
            <mj-section mj-class="panel">
              <mj-column>
                <mj-text><h2>{{label}}</h2> left</mj-text>
              </mj-column>
            </mj-section>
            <mj-raw>{{/each}}</mj-raw>
            <mj-section mj-class="panel">
              <mj-column>
                <mj-table mj-class="facts">
                  {{#each parcels}}<tr><th>{{label}}</th><td>{{@index}}</td></tr>{{/each}}
                </mj-table>
                <mj-button mj-class="button" href="{{url}}">Follow them</mj-button>
              </mj-column>
            </mj-section>
          </mj-body>
        </mjml>

        """;

    private static readonly LocatorAssertionsToBeVisibleOptions _slow = new() { Timeout = 30_000 };

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_design_is_changed_as_it_looks_and_the_rest_of_its_source_stays_as_it_was(ColorScheme colors)
    {
        string key = await CreateAsync();
        List<string> findings = [];
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, 1280, colors);
        IPage page = window.Page;
        await SignInAsync(page, $"/templates/{key}");
        await page.GetByText("Visual", new() { Exact = true }).ClickAsync();
        IFrameLocator canvas = page.FrameLocator("iframe[title='The design as it looks']");
        await Expect(canvas.GetByText("your parcels are on their way.")).ToBeVisibleAsync(_slow);
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Put in" })).ToBeVisibleAsync(_slow);
        await Expect(page).ToHaveURLAsync(new Regex("mode=visual"));
        await LookAsync("template-visual");

        // Opened and looked at, nothing is different.
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync();

        ILocator words = canvas.Locator("[data-mail='mj-text']", new() { HasText = "your parcels" });
        await words.DblClickAsync(new() { Position = new() { X = 4, Y = 40 } });
        await Expect(words).ToHaveAttributeAsync("contenteditable", "true");
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" Soon.");
        await Expect(page.GetByText("There are unsaved changes.")).ToBeVisibleAsync();
        await Expect(page.Locator("iframe[title='The mail']").Last.ContentFrame.GetByText("on their way. Soon.")).ToBeVisibleAsync(_slow);
        await page.Keyboard.PressAsync("Escape");

        ILocator structure = page.GetByRole(AriaRole.Region, new() { Name = "Structure" });
        await structure.GetByRole(AriaRole.Button, new() { Name = "{{#each parcels}}" }).First.ClickAsync();
        await Expect(page.GetByText("It is kept exactly as it is, and can be moved.")).ToBeVisibleAsync();
        await LookAsync("template-visual-block");
        await structure.GetByRole(AriaRole.Button, new() { Name = "Button", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Size", Exact = true }).FillAsync("18px");
        await LookAsync("template-visual-button");

        await page.Keyboard.PressAsync("Control+s");
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);
        Assert.Equal(
            Source.Replace("on their way.", "on their way. Soon.", StringComparison.Ordinal)
                .Replace("""<mj-button mj-class="button" href="{{url}}">""", """<mj-button mj-class="button" href="{{url}}" font-size="18px">""", StringComparison.Ordinal),
            await MjmlAsync(key));

        // Put in, moved, taken back.
        await page.GetByRole(AriaRole.Button, new() { Name = "Line", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it up" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);
        string withLine = await MjmlAsync(key);
        Assert.Contains("        <mj-divider />\n        <mj-button", withLine, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Put in" }).GetByRole(AriaRole.Button, new() { Name = "2 columns" }).ClickAsync();
        await page.GetByText("Phone", new() { Exact = true }).First.ClickAsync(new() { Force = true });
        await LookAsync("template-visual-phone");
        await page.Keyboard.PressAsync("Control+s");
        await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);
        string atLast = await MjmlAsync(key);
        Assert.Contains("        <mj-divider />\n        <mj-button", atLast, StringComparison.Ordinal);
        Assert.Equal(withLine.Split('\n').Length + 8, atLast.Split('\n').Length);
        await page.GetByText("Code", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator(".monaco-editor").First).ToBeVisibleAsync(_slow);

        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.DoesNotContain(window.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));

        async Task LookAsync(string name)
        {
            string how = $"{name}-1280-{colors}".ToLowerInvariant();
            await window.ScreenshotAsync(how);
            findings.AddRange((await window.SeriousAccessibilityViolationsAsync()).Select(violation => $"{how}: {violation}"));
            if (await window.ScrollsSidewaysAsync()) findings.Add($"{how} scrolls sideways.");
        }
    }

    [Fact]
    public async Task A_part_is_pulled_to_its_place_by_the_mouse_and_from_there_to_another()
    {
        string key = await CreateAsync();
        await using BrowserWindow window = await browser.OpenAsync(shared.Mail.ConsoleUrl, 1280, ColorScheme.Light);
        IPage page = window.Page;
        await page.RouteAsync("https://pictures.example/**", route => route.AbortAsync()); // what a name server takes to say no would move the parts later
        await SignInAsync(page, $"/templates/{key}?mode=visual");
        IFrameLocator canvas = page.FrameLocator("iframe[title='The design as it looks']");
        ILocator words = canvas.Locator("[data-mail='mj-text']", new() { HasText = "your parcels" }), van = canvas.Locator("[data-mail='mj-image']"), button = canvas.Locator("[data-mail='mj-button']");
        await Expect(words).ToBeVisibleAsync(_slow);
        ILocator line = page.GetByRole(AriaRole.Group, new() { Name = "Put in" }).GetByRole(AriaRole.Button, new() { Name = "Line", Exact = true });
        await Expect(line).ToBeVisibleAsync(_slow);
        await Eventually.TrueAsync(() => van.Locator("img").EvaluateAsync<bool>("picture => picture.complete"));

        await PullAsync(line, van, 0.2f);
        Assert.Contains("</mj-text>\n        <mj-divider />\n        <mj-image", await SavedAsync(), StringComparison.Ordinal);

        ILocator pulled = canvas.Locator("[data-mail='mj-divider']");
        await PullAsync(pulled, button, 0.9f);
        string moved = await SavedAsync();
        Assert.Equal(Source.Replace("Follow them</mj-button>\n", "Follow them</mj-button>\n        <mj-divider />\n", StringComparison.Ordinal), moved);

        async Task<string> SavedAsync()
        {
            await page.Keyboard.PressAsync("Control+s");
            await Expect(page.GetByText("Everything is saved.")).ToBeVisibleAsync(_slow);
            return await MjmlAsync(key);
        }

        async Task PullAsync(ILocator from, ILocator to, float height)
        {
            await from.ScrollIntoViewIfNeededAsync();
            LocatorBoundingBoxResult start = (await from.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(start.X + start.Width / 2, start.Y + start.Height / 2);
            await page.Mouse.DownAsync();
            LocatorBoundingBoxResult end = (await to.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(end.X + end.Width / 2, end.Y + end.Height / 2, new() { Steps = 20 });
            // Who pulls lets go when the mark stands where the part is to be: the editor looks at the mouse some milliseconds after it has moved. On the other side first, so that no older mark is taken for it.
            await HoverAsync(1 - height);
            await HoverAsync(height);
            await page.Mouse.UpAsync();
            await Expect(page.GetByText("There are unsaved changes.")).ToBeVisibleAsync(_slow);

            async Task HoverAsync(float at)
            {
                await page.Mouse.MoveAsync(end.X + end.Width / 2, end.Y + end.Height * at, new() { Steps = 5 });
                float edge = at < 0.5f ? end.Y : end.Y + end.Height;
                ILocator mark = page.Locator(".gjs-placeholder:visible");
                await Eventually.TrueAsync(async () => await mark.CountAsync() == 1 && await mark.BoundingBoxAsync() is { } box && Math.Abs(box.Y + box.Height / 2 - edge) < 6);
            }
        }
    }

    private async Task<string> CreateAsync()
    {
        string key = $"parcels-{Guid.NewGuid():N}"[..16];
        using HttpResponseMessage created = await shared.Mail.Api.PostAsJsonAsync(new Uri("/templates", UriKind.Relative), new
        {
            key,
            name = "Parcels",
            layout = "_layout",
            default_locale = "en",
            mjml = Source,
            strings = new { en = new { subject = "Parcels", preheader = "On their way", title = "Parcels", footer_reason = "You ordered." } },
            variables = new
            {
                name = new { type = "string", required = true },
                url = new { type = "url", required = true },
                parcels = new { type = "list", required = true, fields = new { label = new { type = "string", required = true } } },
            },
            sample = new { name = "Ada", url = "https://shop.example/7", parcels = new[] { new { label = "One" }, new { label = "Two" } } },
        });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        return key;
    }

    private async Task<string> MjmlAsync(string key) =>
        (await shared.Mail.Api.GetFromJsonAsync<JsonElement>(new Uri($"/templates/{key}", UriKind.Relative))).GetProperty("mjml").GetString()!;

    private static async Task SignInAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.GetByLabel("Email address").FillAsync(RunningMail.AdminEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(RunningMail.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }
}
