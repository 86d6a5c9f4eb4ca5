namespace Mail.Protocol.Smtp;

/// <summary>How much protection a connection needs, from none to all (RFC 3207, RFC 7435). Where TLS begins, by STARTTLS or from the first byte,
/// is <see cref="SmtpConnectionOptions.ImplicitTls"/>.</summary>
public enum SmtpTlsPolicy
{
    /// <summary>Plain text, also when the server offers STARTTLS.</summary>
    None,

    /// <summary>
    /// STARTTLS when the server offers it, whatever its certificate; plain text on another connection when STARTTLS is refused or its handshake fails.
    /// Keeps out who only listens; an attacker who changes what is sent can take the offer away or present a certificate of his own.
    /// </summary>
    Opportunistic,

    /// <summary>TLS or no connection, whatever the server's certificate: an attacker in between can still pretend to be the server.</summary>
    Required,

    /// <summary>TLS with a certificate that is valid, made for the host and issued by a trusted authority, or no connection.</summary>
    RequiredVerified,
}
