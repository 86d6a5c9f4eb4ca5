namespace Mail.Protocol.Pop3;

/// <summary>A message in the mailbox, as of the login.</summary>
/// <param name="Number">Its number in this session (RFC 1939 §5); another session gives others.</param>
/// <param name="Size">In octets, as the server counts.</param>
/// <param name="Uid">What it is called in every session (RFC 1939 §7, UIDL), or <see langword="null"/> when the server has no such names.</param>
public readonly record struct Pop3Message(int Number, long Size, string? Uid);
