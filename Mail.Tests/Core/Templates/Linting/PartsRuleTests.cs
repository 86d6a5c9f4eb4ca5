using Mail.Core.Templates.Editing;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class PartsRuleTests
{
    [Theory]
    [InlineData("<html lang=\"{{locale}}\" dir=\"{{dir}}\">", "<html dir=\"ltr\">", ProblemSeverity.Warning, "does not say its language"), InlineData("{{locale}}", "und", ProblemSeverity.Warning, "does not say its language")]
    [InlineData("{{locale}}", "fr", ProblemSeverity.Warning, "says that it is in `fr`"), InlineData(" dir=\"{{dir}}\"", "", ProblemSeverity.Note, "in which direction"), InlineData("<title>Hi</title>", "", ProblemSeverity.Note, "no title")]
    [InlineData(" style=\"display:none\"", "", ProblemSeverity.Note, "no preheader"), InlineData("What it is about", "hi", ProblemSeverity.Note, "repeats the subject")]
    public void Part_that_is_missing_is_told(string part, string instead, ProblemSeverity severity, string why)
    {
        TemplateSource source = LintSamples.Source();

        TemplateProblem problem = Assert.Single(LintSamples.Lint(source with { Html = source.Html!.Replace(part, instead, StringComparison.Ordinal) }, "parts"));

        Assert.Equal(severity, problem.Severity);
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_preheader_is_a_note()
    {
        TemplateSource source = LintSamples.Source();

        Assert.Contains("characters", Assert.Single(LintSamples.Lint(source with { Html = source.Html!.Replace("What it", new string('x', 210), StringComparison.Ordinal) }, "parts")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_text_part_is_a_warning() => Assert.Equal(("text.hbs", ProblemSeverity.Warning), LintSamples.Lint(LintSamples.Source() with { Text = " " }, "parts").Select(problem => (problem.File, problem.Severity)).Single());

    [Fact]
    public void Language_that_is_read_from_the_right_needs_its_direction()
    {
        TemplateSource source = LintSamples.Source() with { Strings = LintSamples.Subject("Hi").Concat(LintSamples.Subject("مرحبا", "ar")).ToDictionary() };

        Assert.Empty(LintSamples.Lint(source, "parts"));
        Assert.Contains("right to left", Assert.Single(LintSamples.Lint(source with { Html = source.Html!.Replace("{{dir}}", "ltr", StringComparison.Ordinal) }, "parts")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_mail_is_not_told() => Assert.Empty(LintSamples.Lint(LintSamples.Source()));
}
