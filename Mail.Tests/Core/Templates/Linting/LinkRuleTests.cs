using Mail.Core.Templates.Editing;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class LinkRuleTests
{
    [Theory]
    [InlineData("", "no address"), InlineData("#", "nowhere"), InlineData("#end", "leads nowhere"), InlineData("/shop", "relative"), InlineData("shop.html?a=b:c", "relative"), InlineData("//shop.example/", "no scheme")]
    [InlineData("http://shop.example/", "not encrypted"), InlineData("https://", "no valid address"), InlineData("https://shop example/", "no valid address"), InlineData("https://shop.example@fraud.example/", "user name")]
    public void Link_that_leads_nowhere_or_not_safely_is_a_warning_at_its_line(string href, string why)
    {
        TemplateProblem problem = LintSamples.Lint($"<a href=\"{href}\">Shop</a>", "link")[0];

        Assert.Equal((ProblemSeverity.Warning, "template.html", 5, 1), (problem.Severity, problem.File, problem.Line, problem.Column));
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData("javascript:alert(1)"), InlineData("JaVaScript:alert(1)"), InlineData("java\tscript:alert(1)"), InlineData("vbscript:x"), InlineData("data:text/html,x")]
    public void Link_that_no_client_opens_is_an_error(string href) =>
        Assert.Equal(ProblemSeverity.Error, Assert.Single(LintSamples.Lint($"<a href=\"{href}\">Shop</a>", "link")).Severity);

    [Theory]
    [InlineData("<a href=\"https://shop.example/a?b=c#d\">Shop</a>"), InlineData("<a href=\"mailto:ada@shop.example\">Write</a>"), InlineData("<a href=\"tel:+33123456789\">Call</a>")]
    [InlineData("<a href=\"#end\">End</a><p id=\"end\">x</p>"), InlineData("<a name=\"top\"></a>"), InlineData("<a href=\"https://shop.example/\"><img src=\"https://shop.example/a.png\" alt=\"Shop\" width=\"10\"></a>")]
    public void Other_links_are_not_told(string html) => Assert.Empty(LintSamples.Lint(html, "link"));

    [Theory]
    [InlineData("https://bank.example/", "https://fraud.example/x"), InlineData("www.bank.example", "https://bank.example.fraud.example/"), InlineData("bank.com/login", "https://fraud.example/")]
    public void Text_that_shows_another_address_than_the_link_has_is_a_warning(string text, string href) =>
        Assert.Contains("fraud looks like", Assert.Single(LintSamples.Lint($"<a href=\"{href}\"><b>{text}</b></a>", "link")).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://bank.example/", "https://www.bank.example/x"), InlineData("bank.com", "https://click.bank.com/x"), InlineData("report.pdf", "https://files.example/x"), InlineData("Open bank.com", "https://fraud.example/")]
    public void Text_that_shows_the_same_site_or_no_address_is_not_told(string text, string href) => Assert.Empty(LintSamples.Lint($"<a href=\"{href}\">{text}</a>", "link"));

    [Fact]
    public void Link_without_a_text_is_a_warning() => Assert.Contains("has no text", Assert.Single(LintSamples.Lint("<a href=\"https://a.example/\"><img src=\"https://a.example/i.png\" alt=\"\" width=\"1\"></a>", "link")).Detail, StringComparison.Ordinal);

    [Fact]
    public void What_a_message_gives_is_not_the_templates_fault()
    {
        TemplateSource source = LintSamples.Source("<a href=\"{{url}}\">Shop</a>") with { Variables = LintSamples.Url("url"), Sample = LintSamples.Sample("url", "http://localhost:3000/x") };

        Assert.Empty(LintSamples.Lint(source, "link"));
    }

    [Theory, InlineData("https://bit.ly/x", "shortener"), InlineData("https://192.0.2.7/x", "IP address")]
    public void Link_that_hides_where_it_leads_counts_as_spam(string href, string why) =>
        Assert.Contains(why, Assert.Single(LintSamples.Lint($"<a href=\"{href}\">Shop</a>", "spam")).Detail, StringComparison.Ordinal);
}
