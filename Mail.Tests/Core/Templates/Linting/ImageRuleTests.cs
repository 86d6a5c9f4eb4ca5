namespace Mail.Tests.Core.Templates.Linting;

public sealed class ImageRuleTests
{
    [Theory]
    [InlineData("<img src=\"https://a.example/i.png\" width=\"10\">", "no `alt`"), InlineData("<img src=\"https://a.example/i.png\" alt=\"x\">", "no `width`"), InlineData("<img alt=\"x\" width=\"10\">", "no `src`")]
    [InlineData("<img src=\"http://a.example/i.png\" alt=\"x\" width=\"10\">", "without encryption"), InlineData("<img src=\"/i.png\" alt=\"x\" width=\"10\">", "no full address"), InlineData("<table background=\"i.png\"></table>", "no full address")]
    public void Image_that_somebody_does_not_see_is_a_warning_at_its_line(string html, string why)
    {
        Mail.Core.Templates.Editing.TemplateProblem problem = Assert.Single(LintSamples.Lint(html, "image"));

        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(5, problem.Line);
    }

    [Theory]
    [InlineData("<img src=\"https://a.example/i.png\" alt=\"\" width=\"10\">"), InlineData("<img src=\"cid:logo\" alt=\"Logo\" height=\"40\">"), InlineData("<div style=\"display:none\"><img src=\"x\"></div>")]
    public void Image_that_everybody_sees_is_not_told(string html) => Assert.Empty(LintSamples.Lint(html, "image"));
}
