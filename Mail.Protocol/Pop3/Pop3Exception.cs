namespace Mail.Protocol.Pop3;

/// <summary>What a conversation with a POP3 server failed for.</summary>
public enum Pop3Failure
{
    /// <summary>No connection came about, it broke, or the server took too long.</summary>
    Connection = 0,

    /// <summary>TLS did not come about, or the certificate is refused.</summary>
    Tls,

    /// <summary>The server does not take the account's password or token.</summary>
    Login,

    /// <summary>The server said no to another command.</summary>
    Refused,

    /// <summary>What the server said is not POP3, or more than is taken.</summary>
    Protocol,
}

/// <summary>A conversation with a POP3 server failed; the connection is of no use any more, except after <see cref="Pop3Failure.Refused"/>.</summary>
/// <param name="failure">What failed.</param>
/// <param name="message">For a person; shows no secret.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class Pop3Exception(Pop3Failure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What failed.</summary>
    public Pop3Failure Failure { get; } = failure;
}
