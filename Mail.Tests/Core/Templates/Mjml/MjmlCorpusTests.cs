using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Mail.Core.Common;
using Mail.Core.Templates.Mjml;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Templates.Mjml;

/// <summary>Other people's MJML comes out as the reference compiler makes it by itself.</summary>
public sealed class MjmlCorpusTests(CompilerFixture compiler) : IClassFixture<CompilerFixture>
{
    [Fact]
    public async Task Each_file_that_compiles_gives_the_dom_of_the_reference_compiler()
    {
        string root = Corpora.Path("mjml");
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "manifest.json")));
        HtmlParser parser = new();
        List<string> wrong = [];
        int compared = 0;
        foreach (JsonProperty file in manifest.RootElement.EnumerateObject())
        {
            if (!file.Value.TryGetProperty("expected_html", out JsonElement expected)) continue;
            string path = Path.Combine(root, file.Name);
            bool randomIds = file.Value.GetProperty("nondeterministic_ids").GetBoolean();
            Result<MjmlResult> result = await compiler.Mjml.CompileAsync(await File.ReadAllTextAsync(path), new Dictionary<string, string>(), CancellationToken.None);
            if (!result.IsSuccess || result.Value.Html is null)
            {
                if (file.Value.GetProperty("strict_ok").GetBoolean()) wrong.Add($"{file.Name}: {result.Failure?.Detail ?? string.Join(" ", result.Value.Problems)}");
                continue;
            }

            compared++;
            string ours = Shape(parser.ParseDocument(result.Value.Html), randomIds);
            string theirs = Shape(parser.ParseDocument(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(path)!, expected.GetString()!))), randomIds);
            if (ours != theirs) wrong.Add($"{file.Name}: {Difference(ours, theirs)}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(compared >= 170, $"Only {compared} were compared.");
    }

    /// <summary>One line for each node. Comments that are not for Outlook are ours to leave out; where ids are random, so are the names that hold them.</summary>
    private static string Shape(INode document, bool randomIds) => string.Join('\n', document.Descendants().Select(node => node switch
    {
        IElement element => $"<{element.LocalName} {string.Join(' ', element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"{attribute.Name}={(randomIds ? "" : Collapse(attribute.Value))}"))}>",
        IComment comment when comment.Data.Contains("[if", StringComparison.Ordinal) || comment.Data.Contains("[endif]", StringComparison.Ordinal) => randomIds ? "<!-- -->" : $"<!--{Collapse(comment.Data)}-->",
        IText text => randomIds && node.Parent is IElement { LocalName: "style" } ? "css" : Collapse(text.Data),
        _ => "",
    }).Where(line => line.Length > 0));

    private static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Difference(string ours, string theirs)
    {
        int at = ours.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"ours: {ours[at..Math.Min(ours.Length, at + 120)]} theirs: {theirs[at..Math.Min(theirs.Length, at + 120)]}";
    }
}
