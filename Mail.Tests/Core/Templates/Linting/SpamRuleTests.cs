using Mail.Core.Messages;
using Mail.Core.Templates.Editing;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class SpamRuleTests
{
    [Theory]
    [InlineData("BUY THIS NOW", "capitals"), InlineData("Buy!! Now", "exclamation"), InlineData("Re: your order", "answered"), InlineData("Win $$$ today", "currency")]
    public void Subject_that_looks_like_spam_is_a_warning_in_its_file(string subject, string why)
    {
        TemplateProblem problem = Assert.Single(LintSamples.Lint(LintSamples.Source() with { Strings = LintSamples.Subject("Hi").Concat(LintSamples.Subject(subject, "fr")).ToDictionary() }, "spam"));

        Assert.Equal(("strings.fr.json", ProblemSeverity.Warning), (problem.File, problem.Severity));
        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_subject_is_a_warning() => Assert.Contains("101 characters", Assert.Single(LintSamples.Lint(LintSamples.Source() with { Strings = LintSamples.Subject(new string('a', 101)) }, "spam")).Detail, StringComparison.Ordinal);

    [Theory, InlineData("Welcome to ACME!"), InlineData("SNCF"), InlineData("Reset your password"), InlineData("您的订单已确认，谢谢您的购买"), InlineData("Receipt: $20")]
    public void Other_subjects_are_not_told(string subject) => Assert.Empty(LintSamples.Lint(LintSamples.Source() with { Strings = LintSamples.Subject(subject) }, "spam"));

    [Fact]
    public void Mail_that_is_all_images_is_a_warning()
    {
        const string image = "<img src=\"https://a.example/i.png\" alt=\"x\" width=\"600\">";
        TemplateSource source = LintSamples.Source(image);

        Assert.Empty(LintSamples.Lint(source, "spam"));
        Assert.Contains("all images", Assert.Single(LintSamples.Lint(source with { Html = source.Html!.Replace("Good morning, this is a mail with some words.", "", StringComparison.Ordinal) }, "spam")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_mail_without_a_way_to_unsubscribe_is_a_warning()
    {
        Assert.Contains("bulk mail", Assert.Single(LintSamples.Lint(LintSamples.Source() with { Lane = Lane.Bulk }, "spam")).Detail, StringComparison.Ordinal);
        Assert.Equal(ProblemSeverity.Note, Assert.Single(LintSamples.Lint(LintSamples.Source() with { Lane = Lane.Bulk, Unsubscribe = true }, "spam")).Severity);
        Assert.Empty(LintSamples.Lint(LintSamples.Source("<a href=\"https://a.example/x\">Unsubscribe</a>") with { Lane = Lane.Bulk }, "spam"));
        Assert.Empty(LintSamples.Lint(LintSamples.Source() with { Lane = Lane.Critical }, "spam"));
    }
}
