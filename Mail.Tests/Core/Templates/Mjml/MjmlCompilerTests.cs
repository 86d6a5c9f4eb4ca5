using Mail.Core.Common;
using Mail.Core.Templates.Mjml;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Templates.Mjml;

public sealed class MjmlCompilerTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>
{
    private static readonly Dictionary<string, string> _none = [];

    [Fact]
    public async Task Template_becomes_html_with_its_expressions_untouched()
    {
        MjmlResult result = await CompileAsync(Mail("<mj-text>Hello {{name}}, {{#if late}}late{{/if}}</mj-text><mj-button href=\"{{url}}\">Go</mj-button>"));

        Assert.Empty(result.Problems);
        Assert.Contains("Hello {{name}}, {{#if late}}late{{/if}}", result.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"{{url}}\"", result.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_of_the_author_stay_at_home_and_what_is_for_outlook_leaves()
    {
        MjmlResult result = await CompileAsync(Mail("<!-- ask Ann --><mj-text>Hi<!-- secret --></mj-text><mj-raw><!--[if mso]>for Outlook<![endif]--><!--[if !mso]><!-->for all others<!--<![endif]--></mj-raw>"));

        Assert.DoesNotContain("ask Ann", result.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Html, StringComparison.Ordinal);
        Assert.Contains("<!--[if mso]>for Outlook<![endif]--><!--[if !mso]><!-->for all others<!--<![endif]-->", result.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_element_is_an_error_with_file_line_and_column()
    {
        MjmlResult result = await CompileAsync("<mjml>\n  <mj-body>\n    <mj-section><mj-column>\n      <mj-txt>Hi</mj-txt>\n    </mj-column></mj-section>\n  </mj-body>\n</mjml>");

        MjmlProblem problem = Assert.Single(result.Problems);
        Assert.Null(result.Html);
        Assert.Equal(new SourcePosition("template.mjml", 4, 7), problem.At);
        Assert.Contains("mj-txt", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_attribute_is_told_and_left_out()
    {
        MjmlResult result = await CompileAsync(Mail("<mj-text colour=\"red\">Hi</mj-text>"));

        Assert.False(Assert.Single(result.Problems).IsFatal);
        Assert.NotNull(result.Html);
    }

    [Fact]
    public async Task Problem_in_a_partial_names_the_partial_and_its_own_line()
    {
        Dictionary<string, string> partials = new() { ["../_layout/header.mjml"] = "<mj-section>\n<mj-column>\n  <mj-oops />\n</mj-column>\n</mj-section>" };

        MjmlResult result = await CompileAsync("<mjml>\n<mj-body>\n\n<mj-include path=\"../_layout/header.mjml\" />\n<mj-section><mj-column><mj-wrong /></mj-column></mj-section></mj-body></mjml>", partials);

        Assert.Equal(
            [new SourcePosition("../_layout/header.mjml", 3, 3), new SourcePosition("template.mjml", 5, 24)],
            result.Problems.Select(problem => problem.At).OrderBy(at => at.File, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("<mjml><mj-body><mj-section><mj-column></mj-section></mj-body></mjml>", "</mj-section> stands where </mj-column> of line 1 must be.")]
    [InlineData("<mjml><mj-body>", "<mjml> is not closed.")]
    [InlineData("<mjml><mj-body></mj-body></mjml></mj-section>", "</mj-section> closes nothing.")]
    [InlineData("<mjml><mj-body><mj-include path=\"/etc/hostname\" /></mj-body></mjml>", "There is no partial `/etc/hostname`. This template's layout has none.")]
    [InlineData("<mjml><mj-body><mj-include path=\"a\" type=\"css\" /></mj-body></mjml>", "`mj-include` takes MJML only")]
    [InlineData("<mjml><mj-body><mj-include /></mj-body></mjml>", "`mj-include` needs a `path`.")]
    [InlineData("just text", "Parsing failed")]
    public async Task Source_that_would_lose_something_is_refused(string source, string reason)
    {
        MjmlResult result = await CompileAsync(source);

        Assert.Null(result.Html);
        Assert.Contains(result.Problems, problem => problem.IsFatal && problem.Detail.StartsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Partial_that_is_a_document_gives_what_its_head_or_its_body_holds()
    {
        Dictionary<string, string> partials = new()
        {
            ["head"] = "<!-- styles -->\n<mjml>\n<mj-head><mj-title>Ours</mj-title><mj-attributes><mj-all font-family=\"Courier\" /></mj-attributes></mj-head></mjml>",
            ["body"] = "<mjml><mj-body><mj-section><mj-column><mj-text>In the body</mj-text></mj-column></mj-section></mj-body></mjml>",
        };

        MjmlResult result = await CompileAsync("<mjml><mj-head><mj-include path=\"head\" /></mj-head><mj-body><mj-include path=\"body\" /></mj-body></mjml>", partials);
        MjmlResult wrong = await CompileAsync("<mjml><mj-body><mj-include path=\"head\" /></mj-body></mjml>", partials);

        Assert.Empty(result.Problems);
        Assert.Contains("<title>Ours</title>", result.Html, StringComparison.Ordinal);
        Assert.Contains("font-family:Courier", result.Html, StringComparison.Ordinal);
        Assert.Contains("In the body", result.Html, StringComparison.Ordinal);
        Assert.Contains("included outside the head", Assert.Single(wrong.Problems).Detail, StringComparison.Ordinal);
        Assert.Equal(new SourcePosition("head", 3, 1), wrong.Problems[0].At);
    }

    [Fact]
    public async Task Partials_that_include_each_other_end_in_a_clear_error()
    {
        Dictionary<string, string> partials = new() { ["a"] = "<mj-include path=\"b\" />", ["b"] = "<mj-include path=\"a\" />" };

        MjmlResult result = await CompileAsync("<mjml><mj-body><mj-include path=\"a\" /></mj-body></mjml>", partials);

        Assert.Contains("includes itself", Assert.Single(result.Problems).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partials_that_grow_at_each_step_end_at_a_limit()
    {
        Dictionary<string, string> partials = [];
        for (int step = 0; step < 7; step++) partials[$"p{step}"] = string.Concat(Enumerable.Repeat($"<mj-include path=\"p{step + 1}\" />", 10));
        partials["p7"] = new string(' ', 1000);

        MjmlResult result = await CompileAsync("<mjml><mj-body><mj-include path=\"p0\" /></mj-body></mjml>", partials);

        Assert.Null(result.Html);
        Assert.Contains(result.Problems, problem => problem.Detail.Contains("Includes may be 500 in all.", StringComparison.Ordinal));
        Assert.InRange(result.Problems.Count, 1, 10);
    }

    [Fact]
    public async Task Source_that_takes_too_long_or_too_much_memory_is_stopped_and_the_next_one_compiles()
    {
        Assert.NotNull(compiler.Mjml);
        using ServiceProvider services = CompilerFixture.Create(new() { ["Templates:CompileTimeLimit"] = "00:00:00.3", ["Templates:CompileMemoryMegabytes"] = "32" });
        MjmlCompiler strict = services.GetRequiredService<MjmlCompiler>();
        string large = $"<mjml><mj-body>{string.Concat(Enumerable.Repeat("<mj-section><mj-column><mj-text>hi</mj-text></mj-column></mj-section>", 14_000))}</mj-body></mjml>";

        Result<MjmlResult> stopped = await strict.CompileAsync(large, _none, CancellationToken.None);
        Result<MjmlResult> next = await strict.CompileAsync(Mail("<mj-text>Hi</mj-text>"), _none, CancellationToken.None);

        Assert.Equal("template_too_large", stopped.Failure?.Code);
        Assert.NotNull(next.Value.Html);
    }

    [Fact]
    public async Task Missing_compiler_says_what_is_missing()
    {
        using ServiceProvider services = CompilerFixture.Create(new() { ["Templates:CompilerPath"] = Path.GetTempPath() });

        Result<MjmlResult> result = await services.GetRequiredService<MjmlCompiler>().CompileAsync(Mail(""), _none, CancellationToken.None);

        Assert.Equal("compiler_unavailable", result.Failure?.Code);
        Assert.Contains("Templates__CompilerPath", result.Failure!.Detail, StringComparison.Ordinal);
    }

    private static string Mail(string content) => $"<mjml><mj-body><mj-section><mj-column>{content}</mj-column></mj-section></mj-body></mjml>";

    private async Task<MjmlResult> CompileAsync(string source, Dictionary<string, string>? partials = null) =>
        (await compiler.Mjml.CompileAsync(source, partials ?? _none, CancellationToken.None)).Value;
}
