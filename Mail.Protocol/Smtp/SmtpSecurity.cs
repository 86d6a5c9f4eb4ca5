namespace Mail.Protocol.Smtp;

/// <summary>How the connection is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Plain text, also when the server offers STARTTLS.</summary>
    None,

    /// <summary>STARTTLS when the server offers it, else plain text. Protects against listeners, not against an attacker who removes the offer.</summary>
    Opportunistic,

    /// <summary>STARTTLS or no connection (RFC 3207). Usual on ports 587 and 25.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314 §3.3). Usual on port 465.</summary>
    Implicit,
}
