namespace Mail.Protocol.Dns;

/// <summary>How a question was answered. The first three are answers; the others say that nothing is known, so ask again later.</summary>
public enum DnsOutcome
{
    /// <summary>There are records.</summary>
    Found,

    /// <summary>The name exists, but has no record of this type (RFC 2308 §2.2).</summary>
    NoData,

    /// <summary>The name does not exist, nor anything below it (NXDOMAIN; RFC 2308 §2.1, RFC 8020).</summary>
    NoSuchName,

    /// <summary>The servers answered that they cannot say (SERVFAIL, REFUSED and others), or with what is no answer.</summary>
    ServerFailed,

    /// <summary>No server answered in time.</summary>
    Unreachable,
}
