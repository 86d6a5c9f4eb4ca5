using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

/// <summary>Rules that hold for every template of the built-in set, in every language.</summary>
public sealed partial class BuiltInTemplateTests
{
    /// <summary>Gmail clips what is longer and hides the footer.</summary>
    private const int GmailClipsAt = 102 * 1024;

    /// <summary>RFC 5322 section 2.1.1.</summary>
    private const int PlainTextWidth = 78;

    public static TheoryData<string, string> Every => TemplateSamples.EveryTemplateAndLocale();

    [Fact]
    public void Every_folder_with_a_manifest_is_in_the_catalog()
    {
        IEnumerable<string> folders = Directory.GetFiles(TemplateSamples.Folder, "template.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal)).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));

        Assert.Equal(folders.Order(StringComparer.Ordinal), TemplateSamples.Catalog.All.Select(template => template.Key));
        Assert.NotEmpty(TemplateSamples.Catalog.All);
    }

    [Fact]
    public void Every_template_is_written_in_English_and_French_with_the_same_keys()
    {
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
        {
            Assert.Equal(["en", "fr"], template.Locales.Order(StringComparer.Ordinal));
            Assert.Equal(template.Strings["en"].Keys.Order(StringComparer.Ordinal), template.Strings["fr"].Keys.Order(StringComparer.Ordinal));
            Assert.All(template.Strings.Values.SelectMany(strings => strings.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        }
    }

    [Fact]
    public void Every_text_that_a_part_uses_exists_and_every_text_is_used()
    {
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
        {
            IEnumerable<string> used = TextKey().Matches(template.Html + template.Text).Select(match => match.Groups[1].Value).Distinct();

            Assert.Equal(template.Strings["en"].Keys.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_default_is_a_value_that_the_variable_takes_and_no_name_is_reserved()
    {
        foreach (PublishedTemplate template in TemplateSamples.Catalog.All)
        {
            Dictionary<string, JsonElement> values = TemplateSamples.Sample(template.Key);
            foreach (TemplateVariable variable in template.Variables.Where(variable => variable.Default.ValueKind is not JsonValueKind.Undefined))
                values[variable.Name] = variable.Default;

            Assert.Empty(TemplateSamples.Renderer.Validate(template, values));
            Assert.DoesNotContain(template.Variables, variable => variable.Name is "locale" or "dir");
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void The_sample_is_valid_and_leaves_nothing_unfilled(string key, string locale)
    {
        PublishedTemplate template = TemplateSamples.Catalog.Find(key)!;

        RenderedEmail mail = TemplateSamples.RenderSample(key, locale);

        Assert.Empty(TemplateSamples.Renderer.Validate(template, TemplateSamples.Sample(key)));
        foreach (string part in new[] { mail.Subject, mail.Html, mail.Text })
        {
            Assert.NotEmpty(part);
            Assert.DoesNotContain("{{", part, StringComparison.Ordinal);
            Assert.DoesNotContain("undefined", part, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Contains($"<html lang=\"{locale}\" dir=\"ltr\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"<title>{mail.Subject}</title>", mail.Html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Every))]
    public void Lines_of_the_text_part_fit_and_the_html_is_not_clipped(string key, string locale)
    {
        RenderedEmail mail = TemplateSamples.RenderSample(key, locale);

        Assert.All(mail.Text.Split('\n'), line => Assert.InRange(line.Length, 0, PlainTextWidth));
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html), 1, GmailClipsAt);
    }

    [Theory, MemberData(nameof(Every))]
    public void The_mail_asks_no_server_for_anything(string key, string locale)
    {
        string html = TemplateSamples.RenderSample(key, locale).Html;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Source().Matches(html), match => Assert.StartsWith("https://", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [GeneratedRegex("""\{\{t "([a-z_]+)"\}\}""")]
    private static partial Regex TextKey();

    [GeneratedRegex("""(?:src|background)="([^"]*)["]""")]
    private static partial Regex Source();
}
