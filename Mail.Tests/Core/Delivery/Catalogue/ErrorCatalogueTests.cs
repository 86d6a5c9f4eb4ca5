using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Mail.Core.Delivery.Catalogue;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery.Catalogue;

public sealed partial class ErrorCatalogueTests
{
    [Fact]
    public void Every_cause_has_a_title_and_a_remedy_in_both_languages()
    {
        Assert.All(ErrorCatalogue.All, cause =>
        {
            Assert.Matches(CodeForm(), cause.Code);
            foreach (CauseText text in new[] { cause.English, cause.French })
            {
                Assert.True(text.Title.EndsWith('.') && text.Title.Length is > 10 and < 160, $"{cause.Code}: {text.Title}");
                Assert.True(text.Remedy.EndsWith('.') && text.Remedy.Length is > 10 and < 320, $"{cause.Code}: {text.Remedy}");
            }

            Assert.True(cause.English.Title != cause.French.Title && (cause.English.Remedy != cause.French.Remedy), cause.Code);
        });
    }

    [Fact]
    public void A_code_stands_once()
    {
        Assert.Equal(ErrorCatalogue.All.Count(), ErrorCatalogue.All.Select(cause => cause.Code).Distinct().Count());
        Assert.Null(ErrorCatalogue.Find("no_such_cause"));
        Assert.Null(ErrorCatalogue.Find(null));
    }

    [Fact]
    public void Every_code_that_rules_and_engine_name_is_in_the_catalogue()
    {
        IEnumerable<string> named = typeof(CauseCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .Concat(ReplyPhrases.All.Select(rule => rule.Cause)).Concat(FaultPhrases.All.Select(rule => rule.Cause));

        Assert.All(named, code => Assert.True(ErrorCatalogue.Find(code) is not null, code));
    }

    [Theory]
    [InlineData("fr", "La boîte est pleine.")]
    [InlineData("fr-CA", "La boîte est pleine.")]
    [InlineData("en", "The mailbox is full.")]
    [InlineData("de", "The mailbox is full.")]
    public void A_cause_speaks_the_language_asked_for_or_English(string language, string title) => Assert.Equal(title, ErrorCatalogue.Find("mailbox_full")!.In(language).Title);

    /// <summary>Written anew with MAIL_WRITE_GUIDES=1.</summary>
    [Fact]
    public void The_guide_is_made_from_the_catalogue()
    {
        string file = Repository.Path("docs", "guides", "errors.md");
        string expected = Guide();
        if (Environment.GetEnvironmentVariable("MAIL_WRITE_GUIDES") == "1") File.WriteAllText(file, expected);

        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Guide()
    {
        StringBuilder guide = new();
        guide.Append("""
            # Errors: what they mean and what to do

            Every recipient that waits, failed or bounced has a `cause` in `GET /emails/{id}`, and so has each entry of its timeline: a `code` that stays the same over versions, a `title` and a `remedy`, in English or French by `Accept-Language`. The server's own words stand beside it as `text`.

            This page is made from the catalogue in `Mail.Core/Delivery/Catalogue`, and a test keeps it so.

            """.ReplaceLineEndings("\n"));
        foreach ((string chapter, IReadOnlyList<Cause> causes) in ErrorCatalogue.Chapters)
        {
            guide.Append(CultureInfo.InvariantCulture, $"\n## {chapter}\n\n| code | what happened | what to do |\n|---|---|---|\n");
            foreach (Cause cause in causes) guide.Append(CultureInfo.InvariantCulture, $"| `{cause.Code}` | {Cell(cause.English.Title)} | {Cell(cause.English.Remedy)} |\n");
        }

        guide.Append("\n# Erreurs : leur sens et leur remède\n");
        foreach ((string _, IReadOnlyList<Cause> causes) in ErrorCatalogue.Chapters)
        {
            guide.Append("\n| code | ce qui s'est passé | que faire |\n|---|---|---|\n");
            foreach (Cause cause in causes) guide.Append(CultureInfo.InvariantCulture, $"| `{cause.Code}` | {Cell(cause.French.Title)} | {Cell(cause.French.Remedy)} |\n");
        }

        return guide.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z0-9_]{3,40}$")]
    private static partial Regex CodeForm();
}
