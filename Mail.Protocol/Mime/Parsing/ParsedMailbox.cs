namespace Mail.Protocol.Mime.Parsing;

/// <summary>One mailbox of an address field (RFC 5322 §3.4), as tolerantly as it could be read. Control characters, which encoded words and raw headers can hold,
/// are spaces.</summary>
/// <param name="DisplayName">The name in Unicode, encoded words and quotes removed; a comment after an address without a name counts as one
/// (the older way to write it). <see langword="null"/> without one.</param>
/// <param name="Address">The address without comments, white space and route. Not necessarily valid: what stands in place of one is shown as it is,
/// and "" stands for <c>&lt;&gt;</c> and for a name without an address. <see cref="Mime.EmailAddress.TryParse"/> says whether mail can be sent to it.</param>
/// <param name="Group">The name of the group it stands in, or <see langword="null"/>.</param>
public readonly record struct ParsedMailbox(string? DisplayName, string Address, string? Group)
{
    /// <summary>Name and address, for people.</summary>
    public override string ToString() => DisplayName is null ? Address : $"{DisplayName} <{Address}>";
}
