using System.Net.Security;

namespace Mail.Protocol.Smtp.Server;

/// <summary>How one endpoint behaves. Sizes are in octets. Read when a connection begins; do not change it while the server runs.</summary>
public sealed class SmtpServerOptions
{
    /// <summary>The name in the greeting, in the answer to EHLO and of <c>postmaster</c> without a domain (RFC 5321 §4.1.1.1): this machine's public name.</summary>
    public string Hostname { get; set; } = "localhost";

    /// <summary>Whom the endpoint serves.</summary>
    public SmtpServerRole Role { get; set; }

    /// <summary>The certificate and all else for TLS; <see langword="null"/> offers none. A certificate that changes while the server runs is chosen by its
    /// <see cref="SslServerAuthenticationOptions.ServerCertificateSelectionCallback"/>.</summary>
    public SslServerAuthenticationOptions? Tls { get; set; }

    /// <summary>TLS from the first octet (port 465, RFC 8314 §3.3) rather than STARTTLS (RFC 3207).</summary>
    public bool ImplicitTls { get; set; }

    /// <summary>Submission only: clients on this machine may sign in and send without TLS.</summary>
    public bool AllowClearTextFromLoopback { get; set; }

    /// <summary>Submission only: mail of clients that have not signed in, also without TLS, is passed to the handler, which decides by
    /// <see cref="SmtpServerSession.UserName"/> and <see cref="SmtpServerSession.RemoteAddress"/> (for trusted networks).</summary>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>Offers DSN (RFC 3461): the application keeps what clients ask for in NOTIFY, RET, ENVID and ORCPT.</summary>
    public bool OfferDsn { get; set; } = true;

    /// <summary>Offers SMTPUTF8 (RFC 6531): addresses and headers may be in UTF-8.</summary>
    public bool OfferSmtpUtf8 { get; set; } = true;

    /// <summary>Offers CHUNKING (RFC 3030): BDAT.</summary>
    public bool OfferChunking { get; set; } = true;

    /// <summary>The longest message; said in EHLO (RFC 1870).</summary>
    public long MaxMessageSize { get; set; } = 25 * 1024 * 1024;

    /// <summary>All messages that are being received or handled over this endpoint, together. Beyond it a client hears 452 and comes again later.</summary>
    public long MaxBufferedSize { get; set; } = 512L * 1024 * 1024;

    /// <summary>The share of <see cref="MaxBufferedSize"/> that the connections from one address have together (one IPv4 address, one /64 of IPv6), so that one client cannot use
    /// it up; <see langword="null"/> for a quarter of it, or one message where that is more. Connections from this machine have no share: a proxy or an app stands for many.</summary>
    public long? MaxBufferedSizePerAddress { get; set; }

    /// <summary>The share of one address, as it holds.</summary>
    internal long ShareOfAddress => MaxBufferedSizePerAddress ?? Math.Max(MaxBufferedSize / 4, Math.Min(MaxBufferedSize, MaxMessageSize + BlockRounding));

    /// <summary>Messages are held in whole blocks, the last of which is rarely full.</summary>
    private const int BlockRounding = 128 * 1024;

    /// <summary>Recipients of one message; RFC 5321 §4.5.3.1.8 obliges to take 100.</summary>
    public int MaxRecipients { get; set; } = 1000;

    /// <summary>The longest command, CRLF included. RFC 5321 §4.5.3.1.4 asks for 512; the parameters of extensions come on top.</summary>
    public int MaxCommandLine { get; set; } = 2048;

    /// <summary>The longest AUTH command or response, CRLF included (RFC 4954 §4.3 and §4).</summary>
    public int MaxAuthLine { get; set; } = 12288;

    /// <summary>The longest line of a message, CRLF included. RFC 5321 §4.5.3.1.6 obliges to take 1000; programs that put a page of HTML on one line are
    /// common, so that more is taken: see <see cref="SmtpServerMessage.LongestLine"/> before it is sent on.</summary>
    public int MaxTextLine { get; set; } = 64 * 1024;

    /// <summary>Connections to this endpoint at the same time; one more hears 421.</summary>
    public int MaxConnections { get; set; } = 1000;

    /// <summary>Connections from one address at the same time (one IPv4 address, one /64 of IPv6); one more hears 421.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 100;

    /// <summary>Errors of the client (unknown, misspelled or misplaced commands) before the connection ends with 421.</summary>
    public int MaxErrors { get; set; } = 20;

    /// <summary>Errors that are answered at once; each later one waits for <see cref="ErrorDelay"/>.</summary>
    public int MaxPromptErrors { get; set; } = 10;

