namespace Mail.Protocol.Smtp;

/// <summary>When the sender wants a report about one recipient: NOTIFY of RCPT (RFC 3461 §4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>Not said: a server reports failures and may report delays.</summary>
    None = 0,

    /// <summary>No report at all. Stands alone.</summary>
    Never = 1,

    /// <summary>When the message has been delivered.</summary>
    Success = 2,

    /// <summary>When it cannot be delivered.</summary>
    Failure = 4,

    /// <summary>When it takes unusually long.</summary>
    Delay = 8,
}
