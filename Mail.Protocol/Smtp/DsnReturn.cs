namespace Mail.Protocol.Smtp;

/// <summary>How much of the message a report of failure shall bring back: RET of MAIL (RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    /// <summary>Not said: the reporting server decides.</summary>
    None = 0,

    /// <summary>The whole message (<c>RET=FULL</c>).</summary>
    Full = 1,

    /// <summary>Only its headers (<c>RET=HDRS</c>).</summary>
    Headers = 2,
}
