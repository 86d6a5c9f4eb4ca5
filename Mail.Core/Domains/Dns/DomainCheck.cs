using Mail.Protocol.Dns;

namespace Mail.Core.Domains.Dns;

/// <summary>Looks what stands in DNS at each record of a domain. A bounded number of questions, whatever DNS answers.</summary>
public sealed class DomainCheck(DomainDns dns)
{
    private const int LongestShown = 700, MostShown = 5;

    /// <returns>One state for each record, in their order.</returns>
    public async Task<RecordState[]> RunAsync(string domain, IReadOnlyList<DomainRecord> records, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(records);
        return await Task.WhenAll(records.Select(record => LookAsync(domain, record, ct)));
    }

    private Task<RecordState> LookAsync(string domain, DomainRecord record, CancellationToken ct) => record.Purpose switch
    {
        DomainRecord.Dkim => new DkimRecordCheck(dns.Resolver).RunAsync(domain, record, ct),
        DomainRecord.Spf => new SpfRecordCheck(dns.Resolver).RunAsync(record, ct),
        DomainRecord.Dmarc => new DmarcRecordCheck(dns.Resolver).RunAsync(domain, record, ct),
        _ => AliasAsync(record, ct),
    };

    private async Task<RecordState> AliasAsync(DomainRecord record, CancellationToken ct)
    {
        DnsAnswer answer = await dns.Resolver.AliasAsync(record.Name, ct);
        if (!answer.IsDefinite) return Unreachable(record, answer);
        string[] found = [.. answer.Targets];
        if (found.Length == 0)
        {
            DnsAnswer other = await dns.Resolver.AddressesAsync(record.Name, System.Net.Sockets.AddressFamily.InterNetwork, ct);
            return other.Outcome == DnsOutcome.Found ? State(record, RecordStatus.Wrong, other.Addresses.Select(address => $"A {address}"), null) : State(record, RecordStatus.Missing, [], null);
        }

        return State(record, found.Length == 1 && found[0].Equals(record.Value, StringComparison.OrdinalIgnoreCase) ? RecordStatus.Verified : RecordStatus.Wrong, found, null);
    }

    internal static RecordState Unreachable(DomainRecord record, DnsAnswer answer) => State(record, RecordStatus.Unreachable, [], answer.Detail ?? $"{answer.Outcome}");

    internal static RecordState State(DomainRecord record, RecordStatus status, IEnumerable<string> found, string? detail) =>
        new(record.Key, status, [.. found.Take(MostShown).Select(Shown)], detail is null ? null : Shown(detail));

    /// <summary>What strangers wrote into DNS: shown and stored, so of bounded length and without control characters.</summary>
    internal static string Shown(string text)
    {
        string cut = text.Length > LongestShown ? text[..LongestShown] + "…" : text;
        return new string([.. cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c)]);
    }
}
