namespace Mail.Protocol.Smtp;

/// <summary>How long each step may take. The defaults are those of RFC 5321 §4.5.3.2 where it names one; a shorter time for the final dot makes duplicates likelier.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>The defaults.</summary>
    public static SmtpTimeouts Default { get; } = new();

    /// <summary>Name lookup, and for each address the TCP connection: 30 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server's first reply: 5 minutes (§4.5.3.2.1).</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, HELO, STARTTLS, AUTH and NOOP: 5 minutes.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The TLS handshake: 1 minute.</summary>
    public TimeSpan TlsHandshake { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>MAIL: 5 minutes (§4.5.3.2.2).</summary>
    public TimeSpan Mail { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>RCPT: 5 minutes (§4.5.3.2.3).</summary>
    public TimeSpan Rcpt { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The invitation after DATA: 2 minutes (§4.5.3.2.4).</summary>
    public TimeSpan DataInitiation { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Each block of the message until the network takes it: 3 minutes (§4.5.3.2.5).</summary>
    public TimeSpan DataBlock { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The reply to the final dot: 10 minutes (§4.5.3.2.6). After it the outcome is unknown.</summary>
    public TimeSpan DataTermination { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>RSET after a refused transaction, whose outcome is known already: 10 s, then the connection is given up.</summary>
    public TimeSpan Reset { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The reply to QUIT, on which nothing depends: 5 s.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
