using System.Text.Json;

namespace Mail.Tests.Protocol.Reports;

/// <summary>One labelled message of the corpora: what others, or the programs that made it, say it is.</summary>
internal sealed record LabelledMessage(string Folder, string Name, byte[] Content, JsonElement Label)
{
    public JsonElement Expected => Label.TryGetProperty("expected", out JsonElement expected) ? expected : Label;

    public override string ToString() => $"{Folder}/{Name}";

    /// <summary>Whether the rules were written with this message in sight; the other half was only measured.</summary>
    public bool IsSeen => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Folder}/{Name}"))[0] % 2 == 0;

    // Labels that say something else than the message: BounceParser's own tests take an automatic "thank you for your e-mail" for a bounce and name one of two
    // recipients; sisimai files a notice that says "reject reason: Mailbox full" under mail that is no bounce, because it does not know its form.
    private static readonly string[] _disputed = ["perl-bounceparser/autoreply.msg", "perl-bounceparser/warning-2.msg", "sisimai-set-of-emails/notbounce-rb-issue-368-bug.eml"];

    public bool IsDisputed => _disputed.Contains(ToString());

    /// <summary>Every message of every folder that has labels, whatever the folder is called.</summary>
    public static List<LabelledMessage> All(string bounces)
    {
        List<LabelledMessage> all = [];
        foreach (string folder in Directory.EnumerateDirectories(bounces).Order(StringComparer.Ordinal))
        {
            string labels = Path.Combine(folder, "labels.json");
            if (!File.Exists(labels)) continue;
            JsonElement root = JsonDocument.Parse(File.ReadAllBytes(labels)).RootElement;
            foreach (JsonProperty entry in root.EnumerateObject())
                all.Add(new LabelledMessage(Path.GetFileName(folder), entry.Name, File.ReadAllBytes(Path.Combine(folder, entry.Name)), entry.Value));
        }
        return all;
    }

    /// <summary>Reason and hardness for each recipient, where they are labelled (sisimai's hand-checked set); null elsewhere.</summary>
    public List<(string Reason, bool Hard)>? Reasons()
    {
        if (Expected.ValueKind is not JsonValueKind.Array || Expected.GetArrayLength() == 0 || !Expected[0].TryGetProperty("reason", out _)) return null;
        return [.. Expected.EnumerateArray().Select(item => (item.GetProperty("reason").GetString()!, item.GetProperty("hardbounce").GetBoolean()))];
    }

    /// <summary>The recipients, where they are labelled; null elsewhere.</summary>
    public List<string>? Recipients()
    {
        if (Expected.ValueKind is JsonValueKind.Object)
        {
            if (Expected.TryGetProperty("recipient", out JsonElement one)) return [Normal(one.GetString()!)];
            if (Expected.TryGetProperty("addresses", out JsonElement addresses) && addresses.GetArrayLength() > 0 && IsBounce() == true) return [.. addresses.EnumerateArray().Select(address => Normal(address.GetString()!))];
        }
        else if (Expected.ValueKind is JsonValueKind.Array && Expected.GetArrayLength() > 0 && Expected[0].TryGetProperty("permanent", out _))
        {
            List<string> all = [.. Expected.EnumerateArray().SelectMany(item => item.GetProperty("permanent").EnumerateArray().Concat(item.GetProperty("temporary").EnumerateArray())).Select(address => Normal(address.GetString()!)).Distinct()];
            return all.Count > 0 ? all : null;
        }
        return null;
    }

    /// <summary>Whether it is a bounce, where that is labelled.</summary>
    public bool? IsBounce()
    {
        if (Expected.ValueKind is JsonValueKind.Array && Expected.GetArrayLength() == 0) return false;
        if (Expected.ValueKind is not JsonValueKind.Object) return Reasons() is { } reasons ? !reasons.TrueForAll(reason => reason.Reason is "vacation" or "feedback" or "delivered") : null;
        if (Expected.TryGetProperty("is_bounce", out JsonElement isBounce)) return isBounce.GetBoolean();
        if (Expected.TryGetProperty("bounced", out JsonElement bounced)) return bounced.GetBoolean();
        if (Expected.TryGetProperty("kind", out JsonElement kind)) return kind.GetString() is "bounce" or "dsn" ? true : kind.GetString() is "spam" or "complaints" ? false : null;
        return Expected.TryGetProperty("smtp_reply", out _) ? true : null;
    }

    // One label carries the type of its field, one a bracket.
    private static string Normal(string address) => (address.StartsWith("rfc822;", StringComparison.Ordinal) ? address[7..] : address).Trim('<', '>').ToLowerInvariant();
}
