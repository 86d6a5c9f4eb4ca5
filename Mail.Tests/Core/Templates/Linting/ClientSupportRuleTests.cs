using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Linting;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Templates.Linting;

public sealed class ClientSupportRuleTests
{
    [Theory]
    [InlineData("<div style=\"position:absolute\">x</div>", "`position` does nothing in Gmail and Outlook for Windows, by estimate 34 %"), InlineData("<div style=\"display:flex\">x</div>", "`display: flex` does nothing in Outlook for Windows")]
    [InlineData("<svg></svg>", "`<svg>` does nothing in Gmail, Outlook for Windows, Outlook.com, Outlook for Mac"), InlineData("<p style=\"margin:2rem\">x</p>", "The unit `rem`"), InlineData("<p hidden>x</p>", "The attribute `hidden`")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"\" width=\"1\">", "An image within the mail (`data:`) does nothing in Gmail,"), InlineData("<img src=\"https://a.example/i.webp?x\" alt=\"\" width=\"1\">", "An image of type `.webp`")]
    public void What_a_mail_depends_on_and_a_main_client_lacks_is_a_warning_at_its_line(string html, string what)
    {
        TemplateProblem problem = Assert.Single(LintSamples.Lint(html, "client-support"));

        Assert.StartsWith(what, problem.Detail, StringComparison.Ordinal);
        Assert.Equal((ProblemSeverity.Warning, 5), (problem.Severity, problem.Line));
    }

    [Fact]
    public void Decoration_is_one_note()
    {
        TemplateProblem problem = Assert.Single(LintSamples.Lint(LintSamples.Source("<p style=\"box-shadow:0 0 2px #000;transition:all 1s\">x</p>", "<style>p:not(.a) { color: #000 } @media (prefers-color-scheme: dark) { p { float: left } }</style>"), "client-support"));

        Assert.Equal(ProblemSeverity.Note, problem.Severity);
        foreach (string what in new[] { "`box-shadow` (Outlook for Windows)", "`transition` (Gmail, ", "The selector `:not`", "`@media (prefers-color-scheme)`" }) Assert.Contains(what, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("float", problem.Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData("<p style=\"float:none;padding:1em;color:#000\">x</p>"), InlineData("<table width=\"100%\"><tr><td>x</td></tr></table>"), InlineData("<p>position: absolute</p>"), InlineData("<!--[if mso]><v:rect style=\"position:absolute\"></v:rect><![endif]-->")]
    public void What_every_client_shows_is_not_told(string html) => Assert.Empty(LintSamples.Lint(html, "client-support"));

    [Fact]
    public void The_table_is_what_the_data_says()
    {
        string features = File.ReadAllText(Corpora.Path("caniemail", "features.json"));
        using System.Text.Json.JsonDocument data = System.Text.Json.JsonDocument.Parse(features);
        Dictionary<string, System.Text.Json.JsonElement> bySlug = data.RootElement.EnumerateArray().ToDictionary(feature => feature.GetProperty("slug").GetString()!);
        string[] kinds = ["at", "attribute", "element", "image", "media", "property", "selector", "unit", "value"];

        foreach (ClientFeature feature in kinds.SelectMany(ClientSupport.Of))
        {
            System.Text.Json.JsonElement outlook = bySlug[feature.Page!.Split('/')[^2]].GetProperty("stats").GetProperty("outlook");
            foreach ((string platform, MailClient client) in new[] { ("windows", MailClient.OutlookWindows), ("outlook-com", MailClient.OutlookCom), ("macos", MailClient.OutlookMac) })
                Assert.True(feature.Lacking.Contains(client) == outlook.GetProperty(platform).EnumerateObject().Last().Value.GetString()!.StartsWith('n'), $"{feature.Name} {client}");
        }
    }
}
