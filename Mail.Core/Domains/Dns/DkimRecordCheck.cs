using Mail.Protocol.Dkim;
using Mail.Protocol.Dns;

namespace Mail.Core.Domains.Dns;

/// <summary>Whether a key's public half stands where its selector says. A CNAME to it is as good.</summary>
internal sealed class DkimRecordCheck(IDnsResolver resolver)
{
    public async Task<RecordState> RunAsync(string domain, DomainRecord record, CancellationToken ct)
    {
        DnsAnswer answer = await resolver.TextsAsync(record.Name, ct);
        if (!answer.IsDefinite) return DomainCheck.Unreachable(record, answer);
        string[] texts = [.. answer.Texts];
        string[] keys = [.. texts.Where(IsKey)];
        return keys.Length switch
        {
            0 when texts.Length > 0 => DomainCheck.State(record, RecordStatus.Wrong, texts, null),
            0 => await MisplacedAsync(domain, record, ct) ?? DomainCheck.State(record, RecordStatus.Missing, [], null),
            1 => Judge(record, keys[0]),
            _ => DomainCheck.State(record, RecordStatus.Several, keys, $"{keys.Length}"),
        };
    }

    private static RecordState Judge(DomainRecord record, string text)
    {
        DkimKeyRecord wanted = DkimKeyRecord.Parse(record.Value);
        if (text.Contains('"', StringComparison.Ordinal)) return DomainCheck.State(record, RecordStatus.Broken, [text], "\"");
        if (IsCut(text, record.Value)) return DomainCheck.State(record, RecordStatus.Cut, [text], $"{text.Length}");
        if (!DkimKeyRecord.TryParse(text, out DkimKeyRecord? found, out string? error)) return DomainCheck.State(record, RecordStatus.Broken, [text], error);
        if (found.IsRevoked) return DomainCheck.State(record, RecordStatus.Wrong, [text], "The key is revoked (p= is empty).");
        if (found.KeySize == 0) return DomainCheck.State(record, RecordStatus.Broken, [text], "The key in p= cannot be read.");
        if (found.KeyType != wanted.KeyType || !found.PublicKey.Span.SequenceEqual(wanted.PublicKey.Span)) return DomainCheck.State(record, RecordStatus.Wrong, [text], "It is another key.");
        if (found.HashAlgorithms.Count > 0 && !found.HashAlgorithms.Contains("sha256")) return DomainCheck.State(record, RecordStatus.Wrong, [text], "The tag h= does not allow sha256.");
        return found.ServiceTypes.Count > 0 && !found.ServiceTypes.Contains("*") && !found.ServiceTypes.Contains("email")
            ? DomainCheck.State(record, RecordStatus.Wrong, [text], "The tag s= does not allow e-mail.")
            : DomainCheck.State(record, RecordStatus.Verified, [text], found.IsTesting ? "t=y" : null);
    }

    /// <summary>The beginning of ours and no more: a form that took one string of 255 octets, or a line that was copied in part.</summary>
    private static bool IsCut(string text, string value)
    {
        string found = Bare(text), wanted = Bare(value);
        return found.Length < wanted.Length && found.Length > wanted.IndexOf("p=", StringComparison.Ordinal) + 8 && wanted.StartsWith(found, StringComparison.Ordinal);
    }

    private static string Bare(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c))]);

    private static bool IsKey(string text) =>
        text.Contains("DKIM1", StringComparison.OrdinalIgnoreCase) || text.Contains("p=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Web forms add the domain themselves: who enters the whole name gets it twice.</summary>
    private async Task<RecordState?> MisplacedAsync(string domain, DomainRecord record, CancellationToken ct)
    {
        string twice = $"{record.Name}.{domain}";
        if (twice.Length > 253) return null;
        DnsAnswer answer = await resolver.TextsAsync(twice, ct);
        return answer.Texts.Any(IsKey) ? DomainCheck.State(record, RecordStatus.Misplaced, answer.Texts, twice) : null;
    }
}
