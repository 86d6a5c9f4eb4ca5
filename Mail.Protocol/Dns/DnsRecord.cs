using System.Net;

namespace Mail.Protocol.Dns;

/// <summary>One record of an answer. Names are in lower case and without the last dot; the root is <c>.</c>; a dot, backslash or octet that is not
/// printable inside a label is escaped as <c>\.</c>, <c>\\</c> or <c>\DDD</c> (RFC 1035 §5.1).</summary>
/// <param name="Name">Where it stands: the name that was asked for, or what its aliases led to.</param>
/// <param name="TimeToLive">How long it may be kept, as the server said.</param>
public abstract record DnsRecord(string Name, TimeSpan TimeToLive);

/// <summary>An address (A or AAAA).</summary>
/// <param name="Name">The host.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Address">IPv4 or IPv6.</param>
public sealed record DnsAddressRecord(string Name, TimeSpan TimeToLive, IPAddress Address) : DnsRecord(Name, TimeToLive);

/// <summary>A host that takes a domain's mail (RFC 1035 §3.3.9).</summary>
/// <param name="Name">The domain.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Preference">0 to 65535; the lowest is tried first (RFC 5321 §5.1).</param>
/// <param name="Exchange">The host; <c>.</c> means that the domain takes no mail (RFC 7505).</param>
public sealed record DnsMxRecord(string Name, TimeSpan TimeToLive, int Preference, string Exchange) : DnsRecord(Name, TimeToLive);

/// <summary>A text (RFC 1035 §3.3.14).</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Text">The record's strings joined without anything between them, as SPF and DKIM want it (RFC 7208 §3.3, RFC 6376 §3.6.2.2); octets that are
/// not UTF-8 become U+FFFD.</param>
public sealed record DnsTxtRecord(string Name, TimeSpan TimeToLive, string Text) : DnsRecord(Name, TimeToLive);

/// <summary>A name (CNAME, NS or PTR).</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Target">The name it leads to.</param>
public sealed record DnsNameRecord(string Name, TimeSpan TimeToLive, string Target) : DnsRecord(Name, TimeToLive);
