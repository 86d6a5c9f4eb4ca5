using System.Text.Json;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

public sealed class TemplateRendererTests
{
    private static readonly PublishedTemplate _template = TemplateSamples.PasswordReset;

    [Theory]
    [InlineData("en", "Reset your Northwind password", "Valid for 15 minutes, for one use only.")]
    [InlineData("fr", "Réinitialisez votre mot de passe Northwind", "Valable 15 minutes, pour un seul usage.")]
    public void Code_stands_in_both_parts_and_the_rest_in_the_recipients_language(string locale, string subject, string hint)
    {
        RenderedEmail mail = TemplateSamples.RenderSample("password-reset", locale);

        Assert.Equal((subject, locale), (mail.Subject, mail.Locale));
        Assert.Contains(">483920<", mail.Html, StringComparison.Ordinal);
        Assert.Contains("\n    483920\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains(hint, mail.Html, StringComparison.Ordinal);
        Assert.Contains(hint, mail.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("en"), InlineData("fr")]
    public void Code_is_not_shown_before_the_mail_is_opened(string locale)
    {
        RenderedEmail mail = TemplateSamples.RenderSample("password-reset", locale);

        Assert.DoesNotContain("483920", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(mail.Html.IndexOf("483920", StringComparison.Ordinal), mail.Html.LastIndexOf("483920", StringComparison.Ordinal));
        Assert.DoesNotContain("483920", mail.Html[..mail.Html.IndexOf("<h1", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr-CA", "fr")]
    [InlineData("FR-ca", "fr")]
    [InlineData("en-GB", "en")]
    [InlineData("sv-SE", "en")]
    [InlineData("not a tag", "en")]
    [InlineData(null, "en")]
    public void Nearest_language_is_used_else_English(string? asked, string used) =>
        Assert.Equal(used, TemplateSamples.Renderer.Render(_template, TemplateSamples.Sample("password-reset"), asked).Locale);

    [Fact]
    public void Regional_file_overrides_only_the_texts_it_has()
    {
        PublishedTemplate template = _template with
        {
            Version = "with-canada",
            Strings = new Dictionary<string, IReadOnlyDictionary<string, string>>(_template.Strings)
            {
                ["fr-CA"] = new Dictionary<string, string> { ["title"] = "Changez votre mot de passe" },
            },
        };

        RenderedEmail mail = TemplateSamples.Renderer.Render(template, TemplateSamples.Sample("password-reset"), "fr-CA");

        Assert.Equal("fr-CA", mail.Locale);
        Assert.Contains("Changez votre mot de passe", mail.Html, StringComparison.Ordinal);
        Assert.Equal("Réinitialisez votre mot de passe Northwind", mail.Subject);
    }

    [Fact]
    public void Html_in_a_variable_is_text_in_the_html_part_and_unchanged_in_the_text_part()
    {
        const string Name = "<img src=x onerror=\"alert('1')\"> & Söhne";

        RenderedEmail mail = Render(new { code = "\"><b>1</b>", name = Name });

        Assert.DoesNotContain("<img src=x", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>1</b>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Hello &lt;img src&#61;x onerror&#61;&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Söhne,", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"Hello {Name},", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Handlebars_in_a_variable_is_not_executed()
    {
        RenderedEmail mail = Render(new { code = "1", name = "{{code}}{{{app_name}}}" });

        Assert.Contains("Hello {{code}}{{{app_name}}},", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_end_in_a_variable_cannot_start_a_new_header()
    {
        RenderedEmail mail = Render(new { code = "1", app_name = "Acme\r\nBcc: thief@example.com" });

        Assert.Equal("Reset your Acme Bcc: thief@example.com password", mail.Subject);
    }

    [Theory]
    [InlineData("en", 1, "Valid for 1 minute,")]
    [InlineData("en", 0, "Valid for 0 minutes,")]
    [InlineData("fr", 1, "Valable 1 minute,")]
    [InlineData("fr", 0, "Valable 0 minute,")]
    [InlineData("fr", 1500, "Valable 1500 minutes,")]
    public void Plural_follows_the_language_and_numbers_are_plain(string locale, int minutes, string expected) =>
        Assert.Contains(expected, TemplateSamples.Renderer.Render(_template, ToVariables(new { code = "1", expires_in_minutes = minutes }), locale).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"code": 483920}""", "    483920\n")]
    [InlineData("""{"code": 4.839e5}""", "    483900\n")]
    [InlineData("""{"code": "012345"}""", "    012345\n")]
    public void Code_keeps_its_digits(string json, string expected) =>
        Assert.Contains(expected, TemplateSamples.Renderer.Render(_template, TemplateSamples.Variables(json), "fr").Text, StringComparison.Ordinal);

    [Fact]
    public void Only_the_code_is_needed_and_blank_is_as_good_as_absent()
    {
        RenderedEmail mail = Render(new { code = "483920" });

        Assert.Equal(mail, Render(new { code = "483920", name = "", app_name = " ", help_url = "", expires_in_minutes = (int?)null }));
        Assert.StartsWith("Hello,\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Valid for 15 minutes,", mail.Text, StringComparison.Ordinal);
        Assert.Equal("Reset your Mail password", mail.Subject);
        Assert.DoesNotContain("href=\"\"", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("mailto:", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Configured_layout_stands_in_for_what_the_message_does_not_say()
    {
        TemplateOptions options = new() { Layout = { ["app_name"] = "Acme", ["support_email"] = "help@acme.example" } };
        TemplateRenderer renderer = new(Microsoft.Extensions.Options.Options.Create(options));

        RenderedEmail plain = renderer.Render(_template, ToVariables(new { code = "1" }), "en");
        RenderedEmail own = renderer.Render(_template, ToVariables(new { code = "1", app_name = "Beta" }), "en");

        Assert.Equal(("Reset your Acme password", "Reset your Beta password"), (plain.Subject, own.Subject));
        Assert.Contains("help@acme.example", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_without_its_code_is_never_rendered() =>
        Assert.Contains("`template.variables.code` is required.", Assert.Throws<ArgumentException>(() => Render(new { name = "Ann" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Undeclared_variable_in_a_template_is_an_error_not_a_blank()
    {
        PublishedTemplate template = _template with { Version = "with-typo", Html = "<p>{{cod}}</p>" };

        Assert.Throws<TemplateDefectException>(() => TemplateSamples.Renderer.Render(template, ToVariables(new { code = "1" }), "en"));
    }

    [Fact]
    public void Template_reads_no_file()
    {
        PublishedTemplate template = _template with { Version = "with-partial", Html = "{{> /etc/hostname}}" };

        Assert.Throws<TemplateDefectException>(() => TemplateSamples.Renderer.Render(template, ToVariables(new { code = "1" }), "en"));
    }

    [Fact]
    public void Many_threads_get_each_their_own_mail()
    {
        TemplateRenderer renderer = new(Microsoft.Extensions.Options.Options.Create(new TemplateOptions()));

        Parallel.For(0, 500, i =>
        {
            RenderedEmail mail = renderer.Render(_template, ToVariables(new { code = $"code-{i}-", name = $"name-{i}-" }), i % 2 == 0 ? "en" : "fr");

            Assert.Contains($">code-{i}-<", mail.Html, StringComparison.Ordinal);
            Assert.Contains(i % 2 == 0 ? $"Hello name-{i}-," : $"Bonjour name-{i}-,", mail.Text, StringComparison.Ordinal);
        });
    }

    private static RenderedEmail Render(object variables) => TemplateSamples.Renderer.Render(_template, ToVariables(variables), "en");

    private static Dictionary<string, JsonElement> ToVariables(object variables) => TemplateSamples.Variables(JsonSerializer.Serialize(variables));
}
