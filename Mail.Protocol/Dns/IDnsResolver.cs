namespace Mail.Protocol.Dns;

/// <summary>Asks DNS. <see cref="DnsResolver"/> asks name servers; tests answer from memory.</summary>
public interface IDnsResolver
{
    /// <summary>Asks for the records of one type, following aliases.</summary>
    /// <param name="name">A whole name, with or without the last dot, never completed by a search list. Unicode becomes A-labels; <c>\.</c> and <c>\DDD</c> are read as in zone files.</param>
    /// <param name="type">What to ask for.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Records, a definite "none", or why nothing is known: a failure of servers or network is no exception.</returns>
    /// <exception cref="ArgumentException">Not a name: an empty label, one over 63 octets, or over 255 in all (RFC 1035 §2.3.4).</exception>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken ct);
}
