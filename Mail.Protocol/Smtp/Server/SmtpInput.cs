namespace Mail.Protocol.Smtp.Server;

/// <summary>How a wait for the client ended.</summary>
internal enum SmtpInput
{
    /// <summary>With what was waited for.</summary>
    Complete,

    /// <summary>A line above the limit; it has been passed over to its end.</summary>
    TooLong,

    /// <summary>A line that ends with LF alone.</summary>
    BareLineFeed,

    /// <summary>The start of a TLS handshake where a line was due.</summary>
    TlsHandshake,

    /// <summary>The client has closed, or the connection broke.</summary>
    Closed,

    /// <summary>Nothing, or not enough, came in time.</summary>
    TimedOut,

    /// <summary>The server is being stopped.</summary>
    ShuttingDown,
}