    /// <summary>How long a later error waits for its answer.</summary>
    public TimeSpan ErrorDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failed attempts to sign in before the connection ends with 421.</summary>
    public int MaxAuthFailures { get; set; } = 3;

    /// <summary>How long a failed attempt to sign in waits for its answer.</summary>
    public TimeSpan AuthFailureDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Senders, recipients and messages refused, since the last message taken, before the connection ends with 421: who tries out names is stopped. Not
    /// counted for clients that have signed in, whose long lists may hold many dead addresses.</summary>
    public int MaxRefusals { get; set; } = 100;

    /// <summary>Commands that bring no message nearer (NOOP, RSET, VRFY, HELP, EHLO), since the last message taken, before the connection ends with 421.</summary>
    public int MaxIdleCommands { get; set; } = 100;

    /// <summary>The longest wait for a whole command (RFC 5321 §4.5.3.2.7: five minutes).</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause within a message.</summary>
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The longest time for the content of one message.</summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>After this time a connection gets no further message: the next command hears 421.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The time the application has for one answer; its token fires then. Clients wait ten minutes after a message (RFC 5321 §4.5.3.2.6).</summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The time for a TLS handshake.</summary>
    public TimeSpan TlsHandshakeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may leave replies unread.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a client that is sent away may go on sending before the connection is torn down; until then its last reply can reach it.</summary>
    internal TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">A value that cannot work; the message names it.</exception>
    internal void Validate()
    {
        if (Hostname.Length is 0 or > 255 || Hostname.AsSpan().ContainsAnyExceptInRange('!', '~')) throw Wrong(nameof(Hostname), Hostname, "a host name in ASCII (A-labels)");
        if (Tls is null && ImplicitTls) throw Wrong(nameof(ImplicitTls), ImplicitTls, $"false unless {nameof(Tls)} is set");
        if (Role == SmtpServerRole.Submission && Tls is null && !AllowClearTextFromLoopback && !AllowUnauthenticated)
            throw Wrong(nameof(Tls), "null", $"set, or {nameof(AllowClearTextFromLoopback)} true: otherwise nobody can sign in");
        Positive(MaxMessageSize, nameof(MaxMessageSize));
        Positive(MaxRecipients, nameof(MaxRecipients));
        Positive(MaxConnections, nameof(MaxConnections));
        Positive(MaxConnectionsPerAddress, nameof(MaxConnectionsPerAddress));
        Positive(MaxErrors, nameof(MaxErrors));
        Positive(MaxAuthFailures, nameof(MaxAuthFailures));
        Positive(MaxRefusals, nameof(MaxRefusals));
        Positive(MaxIdleCommands, nameof(MaxIdleCommands));
        AtLeast(MaxPromptErrors, 0, nameof(MaxPromptErrors));
        AtLeast(MaxBufferedSize, MaxMessageSize, nameof(MaxBufferedSize));
        AtLeast(ShareOfAddress, MaxMessageSize, nameof(MaxBufferedSizePerAddress));
        AtLeast(MaxCommandLine, 512, nameof(MaxCommandLine));
        AtLeast(MaxAuthLine, 512, nameof(MaxAuthLine));
        AtLeast(MaxTextLine, 1000, nameof(MaxTextLine));
        foreach ((string name, TimeSpan value) in new[]
                 {
                     (nameof(CommandTimeout), CommandTimeout), (nameof(DataTimeout), DataTimeout), (nameof(MessageTimeout), MessageTimeout), (nameof(SessionTimeout), SessionTimeout),
                     (nameof(HandlerTimeout), HandlerTimeout), (nameof(TlsHandshakeTimeout), TlsHandshakeTimeout), (nameof(WriteTimeout), WriteTimeout),
                 })
            if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue) throw Wrong(name, value, "a time between 0 and 24 days");
        if (ErrorDelay < TimeSpan.Zero) throw Wrong(nameof(ErrorDelay), ErrorDelay, "not negative");
        if (AuthFailureDelay < TimeSpan.Zero) throw Wrong(nameof(AuthFailureDelay), AuthFailureDelay, "not negative");
    }

    private static void Positive(long value, string name) => AtLeast(value, 1, name);

    private static void AtLeast(long value, long least, string name)
    {
        if (value < least) throw Wrong(name, value, $"at least {least}");
    }

    private static ArgumentException Wrong(string name, object value, string wanted) => new($"{nameof(SmtpServerOptions)}.{name} is {value}; it must be {wanted}.");
}
