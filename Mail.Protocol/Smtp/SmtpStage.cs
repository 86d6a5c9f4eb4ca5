namespace Mail.Protocol.Smtp;

/// <summary>How far a conversation had come when something happened.</summary>
public enum SmtpStage
{
    /// <summary>Looking up the host's addresses.</summary>
    Dns,

    /// <summary>Opening the TCP connection.</summary>
    Connect,

    /// <summary>Waiting for the server's first reply.</summary>
    Greeting,

    /// <summary>EHLO or HELO.</summary>
    Hello,

    /// <summary>STARTTLS or the TLS handshake.</summary>
    Tls,

    /// <summary>AUTH.</summary>
    Auth,

    /// <summary>MAIL FROM.</summary>
    Mail,

    /// <summary>RCPT TO.</summary>
    Rcpt,

    /// <summary>DATA, up to the server's invitation to send.</summary>
    Data,

    /// <summary>Sending the message, without its final dot or the end of its last chunk: the server cannot have taken it.</summary>
    Content,

    /// <summary>The final dot, or the end of the last chunk, and the reply to it: the moment at which the server takes the message over.</summary>
    FinalDot,

    /// <summary>RSET.</summary>
    Reset,

    /// <summary>NOOP.</summary>
    Noop,

    /// <summary>QUIT.</summary>
    Quit,
}
