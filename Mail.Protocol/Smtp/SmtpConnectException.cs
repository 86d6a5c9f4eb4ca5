namespace Mail.Protocol.Smtp;

/// <summary>No usable connection came about: name lookup, TCP, greeting, EHLO, TLS or AUTH failed. No message was offered. The text says what to look at.</summary>
public sealed class SmtpConnectException : SmtpException
{
    internal SmtpConnectException(SmtpStage stage, string message, bool isPermanent, SmtpReply? reply = null, Exception? innerException = null)
        : base(stage, message, innerException)
    {
        IsPermanent = isPermanent;
        Reply = reply;
    }

    /// <summary>Whether trying again is useless until a person changes something: a refused password, an invalid certificate, a 5yz reply,
    /// a setting that the server does not serve. A host that does not answer or has no address is not permanent.</summary>
    public bool IsPermanent { get; }

    /// <summary>The reply that ended the attempt, when there was one.</summary>
    public SmtpReply? Reply { get; }

    /// <summary>Whether the host's addresses are all ones that <see cref="SmtpConnectionOptions.AllowsAddress"/> does not allow.</summary>
    public bool IsAddressForbidden { get; internal init; }

    /// <summary>Whether the server's TLS does not work, without a sign of an attack: the policy may allow to do without it.</summary>
    internal bool IsTlsUnusable { get; init; }
}
