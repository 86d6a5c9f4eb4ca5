namespace Mail.Protocol.Dns;

/// <summary>What is known about a name and a record type. Immutable.</summary>
/// <param name="Outcome">Whether there are records, there are none, or nothing is known.</param>
/// <param name="CanonicalName">The name at which the records stand: the one asked for, or the end of its aliases (CNAME).</param>
/// <param name="Records">The records of the type that was asked for, those of mail exchangers by preference; empty unless <see cref="DnsOutcome.Found"/>.</param>
/// <param name="TimeToLive">How long the answer may be kept: the least of all records that led to it (RFC 2181 §5.2), or what the zone says for "no"
/// (RFC 2308 §5). Zero when nothing is known.</param>
/// <param name="Detail">For people: what went wrong where; <see langword="null"/> with an answer.</param>
public sealed record DnsAnswer(DnsOutcome Outcome, string CanonicalName, IReadOnlyList<DnsRecord> Records, TimeSpan TimeToLive, string? Detail)
{
    /// <summary>Whether this is an answer, and not a failure to get one.</summary>
    public bool IsDefinite => Outcome is DnsOutcome.Found or DnsOutcome.NoData or DnsOutcome.NoSuchName;

    /// <summary>The texts of TXT records, each with its strings joined.</summary>
    public IEnumerable<string> Texts => Records.OfType<DnsTxtRecord>().Select(record => record.Text);

    /// <summary>The addresses of A and AAAA records.</summary>
    public IEnumerable<System.Net.IPAddress> Addresses => Records.OfType<DnsAddressRecord>().Select(record => record.Address);

    /// <summary>The names of CNAME, NS and PTR records.</summary>
    public IEnumerable<string> Targets => Records.OfType<DnsNameRecord>().Select(record => record.Target);

    /// <summary>The hosts that take the domain's mail, the preferred first; empty for a domain that says it takes none (<see cref="IsNullMx"/>).</summary>
    public IEnumerable<DnsMxRecord> MailExchangers => IsNullMx ? [] : Records.OfType<DnsMxRecord>();

    /// <summary>Whether the domain says that it takes no mail: its only MX record names the root (RFC 7505 §3).</summary>
    public bool IsNullMx => Records is [DnsMxRecord { Exchange: "." }];

    /// <summary>Records that were found.</summary>
    /// <param name="name">The name they stand at.</param>
    /// <param name="records">At least one, all of one type.</param>
    public static DnsAnswer Found(string name, params IReadOnlyList<DnsRecord> records)
    {
        ArgumentOutOfRangeException.ThrowIfZero(records.Count, nameof(records));
        return new DnsAnswer(DnsOutcome.Found, name, [.. records.OrderBy(record => (record as DnsMxRecord)?.Preference ?? 0)], records.Min(record => record.TimeToLive), null);
    }

    /// <summary>An answer without records, or none.</summary>
    /// <param name="outcome">Any but <see cref="DnsOutcome.Found"/>.</param>
    /// <param name="name">The name that was asked for, or the end of its aliases.</param>
    /// <param name="timeToLive">How long it may be kept.</param>
    /// <param name="detail">What went wrong.</param>
    public static DnsAnswer Without(DnsOutcome outcome, string name, TimeSpan timeToLive = default, string? detail = null) =>
        new(outcome, name, [], timeToLive, detail);
}
