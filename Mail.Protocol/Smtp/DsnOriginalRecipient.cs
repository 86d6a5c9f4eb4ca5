namespace Mail.Protocol.Smtp;

/// <summary>The address that the sender first wrote to, which later servers repeat in their reports: ORCPT of RCPT (RFC 3461 §4.2, RFC 6533 §3).</summary>
/// <param name="AddressType">As <c>rfc822</c> or <c>utf-8</c>: an atom of ASCII.</param>
/// <param name="Address">The address without its transfer coding. Written by the sender and checked for control characters only.</param>
public sealed record DsnOriginalRecipient(string AddressType, string Address);
