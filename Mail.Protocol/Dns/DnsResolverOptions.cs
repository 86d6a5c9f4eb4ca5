using System.Net;

namespace Mail.Protocol.Dns;

/// <summary>Whom to ask and for how long to wait.</summary>
public sealed record DnsResolverOptions
{
    /// <summary>Recursive name servers in the order of preference; <see langword="null"/> takes the system's, and notices when they change.</summary>
    public IReadOnlyList<IPEndPoint>? Servers { get; init; }

    /// <summary>How long one server may take for one packet; a TCP exchange gets as much again.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each server is asked before <see cref="DnsOutcome.Unreachable"/> or <see cref="DnsOutcome.ServerFailed"/> is the answer.</summary>
    public int Tries { get; init; } = 2;

    /// <summary>How much memory the cache may take, in octets as estimated; 0 for no cache, as is right for checking a domain that its
    /// owner is just setting up. What was used longest ago goes first.</summary>
    public int CacheSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest time for which records are kept, whatever their TTL says.</summary>
    public TimeSpan MaxTimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest time for which "none" is kept: short, because people publish a record and look at once whether it is there.</summary>
    public TimeSpan MaxNegativeTimeToLive { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        if (Servers is { Count: 0 }) throw new ArgumentException("The list of name servers is empty; null takes the system's.");
        if (TryTimeout <= TimeSpan.Zero || TryTimeout > TimeSpan.FromMinutes(1)) throw new ArgumentException($"TryTimeout is {TryTimeout}; it must be above zero and at most a minute.");
        if (Tries is < 1 or > 10) throw new ArgumentException($"Tries is {Tries}; 1 to 10 are possible.");
        if (CacheSize < 0) throw new ArgumentException($"CacheSize is {CacheSize}; it cannot be negative.");
    }
}
