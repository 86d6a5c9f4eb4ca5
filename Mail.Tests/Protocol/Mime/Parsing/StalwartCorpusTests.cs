using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Messages with what Stalwart's parser is expected to make of them.</summary>
public sealed partial class StalwartCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void What_Stalwart_expects_is_what_we_read_but_for_what_the_document_explains()
    {
        string root = Corpora.Path("mime", "stalwart-mail-parser");
        Dictionary<(string, string), string> differences = [];
        string[] files = [.. Directory.EnumerateFiles(root, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".json")));
            ParsedMessage message = ParsedMessage.Parse(File.ReadAllBytes(file));
            foreach ((string what, string they, string we) in Compare(expected.RootElement, message))
                if (they != we) differences[(Path.GetRelativePath(root, file), what)] = $"they {they}, we {we}";
        }

        output.WriteLine($"{files.Length} messages, {differences.Keys.DistinctBy(k => k.Item1).Count()} of them with a difference that the document explains");
        KnownDifferences.AssertSame("Stalwart", differences);
    }

    private static IEnumerable<(string What, string They, string We)> Compare(JsonElement expected, ParsedMessage message)
    {
        List<string> leaves = [];
        Leaves(expected, leaves);
        List<string> ours = [];
        Leaves(message.Root, ours);
        yield return ("parts", string.Join(" | ", leaves), string.Join(" | ", ours));
        foreach (JsonElement header in expected.GetProperty("parts")[0].GetProperty("headers").EnumerateArray())
        {
            JsonElement value = header.GetProperty("value");
            if (header.GetProperty("name").ValueKind != JsonValueKind.String || value.ValueKind != JsonValueKind.Object) continue;
            switch (header.GetProperty("name").GetString())
            {
                case "subject": yield return ("subject", value.GetProperty("Text").GetString()!, message.Subject ?? ""); break;
                case "message_id": yield return ("id", value.GetProperty("Text").GetString()!, message.MessageId ?? ""); break;
                case "from": yield return ("from", Mailboxes(value), Mailboxes(message.From)); break;
                case "to": yield return ("to", Mailboxes(value), Mailboxes(message.To)); break;
                case "cc": yield return ("cc", Mailboxes(value), Mailboxes(message.Cc)); break;
                case "reply_to": yield return ("reply-to", Mailboxes(value), Mailboxes(message.ReplyTo)); break;
                case "date" when value.TryGetProperty("DateTime", out JsonElement date):
                    yield return ("date", Date(date), message.Date?.ToString("yyyy-M-d H:m:s", CultureInfo.InvariantCulture) ?? ""); break;
                default: break;
            }
        }
    }

    private static void Leaves(JsonElement message, List<string> leaves)
    {
        foreach (JsonElement part in message.GetProperty("parts").EnumerateArray())
        {
            JsonElement body = part.GetProperty("body");
            if (body.ValueKind != JsonValueKind.Object) continue;
            JsonProperty kind = body.EnumerateObject().First();
            switch (kind.Name)
            {
                case "Text" or "Html":
                    leaves.Add(WhiteSpace().Replace(kind.Value.GetString()!, " ").Trim(' '));
                    break;
                case "Binary" or "InlineBinary":
                    leaves.Add(Convert.ToHexString(SHA256.HashData([.. kind.Value.EnumerateArray().Select(o => o.GetByte())])));
                    break;
                case "Message":
                    leaves.Add("message");
                    Leaves(kind.Value, leaves);
                    break;
                default: break; // a multipart lists the numbers of its parts, which stand beside it
            }
        }
    }

    private static void Leaves(MimePart part, List<string> leaves)
    {
        if (part.EnclosedMessage is { } enclosed)
        {
            leaves.Add("message");
            Leaves(enclosed.Root, leaves);
        }
        else if (part.Parts.Count > 0) foreach (MimePart child in part.Parts) Leaves(child, leaves);
        else if (part.ContentType.IsText) leaves.Add(WhiteSpace().Replace(part.DecodeText(), " ").Trim(' '));
        else leaves.Add(Convert.ToHexString(SHA256.HashData(part.DecodeContent())));
    }

    private static string Mailboxes(IEnumerable<ParsedMailbox> mailboxes) => string.Join(", ", mailboxes.Select(m => $"{m.DisplayName} <{m.Address}>"));

    private static string Mailboxes(JsonElement value)
    {
        JsonElement address = value.GetProperty("Address");
        IEnumerable<JsonElement> mailboxes = address.TryGetProperty("List", out JsonElement list)
            ? list.EnumerateArray()
            : address.GetProperty("Group").EnumerateArray().SelectMany(g => g.GetProperty("addresses").EnumerateArray());
        return string.Join(", ", mailboxes.Select(m => $"{m.GetProperty("name").GetString()} <{m.GetProperty("address").GetString()}>"));
    }

    private static string Date(JsonElement date)
    {
        int number(string name) => date.GetProperty(name).GetInt32();
        return $"{number("year")}-{number("month")}-{number("day")} {number("hour")}:{number("minute")}:{number("second")}";
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();
}
