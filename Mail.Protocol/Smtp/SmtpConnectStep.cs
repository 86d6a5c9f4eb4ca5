using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Protocol.Smtp;

/// <summary>One step of making a connection that is done. A connection that is made anew, as after failed opportunistic TLS, tells its steps again.</summary>
/// <param name="Stage">Which: Dns, Connect, Greeting, Hello (each time), Tls, Auth.</param>
/// <param name="Seen">What was seen, in a few words and without secrets: addresses, the greeting, the protocol, the mechanism.</param>
public sealed record SmtpConnectStep(SmtpStage Stage, string Seen)
{
    /// <summary>What the name led to, at Dns; the one that answered, at Connect.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>What the server offers, at Hello.</summary>
    public SmtpCapabilities? Capabilities { get; init; }
}

/// <summary>The certificate that a server has shown. Told before it is judged, so also when it is refused.</summary>
/// <param name="Certificate">Only for the time of the call.</param>
/// <param name="Problem">Why it would not be taken by a verifying client, or <see langword="null"/> when it would.</param>
/// <param name="IsForOtherName">Whether it is made for another name than the host's.</param>
/// <param name="IsUntrusted">Whether its chain of authorities does not hold: self-signed, expired, revoked, unknown.</param>
public sealed record SmtpShownCertificate(X509Certificate2 Certificate, string? Problem, bool IsForOtherName, bool IsUntrusted);
