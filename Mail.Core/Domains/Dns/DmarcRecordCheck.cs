using Mail.Protocol.Dns;

namespace Mail.Core.Domains.Dns;

/// <summary>Whether the domain, or one above it, says what receivers shall do with forged mail (RFC 7489 §6.6.3).</summary>
internal sealed class DmarcRecordCheck(IDnsResolver resolver)
{
    private static readonly string[] _policies = ["none", "quarantine", "reject"];

    public async Task<RecordState> RunAsync(string domain, DomainRecord record, CancellationToken ct)
    {
        foreach (string name in DomainName.WithParents(domain).Take(8))
        {
            DnsAnswer answer = await resolver.TextsAsync($"_dmarc.{name}", ct);
            if (!answer.IsDefinite) return DomainCheck.Unreachable(record, answer);
            string[] texts = [.. answer.Texts.Where(text => text.TrimStart('"', ' ').StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase))];
            if (texts.Length > 1) return DomainCheck.State(record, RecordStatus.Several, texts, $"{texts.Length}");
            if (texts.Length == 1) return Judge(record, texts[0], name == domain ? null : name);
        }

        return DomainCheck.State(record, RecordStatus.Missing, [], null);
    }

    private static RecordState Judge(DomainRecord record, string text, string? above)
    {
        if (text.Contains('"', StringComparison.Ordinal)) return DomainCheck.State(record, RecordStatus.Broken, [text], "\"");
        string? policy = Tag(text, "p"), below = Tag(text, "sp");
        string? applied = above is null ? policy : below ?? policy;
        return applied is not null && _policies.Contains(applied, StringComparer.OrdinalIgnoreCase)
            ? DomainCheck.State(record, RecordStatus.Verified, [text], above is null ? $"p={applied}" : $"p={applied} (_dmarc.{above})")
            : DomainCheck.State(record, RecordStatus.Broken, [text], "p=");
    }

    private static string? Tag(string text, string name) => text.Split(';').Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(tag => tag.Length == 2 && tag[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
