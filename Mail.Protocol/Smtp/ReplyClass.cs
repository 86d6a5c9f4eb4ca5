namespace Mail.Protocol.Smtp;

/// <summary>The first digit of a reply (RFC 5321 §4.2.1): the part that decides what happens next, also for codes nobody knows.</summary>
public enum ReplyClass
{
    /// <summary>No reply.</summary>
    None = 0,

    /// <summary>2yz: done.</summary>
    Success = 2,

    /// <summary>3yz: go on, the server waits for more (as after DATA).</summary>
    Intermediate = 3,

    /// <summary>4yz: not now; the same command may succeed later.</summary>
    Transient = 4,

    /// <summary>5yz: never in this form; trying again changes nothing.</summary>
    Permanent = 5,
}
