using Mail.Core.Templates.Linting;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class ContrastRuleTests
{
    [Theory]
    [InlineData("<p style=\"color:#777777\">Hello</p>", "4.47"), InlineData("<td bgcolor=\"#ffff00\"><font color=\"white\">Hello</font></td>", "1.07"), InlineData("<p style=\"color:rgb(119, 119, 119)\">Hello</p>", "4.47")]
    [InlineData("<div style=\"background:#1e40af\"><table style=\"background-color:transparent\"><td style=\"color:#1d4ed8\">Hello</td></table></div>", "1.3")]
    [InlineData("<div style=\"color:#fff;background:#fff linear-gradient(90deg, #000 0%, rgb(250,250,250) 100%)\">Hello</div>", "1.00")]
    [InlineData("<p style=\"color:#949494;font-size:24px\">Hello</p><p style=\"color:#959595;font-size:24px\">Hello</p>", "2.99")]
    public void Text_that_cannot_be_read_well_is_a_warning(string html, string contrast) =>
        Assert.Contains($"a contrast of {contrast}", Assert.Single(LintSamples.Lint(html, "contrast")).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("<p style=\"color:#767676\">Hello</p>"), InlineData("<p style=\"color:#777;font-size:18pt\">Hello</p>"), InlineData("<h2 style=\"color:#777\">Hello</h2>")]
    [InlineData("<div style=\"display:none;color:#fff\">Hello</div>"), InlineData("<p style=\"color:#fff\">&nbsp;-</p>"), InlineData("<div style=\"background:url(https://a.example/i.png);color:#fff\">Hello</div>")]
    [InlineData("<div style=\"background:#eee\"><a href=\"https://a.example/\">Hello</a></div>"), InlineData("<div style=\"color:rgba(0,0,0,.2)\">Hello</div>")]
    public void Text_that_is_read_well_or_whose_colours_cannot_be_known_is_not_told(string html) => Assert.Empty(LintSamples.Lint(html, "contrast"));

    [Fact]
    public void Style_sheets_count_with_their_weight()
    {
        const string content = "<div class=\"box\"><p class=\"quiet\" style=\"color:#000\">Hello</p></div>";

        Assert.Empty(LintSamples.Lint(LintSamples.Source(content, "<style>p.quiet { color: #eee }</style>"), "contrast"));
        Assert.Single(LintSamples.Lint(LintSamples.Source(content, "<style>.box > .quiet { color: #eee !important } p { color: #000 }</style>"), "contrast"));
        Assert.Empty(LintSamples.Lint(LintSamples.Source(content, "<style>td > .quiet { color: #eee !important }</style>"), "contrast"));
    }

    [Fact]
    public void Dark_mode_is_measured_where_a_mail_has_rules_for_it()
    {
        const string content = "<div class=\"panel\" style=\"background:#fff\"><p class=\"ink\" style=\"color:#333\">Hello</p></div>";

        Assert.Contains("in the dark", Assert.Single(LintSamples.Lint(LintSamples.Source(content, "<style>@media (prefers-color-scheme: dark) { .panel { background: #111 !important } }</style>"), "contrast")).Detail, StringComparison.Ordinal);
        Assert.Empty(LintSamples.Lint(LintSamples.Source(content, "<style>@media (prefers-color-scheme: dark) { .panel { background: #111 !important } .ink { color: #eee !important } }</style>"), "contrast"));
    }

    [Theory, InlineData("#000000", "#ffffff", 21.0), InlineData("#777", "white", 4.48), InlineData("rgb(0,0,255)", "#ffffffff", 8.59)]
    public void Contrast_is_computed_as_the_standard_says(string a, string b, double expected) => Assert.Equal(expected, Colour.Contrast(Colour.Parse(a)!, Colour.Parse(b)!), 2);

    [Fact]
    public void Colour_is_told_at_its_place() => Assert.Equal((5, 11), (LintSamples.Lint("<p style=\"color:#777777\">Hello</p>", "contrast")[0].Line, LintSamples.Lint("<p style=\"color:#777777\">Hello</p>", "contrast")[0].Column));
}
