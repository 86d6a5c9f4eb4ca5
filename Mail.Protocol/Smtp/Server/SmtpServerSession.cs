using System.Net;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What is known about one connection and the message under way. The server writes it; the application reads it and keeps what is its own in <see cref="State"/>.</summary>
public sealed class SmtpServerSession
{
    internal List<SmtpRecipient> RecipientList { get; } = [];

    /// <summary>The connection's name in logs.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The endpoint's options.</summary>
    public required SmtpServerOptions Options { get; init; }

    /// <summary>Where the connection came in.</summary>
    public EndPoint? LocalEndPoint { get; init; }

    /// <summary>Where it comes from.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>The client's address, IPv4 as IPv4 also on a socket for both, or <see langword="null"/> for a connection that has none (a Unix socket).</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Whether the connection comes from this machine.</summary>
    public bool IsLoopback => RemoteAddress is null ? RemoteEndPoint is System.Net.Sockets.UnixDomainSocketEndPoint : IPAddress.IsLoopback(RemoteAddress);

    /// <summary>When the connection began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The TLS of the connection, or <see langword="null"/> in clear.</summary>
    public SmtpServerTls? Tls { get; internal set; }

    /// <summary>What the client calls itself in EHLO or HELO, or <see langword="null"/> before. Printable ASCII without spaces, unverified.</summary>
    public string? ClientName { get; internal set; }

    /// <summary>Whether it said EHLO rather than HELO.</summary>
    public bool IsExtended { get; internal set; }

    /// <summary>Who has signed in, or <see langword="null"/>.</summary>
    public string? UserName { get; internal set; }

    /// <summary>The sender of the message under way, or <see langword="null"/> between messages.</summary>
    public SmtpSender? Sender { get; internal set; }

    /// <summary>The recipients accepted for the message under way, in order.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients => RecipientList;

    /// <summary>Messages that the application has taken on this connection.</summary>
    public int MessageCount { get; internal set; }

    /// <summary>The application's own: a project, a tenant. Set to <see langword="null"/> again when TLS begins, as all that a client said in clear is forgotten (RFC 3207 §4.2).</summary>
    public object? State { get; set; }

    /// <summary>The protocol's name in a Received header (RFC 3848, RFC 6531 §4.3): <c>SMTP</c>, <c>ESMTPSA</c>, <c>UTF8SMTPS</c>.</summary>
    public string Protocol => !IsExtended ? "SMTP" : $"{(Sender is { IsSmtpUtf8: true } ? "UTF8SMTP" : "ESMTP")}{(Tls is null ? "" : "S")}{(UserName is null ? "" : "A")}";

    internal void EndMessage()
    {
        Sender = null;
        RecipientList.Clear();
    }

    /// <summary>Forgets what was said in clear.</summary>
    internal void StartOver()
    {
        EndMessage();
        (ClientName, IsExtended, UserName, State) = (null, false, null, null);
    }
}
