using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>What documents name exists: files, headings, settings.</summary>
public sealed partial class DocumentLinkTests
{
    /// <summary>Settings of .NET itself and of Mail.AppHost, which no host of the system binds to a class.</summary>
    private static readonly string[] _others = ["Logging__", "Local__", "Parameters__", "Mailboxes__Fakes"];

    private static readonly string[] _documents = [.. Repository.SourceFiles(".md")];

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        List<string> broken = [];
        int links = 0;
        foreach (string document in _documents)
        {
            foreach (Match match in Link().Matches(Prose(File.ReadAllText(document))))
            {
                string[] parts = match.Groups[1].Value.Split('#', 2);
                string target = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(parts[0])));
                links++;
                if (!File.Exists(target) && !Directory.Exists(target)) broken.Add($"{Name(document)}: {match.Groups[1].Value} is not there");
                else if (parts.Length == 2 && target.EndsWith(".md", StringComparison.Ordinal) && !Anchors(target).Contains(parts[1])) broken.Add($"{Name(document)}: {match.Groups[1].Value} names no heading of it");
            }
        }

        Assert.Empty(broken);
        Assert.True(links > 200, $"Only {links} links were found.");
    }

    [Fact]
    public void Every_guide_is_led_to_from_the_README_or_from_another_guide()
    {
        HashSet<string> linked = [];
        foreach (string document in _documents)
            foreach (Match match in Link().Matches(Prose(File.ReadAllText(document))))
                linked.Add(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, match.Groups[1].Value.Split('#')[0])));

        Assert.Empty(_documents.Where(file => file.Contains(Path.Combine("docs", "guides"), StringComparison.Ordinal) && !linked.Contains(Path.GetFullPath(file))).Select(Name));
    }

    [Fact]
    public void Every_setting_that_a_document_names_is_known_to_a_host()
    {
        List<string> unknown = [];
        int settings = 0;
        foreach (string document in _documents.Where(file => !file.Contains(Path.Combine("docs", "adr"), StringComparison.Ordinal) && Path.GetFileName(file) != "CHANGELOG.md")) // these tell of the past
        {
            foreach (string name in Setting().Matches(File.ReadAllText(document)).Select(match => match.Value.TrimEnd('_')).Where(name => name.Contains("__", StringComparison.Ordinal)).Distinct())
            {
                settings++;
                if (!_others.Any(other => name.StartsWith(other, StringComparison.Ordinal)) && KnownSettings.Fault(name, "") is { } fault) unknown.Add($"{Name(document)}: {fault}");
            }
        }

        Assert.Empty(unknown);
        Assert.True(settings > 200, $"Only {settings} settings were found.");
    }

    /// <summary>The mistakes that the tests above shall see.</summary>
    [Theory]
    [InlineData("# A `b` & c: d!\n", "a-b--c-d")]
    [InlineData("## [Gmail](x.md) (`gmail`)\n", "gmail-gmail")]
    [InlineData("```\n# no heading\n```\n# Twice\n# Twice\n", "twice twice-1")]
    public void Headings_have_the_anchors_that_GitHub_gives_them(string text, string anchors) => Assert.Equal(anchors.Split(' '), AnchorsIn(text));

    private static string Name(string file) => Path.GetRelativePath(Repository.Root, file);

    /// <summary>Without what stands in code, which is full of brackets.</summary>
    private static string Prose(string text) => Code().Replace(Fence().Replace(text, ""), "");

    private static HashSet<string> Anchors(string file) => [.. AnchorsIn(File.ReadAllText(file))];

    private static IEnumerable<string> AnchorsIn(string text)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (Match match in Heading().Matches(Fence().Replace(text, "")))
        {
            string shown = Label().Replace(match.Groups[1].Value, "$1").Trim().ToLowerInvariant();
            string slug = NoSlug().Replace(shown, "").Replace(' ', '-');
            int times = seen[slug] = seen.GetValueOrDefault(slug) + 1;
            yield return times == 1 ? slug : $"{slug}-{times - 1}";
        }
    }

    [GeneratedRegex(@"\]\((?![a-z]+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Label();

    [GeneratedRegex(@"^#{1,6} (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoSlug();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__\w+")]
    private static partial Regex Setting();
}
