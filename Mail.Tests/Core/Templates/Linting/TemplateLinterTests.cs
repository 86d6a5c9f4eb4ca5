using System.Text;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Linting;
using Mail.Tests.Core.Templates.Mjml;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class TemplateLinterTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>
{
    public static TheoryData<string, string> Every => TemplateSamples.EveryTemplateAndLocale();

    [Theory, MemberData(nameof(Every))]
    public void Built_in_set_has_no_warnings(string key, string locale)
    {
        TemplateSource source = BuiltInSources.Template(key)!;
        List<TemplateProblem> problems = [];

        new TemplateLinter(TemplateSamples.Catalog.Find(key)! with { DefaultLocale = locale }, source, BuiltInSources.Layout("_layout"), source.Sample, problems.Add).Look(TemplateSamples.RenderSample(key, locale));

        Assert.DoesNotContain(problems, problem => problem.Severity is not ProblemSeverity.Note);
        Assert.True(problems.Count <= 1, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task Finding_in_compiled_mjml_is_told_at_its_place_in_the_file_or_partial_that_its_author_wrote()
    {
        LayoutSource layout = new(
            new Dictionary<string, string> { ["../_x/foot.mjml"] = "<mj-section>\n  <mj-column>\n    <mj-text color=\"#cccccc\">Pale words</mj-text>\n  </mj-column>\n</mj-section>" }, null,
            new Dictionary<string, IReadOnlyDictionary<string, string>>(), new Dictionary<string, VariableSource>());
        TemplateSource source = LintSamples.Source() with
        {
            Html = null,
            Mjml = "<mjml lang=\"en\">\n<mj-body>\n<mj-include path=\"../_x/foot.mjml\" />\n<mj-section><mj-column>\n  <mj-image src=\"http://a.example/i.png\" />\n</mj-column></mj-section></mj-body></mjml>",
        };

        BuiltTemplate built = (await new TemplateBuilder(compiler.Mjml, TemplateSamples.Renderer).BuildAsync("x", "v1", source, layout, CancellationToken.None)).Value;

        TemplateProblem image = built.Problems.First(problem => problem.Detail.Contains("without encryption", StringComparison.Ordinal));
        TemplateProblem contrast = Assert.Single(built.Problems, problem => problem.Rule == "contrast");
        Assert.Equal(("template.mjml", 5, 18), (image.File, image.Line, image.Column));
        Assert.Equal(("../_x/foot.mjml", 3, 14), (contrast.File, contrast.Line, contrast.Column));
    }

    /// <summary>Whoever writes next to nothing is told nothing of what the compiler makes of it.</summary>
    [Fact]
    public async Task What_MJML_adds_to_every_mail_is_not_told()
    {
        const string mjml = """
            <mjml lang="{{locale}}" dir="{{dir}}"><mj-head><mj-title>Hi</mj-title><mj-preview>About it</mj-preview><mj-attributes><mj-all font-family="Arial" /></mj-attributes></mj-head><mj-body>
            <mj-section background-color="#ffffff"><mj-column><mj-text>Good morning, some words</mj-text><mj-divider /><mj-spacer height="10px" /><mj-button href="https://a.example/">Open</mj-button>
            <mj-image src="https://a.example/i.png" alt="x" width="100px" /><mj-social><mj-social-element name="github" href="https://github.com/x">Us</mj-social-element></mj-social></mj-column></mj-section>
            <mj-hero background-url="https://a.example/b.png" background-height="100px"><mj-text>Words</mj-text></mj-hero><mj-wrapper><mj-section><mj-column><mj-table><tr><td>x</td></tr></mj-table></mj-column></mj-section></mj-wrapper>
            </mj-body></mjml>
            """;

        BuiltTemplate built = (await new TemplateBuilder(compiler.Mjml, TemplateSamples.Renderer).BuildAsync("x", "v1", LintSamples.Source() with { Html = null, Mjml = mjml }, null, CancellationToken.None)).Value;

        Assert.Empty(built.Problems);
    }

    [Fact]
    public void Large_mail_is_told()
    {
        Assert.Empty(LintSamples.Lint($"<p>{new string('x', 70 * 1024)}</p>", "size"));
        Assert.Contains("may bring it there", Assert.Single(LintSamples.Lint($"<p>{new string('x', 85 * 1024)}</p>", "size")).Detail, StringComparison.Ordinal);
        Assert.Contains("is not shown", Assert.Single(LintSamples.Lint($"<p>{new string('é', 55 * 1024)}</p>", "size")).Detail, StringComparison.Ordinal);
    }

    /// <summary>No assertion on time: whatever took the square of the length would not end while somebody waits.</summary>
    [Theory]
    [InlineData("<b style=\"color:#777\" class=\"a b\">"), InlineData("</div><div>"), InlineData("<p><b id=1><i x=2></p>"), InlineData("<a href=\"http://x\">"), InlineData("<"), InlineData("<!"), InlineData("<!--"), InlineData("</x"), InlineData("<a b='"), InlineData("<style>a{")]
    [InlineData("<style>.a .b{color:red}</style><p class=\"a b\">"), InlineData("<style>@media x{"), InlineData("<p style=\"background:rgb(rgb(\">x"), InlineData("<img src=\"http://x/"), InlineData(" a"), InlineData("<a href=x onclick=y ")]
    public void Hostile_mail_of_a_megabyte_costs_time_by_its_length(string piece)
    {
        StringBuilder html = new("<html><body><style>.a .b .a .b{color:red}.a.b b{color:#fff}</style>");
        while (html.Length < 1024 * 1024) html.Append(piece);
        TemplateSource source = LintSamples.Source() with { Html = "x", Mjml = null };
        PublishedTemplate template = TemplateSamples.PasswordReset;
        List<TemplateProblem> problems = [];

        new TemplateLinter(template, source with { Html = html.ToString() }, null, source.Sample, problems.Add).Look(new RenderedEmail("Hi", html.ToString(), "Hi", "en"));

        Assert.InRange(problems.Count, 1, 150);
    }
}
