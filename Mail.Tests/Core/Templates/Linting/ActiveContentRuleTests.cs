using Mail.Core.Templates.Editing;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class ActiveContentRuleTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", ProblemSeverity.Error), InlineData("<iframe src=\"https://a.example/\"></iframe>", ProblemSeverity.Warning), InlineData("<object data=\"x\"></object>", ProblemSeverity.Warning)]
    [InlineData("<form action=\"https://a.example/\"></form>", ProblemSeverity.Warning), InlineData("<p onclick=\"x()\">Hi</p>", ProblemSeverity.Warning), InlineData("<base href=\"https://a.example/\">", ProblemSeverity.Warning)]
    [InlineData("<link rel=\"stylesheet\" href=\"https://a.example/x.css\">", ProblemSeverity.Warning), InlineData("<style>@import url(https://fonts.a.example/x.css);</style>", ProblemSeverity.Warning)]
    [InlineData("<style>@font-face { font-family: X; src: url(https://a.example/x.woff2) }</style>", ProblemSeverity.Warning), InlineData("<meta http-equiv=\"refresh\" content=\"0\">", ProblemSeverity.Warning)]
    [InlineData("<input type=\"text\">", ProblemSeverity.Note)]
    public void What_clients_take_out_is_told_at_its_line(string html, ProblemSeverity severity)
    {
        TemplateProblem problem = Assert.Single(LintSamples.Lint(html, "active-content"));

        Assert.Equal((severity, 5), (problem.Severity, problem.Line));
    }

    [Theory, InlineData("<script type=\"application/ld+json\">{}</script>"), InlineData("<p data-on=\"x\">online</p>"), InlineData("<link rel=\"icon\" href=\"x\">"), InlineData("<!-- <script> -->")]
    public void What_does_no_harm_is_not_told(string html) => Assert.Empty(LintSamples.Lint(html, "active-content"));

    [Fact]
    public void Who_learns_of_the_reader_by_a_font_is_named() =>
        Assert.Contains("a font is loaded from fonts.example,", Assert.Single(LintSamples.Lint("<link rel=\"stylesheet\" href=\"https://fonts.example/css?family=X\">", "active-content")).Detail, StringComparison.OrdinalIgnoreCase);
}
