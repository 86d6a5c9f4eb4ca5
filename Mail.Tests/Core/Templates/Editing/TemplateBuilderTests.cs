using System.Text.Json;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Tests.Core.Templates.Mjml;

namespace Mail.Tests.Core.Templates.Editing;

public sealed class TemplateBuilderTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>
{
    private static readonly TemplateRenderer _renderer = TemplateSamples.Renderer;

    [Fact]
    public async Task Source_becomes_a_template_that_renders_in_each_of_its_languages()
    {
        TemplateSource source = Source("<mj-text>{{t \"hello\"}}</mj-text><mj-button href=\"{{url}}\">{{t \"button\"}}</mj-button>") with
        {
            Strings = Strings(("en", """{"subject":"Hi {{name}}","hello":"Hello {{name}}","button":"Open"}"""), ("fr", """{"subject":"Bonjour {{name}}","hello":"Bonjour {{name}}","button":"Ouvrir"}""")),
            Variables = new Dictionary<string, VariableSource> { ["name"] = new(TemplateVariableType.Text, Required: true), ["url"] = new(TemplateVariableType.Url, Required: true) },
        };

        BuiltTemplate built = await BuildAsync(source);

        Assert.DoesNotContain(built.Problems, IsOfTheSource);
        RenderedEmail mail = _renderer.Render(built.Template!, TemplateSamples.Variables("""{"name":"Zoé <b>","url":"https://a.example/"}"""), "fr-CA");
        Assert.Equal("Bonjour Zoé <b>", mail.Subject);
        Assert.Contains("Bonjour Zo&#233; &lt;b&gt;", mail.Html.Replace("é", "&#233;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Bonjour Zoé <b>\nOuvrir: https://a.example/", mail.Text.Trim());
    }

    [Fact]
    public async Task Layout_gives_partials_texts_variables_and_the_footer()
    {
        LayoutSource layout = new(
            new Dictionary<string, string> { ["../_layout/header.mjml"] = "<mj-section><mj-column><mj-text>{{app}}</mj-text></mj-column></mj-section>" },
            "\n{{t \"bye\"}}", Strings(("en", """{"bye":"Bye from {{app}}"}""")), new Dictionary<string, VariableSource> { ["app"] = new(TemplateVariableType.Text, Default: JsonSerializer.SerializeToElement("Acme")) });
        TemplateSource source = Source("") with
        {
            Mjml = "<mjml><mj-body><mj-include path=\"../_layout/header.mjml\" /></mj-body></mjml>",
            Text = "Hello",
            Strings = Strings(("en", """{"subject":"Hi"}""")),
        };

        BuiltTemplate built = await BuildAsync(source, layout);

        Assert.DoesNotContain(built.Problems, IsOfTheSource);
        RenderedEmail mail = _renderer.Render(built.Template!, new Dictionary<string, JsonElement>(), "en");
        Assert.Contains("Acme", mail.Html, StringComparison.Ordinal);
        Assert.Equal("Hello\nBye from Acme", mail.Text.Trim());
    }

    [Fact]
    public async Task Bulk_mail_without_a_postal_address_is_warned_of()
    {
        TemplateSource without = Source("<mj-text>Hi</mj-text>") with { Lane = Mail.Core.Messages.Lane.Bulk, Strings = Strings(("en", """{"subject":"Hi"}""")) };
        TemplateSource with = without with { Mjml = Source("<mj-text>Hi {{postal_address}}</mj-text>").Mjml, Variables = new Dictionary<string, VariableSource> { ["postal_address"] = new(TemplateVariableType.Text) } };

        Assert.Contains((await BuildAsync(without)).Problems, IsOfAddress);
        Assert.DoesNotContain((await BuildAsync(with)).Problems, IsOfAddress);
        Assert.DoesNotContain((await BuildAsync(without with { Lane = Mail.Core.Messages.Lane.Normal })).Problems, IsOfAddress);

        static bool IsOfAddress(TemplateProblem problem) => problem.Severity is ProblemSeverity.Warning && problem.Detail.Contains("`postal_address`", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_hinders_publishing_is_told_at_once_with_its_place()
    {
        TemplateSource source = Source("") with
        {
            Mjml = "<mjml>\n<mj-body>\n<mj-section><mj-column>\n<mj-text>{{nme}} {{t \"missing\"}}</mj-text>\n</mj-column></mj-section></mj-body></mjml>",
            Strings = Strings(("en", """{"title":"{{oops}}"}""")),
        };

        BuiltTemplate built = await BuildAsync(source);

        Assert.Null(built.Template);
        string[] told = [.. built.Problems.Where(problem => problem.Severity is ProblemSeverity.Error).Select(problem => problem.ToString())];
        Assert.Contains("template.mjml, line 4, column 12: `nme` is not a declared variable.", told);
        Assert.Contains("template.mjml, line 4, column 22: no text has the key `missing`.", told);
        Assert.Contains("strings.en.json: in `title`: `oops` is not a declared variable.", told);
        Assert.Contains("strings.en.json: There is no `subject`.", told);
    }

    [Fact]
    public async Task What_is_only_a_pity_is_a_warning()
    {
        TemplateSource source = Source("<mj-text>{{t \"hello\"}}</mj-text>") with
        {
            Strings = Strings(("en", """{"subject":"Hi","hello":"Hello"}"""), ("fr", """{"subject":"Bonjour","extra":"x"}""")),
            Variables = new Dictionary<string, VariableSource> { ["unused"] = new(TemplateVariableType.Text) },
            Sample = new Dictionary<string, JsonElement> { ["more"] = JsonSerializer.SerializeToElement("x") },
        };

        BuiltTemplate built = await BuildAsync(source);

        Assert.NotNull(built.Template);
        TemplateProblem[] problems = [.. built.Problems.Where(IsOfTheSource)];
        Assert.All(problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
        Assert.Equal(4, problems.Length);
    }

    [Fact]
    public async Task Text_that_uses_another_text_is_refused()
    {
        BuiltTemplate built = await BuildAsync(Source("<mj-text>{{t \"a\"}}</mj-text>") with { Strings = Strings(("en", """{"subject":"Hi","a":"{{t \"a\"}}"}""")) });

        Assert.Null(built.Template);
        Assert.Contains(built.Problems, problem => problem.Detail.StartsWith("in `a`: no text has the key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Html_needs_no_compiler()
    {
        TemplateBuilder builder = new(null!, _renderer);

        BuiltTemplate built = (await builder.BuildAsync("x", "v1", Source("") with { Mjml = null, Html = "<p>{{{NAME}}}</p>", Strings = Strings(("fr", """{"subject":"Bonjour"}""")), DefaultLocale = "fr", Variables = new Dictionary<string, VariableSource> { ["NAME"] = new(TemplateVariableType.Text, Required: true) } }, null, CancellationToken.None)).Value;

        Assert.Equal("Bonjour", _renderer.Render(built.Template!, TemplateSamples.Variables("""{"NAME":"Ann"}"""), "en").Subject);
    }

    /// <summary>What the linter finds in the mail is tested with its rules.</summary>
    private static bool IsOfTheSource(TemplateProblem problem) => problem.Rule is "expression" or "mjml" or "strings" or "variables" or "template";

    private static TemplateSource Source(string content) => new()
    {
        Name = "Test", Mjml = $"<mjml><mj-body><mj-section><mj-column>{content}</mj-column></mj-section></mj-body></mjml>", Strings = Strings(("en", """{"subject":"Hi"}""")),
    };

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Strings(params (string Locale, string Json)[] all) =>
        all.ToDictionary(one => one.Locale, one => (IReadOnlyDictionary<string, string>)JsonSerializer.Deserialize<Dictionary<string, string>>(one.Json)!);

    private async Task<BuiltTemplate> BuildAsync(TemplateSource source, LayoutSource? layout = null) =>
        (await new TemplateBuilder(compiler.Mjml, _renderer).BuildAsync("test", "v1", source, layout, CancellationToken.None)).Value;
}
