using System.Globalization;
using System.Text;
using Mail.Core.Templates;
using Mail.Tests.Support;
using Mail.Tests.Web.Console;
using Microsoft.Playwright;

namespace Mail.Tests.Core.Templates;

/// <summary>
/// What the set looks like in a browser: on a phone and on a desk, in the light and in the dark. The pictures are kept beside the test results, to be looked at:
/// TestResults/templates/index.html.
/// </summary>
[Trait("Category", "E2E")]
public sealed class TemplatePictureTests(Browser browser) : IClassFixture<Browser>
{
    private const int Phone = 375;
    private const int Desk = 800;

    private static readonly string _folder = Repository.Path("TestResults", "templates");

    [Fact]
    public async Task Every_mail_fits_a_phone_and_has_its_picture()
    {
        await using BrowserWindow window = await browser.OpenAsync(new Uri("http://localhost"));
        Directory.CreateDirectory(_folder);
        List<string> tooWide = [];
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
            foreach (string locale in template.Locales)
            {
                await window.Page.SetContentAsync(TemplateSamples.RenderSample(template.Key, locale).Html);
                foreach (int width in new[] { Phone, Desk })
                {
                    await window.Page.SetViewportSizeAsync(width, 400);
                    if (await window.ScrollsSidewaysAsync()) tooWide.Add($"{template.Key} {locale} at {width}");
                    foreach (ColorScheme colors in new[] { ColorScheme.Light, ColorScheme.Dark })
                    {
                        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
                        await window.Page.ScreenshotAsync(new PageScreenshotOptions
                        {
                            Path = Path.Combine(_folder, Picture(template.Key, locale, width, colors)), FullPage = true, Type = ScreenshotType.Jpeg, Quality = 80,
                        });
                    }
                }
            }
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), Index());

        Assert.Empty(tooWide);
        Assert.Empty(window.Complaints);
        Assert.Equal(TemplateSamples.Catalog.All.Sum(template => template.Locales.Count()) * 4, Directory.GetFiles(_folder, "*.jpg").Count(IsOfToday));
    }

    /// <summary>Between them these have every part that mails are made of.</summary>
    [Theory]
    [InlineData("password-reset"), InlineData("new-sign-in"), InlineData("reservation-requested"), InlineData("itinerary-updated"), InlineData("interview-invitation"), InlineData("digest"), InlineData("welcome")]
    public async Task Every_part_can_be_read_by_everybody_in_the_light_and_in_the_dark(string key)
    {
        foreach (ColorScheme colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using BrowserWindow window = await browser.OpenAsync(new Uri("http://localhost"), Desk, colors);
            await window.Page.SetContentAsync(TemplateSamples.RenderSample(key, "fr").Html);

            Assert.Empty(await window.SeriousAccessibilityViolationsAsync());
        }
    }

    private static string Picture(string key, string locale, int width, ColorScheme colors) => $"{key}.{locale}.{width}.{(colors is ColorScheme.Dark ? "dark" : "light")}.jpg";

    private static bool IsOfToday(string path) => File.GetLastWriteTimeUtc(path) > DateTime.UtcNow.AddHours(-1);

    private static string Index()
    {
        StringBuilder page = new("""
            <!doctype html><meta charset="utf-8"><title>Templates</title>
            <style>body{font:16px system-ui;margin:24px;background:#f8fafc}section div{display:flex;gap:16px;align-items:flex-start;overflow-x:auto;margin-bottom:32px}img{border:1px solid #cbd5e1}pre{white-space:pre-wrap;min-width:480px}</style>
            """);
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
            foreach (string locale in template.Locales)
            {
                RenderedEmail mail = TemplateSamples.RenderSample(template.Key, locale);
                page.Append(CultureInfo.InvariantCulture, $"<section><h2>{template.Key} ({locale})</h2><p>{HtmlText.Escape(mail.Subject)}</p><div>");
                foreach (int width in new[] { Phone, Desk })
                    foreach (ColorScheme colors in new[] { ColorScheme.Light, ColorScheme.Dark })
                        page.Append(CultureInfo.InvariantCulture, $"<img loading=lazy src=\"{Picture(template.Key, locale, width, colors)}\" width={width / 2} alt=\"\">");
                page.Append(CultureInfo.InvariantCulture, $"<pre>{HtmlText.Escape(mail.Text)}</pre></div></section>\n");
            }
        return page.ToString();
    }
}
