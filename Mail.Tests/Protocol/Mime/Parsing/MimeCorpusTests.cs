using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Mail of fourteen other projects, with what three other parsers read in it: where those agree, so do we.</summary>
public sealed partial class MimeCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Where_three_parsers_agree_so_do_we()
    {
        string root = Corpora.Path("mime");
        SortedDictionary<string, (int Agreed, int Same)> figures = [];
        Dictionary<(string, string), string> differences = [];
        foreach (string oracle in Directory.EnumerateFiles(root, "oracle.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(oracle));
            foreach (JsonProperty entry in document.RootElement.EnumerateObject())
            {
                string file = Path.Combine(Path.GetDirectoryName(oracle)!, entry.Name);
                ParsedMessage message = ParsedMessage.Parse(File.ReadAllBytes(file));
                foreach ((string what, string expected, string actual) in Compare(entry.Value, message))
                {
                    (int agreed, int same) = figures.GetValueOrDefault(what);
                    figures[what] = (agreed + 1, same + (expected == actual ? 1 : 0));
                    if (expected != actual) differences[(Path.GetRelativePath(root, file), what)] = $"they {expected}, we {actual}";
                }
            }
        }

        foreach ((string what, (int agreed, int same)) in figures) output.WriteLine($"{what}: they agree on {agreed} messages, we agree with them on {same}");
        KnownDifferences.AssertSame("parsers agree", differences);
        Assert.True(figures["subject"].Agreed > 200 && figures["text"].Agreed > 150 && figures["attachments"].Agreed > 100, "The corpus is not whole.");
    }

    [Fact]
    public void Every_message_of_others_is_read_to_its_last_part()
    {
        string root = Corpora.Path("mime");
        string[] files = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is not (".json" or ".xml" or ".out" or ".md" or ".html")).Order(StringComparer.Ordinal)];
        long octets = 0;
        double slowest = 0;
        string slowestFile = "";
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            octets += bytes.Length;
            double milliseconds = double.MaxValue; // the best of some: others use the machine too
            for (int i = 0; i < 4; i++)
            {
                long start = Stopwatch.GetTimestamp();
                WholeMessage.Read(bytes);
                milliseconds = Math.Min(milliseconds, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            double per100KB = milliseconds / Math.Max(1, bytes.Length / 102_400.0);
            if (per100KB > slowest) (slowest, slowestFile) = (per100KB, Path.GetRelativePath(root, file));
        }
        output.WriteLine($"{files.Length} files, {octets} octets; the slowest takes {slowest:F2} ms per 100 KB: {slowestFile}");
        Assert.True(files.Length > 240, "The corpus is not whole.");
    }

    /// <summary>Only what the oracles' own comparison made equal is made equal here: blanks around a subject, the case of addresses, white space in texts.</summary>
    private static IEnumerable<(string What, string Expected, string Actual)> Compare(JsonElement entry, ParsedMessage message)
    {
        JsonElement agree = entry.GetProperty("agree");
        bool agrees(string what) => agree.GetProperty(what).GetBoolean();
        if (agrees("subject")) yield return ("subject", Text(entry.GetProperty("postalmime"), "subject").Trim(), (message.Subject ?? "").Trim());
        if (agrees("from")) yield return ("from", Addresses(entry, "from"), Addresses(message.From));
        if (agrees("to")) yield return ("to", Addresses(entry, "to"), Addresses(message.To));
        JsonElement postalMime = entry.GetProperty("postalmime");
        if (agrees("text_js") && postalMime.TryGetProperty("textSha", out JsonElement text))
            yield return ("text", text.GetString() ?? "none", message.TextBody is { Length: > 0 } body ? Sha(Encoding.UTF8.GetBytes(WhiteSpace().Replace(body, " ").Trim(' '))) : "none");
        if (agrees("attachments_js") && agrees("attachments_in_py"))
        {
            yield return ("attachments",
                string.Join(", ", postalMime.GetProperty("attachments").EnumerateArray().Select(a => $"{Text(a, "sha")} {Text(a, "filename")}").Order(StringComparer.Ordinal)),
                string.Join(", ", message.Attachments.Select(a => $"{Sha(a.DecodeContent())} {a.FileName}").Order(StringComparer.Ordinal)));
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    private static string Addresses(JsonElement entry, string name) =>
        string.Join(", ", entry.GetProperty("postalmime").GetProperty(name).EnumerateArray().Select(a => a.GetString()!.ToLowerInvariant()));

    private static string Addresses(IReadOnlyList<ParsedMailbox> mailboxes) => string.Join(", ", mailboxes.Where(m => m.Address.Length > 0).Select(m => m.Address.ToLowerInvariant()));

    private static string Sha(byte[] octets) => Convert.ToHexStringLower(SHA256.HashData(octets))[..16];

    [GeneratedRegex(@"[\s\u00A0\uFEFF]+", RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();
}
