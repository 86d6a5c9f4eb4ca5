namespace Mail.Protocol.Reports;

/// <summary>What happened to one recipient (the Action field, RFC 3464 §2.3.3).</summary>
public enum BounceAction
{
    /// <summary>The message will not be delivered.</summary>
    Failed = 0,

    /// <summary>Not yet delivered, and still being tried: not a bounce.</summary>
    Delayed,

    /// <summary>Delivered to the mailbox.</summary>
    Delivered,

    /// <summary>Handed to a system that sends no reports.</summary>
    Relayed,

    /// <summary>Delivered to a list of other addresses.</summary>
    Expanded,
}
