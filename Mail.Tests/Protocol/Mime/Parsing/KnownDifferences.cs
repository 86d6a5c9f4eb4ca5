using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>The tables of docs/guides/mime-differences.md: what a comparison finds must stand there, and what stands there must be found.</summary>
internal static class KnownDifferences
{
    /// <param name="heading">A word of the section's heading.</param>
    /// <param name="found">What differs: message and field, with a line for people.</param>
    public static void AssertSame(string heading, IReadOnlyDictionary<(string Message, string What), string> found)
    {
        HashSet<(string Message, string What)> known = [.. Read(heading)];
        Assert.NotEmpty(known);
        string[] unknown = [.. found.Where(f => !known.Contains(f.Key)).Select(f => $"{f.Key.Message} {f.Key.What}: {f.Value}")];
        Assert.True(unknown.Length == 0, "Differences that docs/guides/mime-differences.md does not explain:\n" + string.Join('\n', unknown));
        Assert.Equal([], known.Where(k => !found.ContainsKey(k)));
    }

    private static IEnumerable<(string Message, string What)> Read(string heading)
    {
        bool isWithin = false;
        foreach (string line in File.ReadLines(Repository.Path("docs", "guides", "mime-differences.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) isWithin = line.Contains(heading, StringComparison.Ordinal);
            if (!isWithin || !line.StartsWith("| `", StringComparison.Ordinal)) continue;
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (string what in cells[2].Split(',', StringSplitOptions.TrimEntries)) yield return (cells[1].Trim('`'), what);
        }
    }
}
