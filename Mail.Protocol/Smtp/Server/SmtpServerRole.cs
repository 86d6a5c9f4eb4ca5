namespace Mail.Protocol.Smtp.Server;

/// <summary>Whom an endpoint serves.</summary>
public enum SmtpServerRole
{
    /// <summary>Programs and people that hand in mail to be sent on (RFC 6409): they sign in first, over TLS.</summary>
    Submission = 0,

    /// <summary>Other servers that bring mail for us (RFC 5321 §3.3): nobody signs in, and TLS is used when the client wants it.</summary>
    Reception = 1,
}
