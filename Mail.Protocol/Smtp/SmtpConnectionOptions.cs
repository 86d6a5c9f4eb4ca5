using System.Net;

namespace Mail.Protocol.Smtp;

/// <summary>Where to connect and how. The text form of this object shows no secret.</summary>
public sealed class SmtpConnectionOptions
{
    /// <summary>A host name or an IP address; also the name that the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535; usual are 587 (submission), 465 (submission, implicit TLS) and 25 (relay).</summary>
    public required int Port { get; init; }

    /// <summary>How much protection the connection needs; TLS with a verified certificate by default.</summary>
    public SmtpTlsPolicy TlsPolicy { get; init; } = SmtpTlsPolicy.RequiredVerified;

    /// <summary>TLS from the first byte (RFC 8314 §3.3), usual on port 465, instead of STARTTLS. Needs a policy that requires TLS: there is nothing to fall back to.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>A PEM file of certificate authorities that are trusted in addition to those of the system, or <see langword="null"/>.</summary>
    public string? TrustedCaFile { get; init; }

    /// <summary>The account for AUTH, or <see langword="null"/> for none. Needs <see cref="Password"/>, <see cref="AccessToken"/> or both.</summary>
    public string? UserName { get; init; }

    /// <summary>The password for AUTH PLAIN, LOGIN or CRAM-MD5.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Gives a token for AUTH OAUTHBEARER (RFC 7628) or XOAUTH2, preferred to the password where the server offers one of them. Asked for every connection,
    /// so that an expired token is renewed; whether tokens are kept is its own business. Must be safe for many callers.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; init; }

    /// <summary>Allows AUTH without TLS to a host that is not this machine: anyone on the way can then read the password. False by default.</summary>
    public bool AllowPlainTextCredentials { get; init; }

    /// <summary>The name given in EHLO: a domain or an address literal (RFC 5321 §4.1.1.1). <see langword="null"/> takes this machine's name when it has a domain, else its address.</summary>
    public string? LocalName { get; init; }

    /// <summary>How long each step may take.</summary>
    public SmtpTimeouts Timeouts { get; init; } = SmtpTimeouts.Default;

    /// <summary>
    /// Says of each address that the host's name leads to whether it may be connected to, or <see langword="null"/> for all. Asked where the connection is
    /// made, so that a name cannot lead elsewhere a moment after it was checked: for a host that somebody else has chosen. Must be safe for many callers.
    /// </summary>
    public Func<IPAddress, bool>? AllowsAddress { get; init; }

    /// <summary>Is told of each step of <see cref="SmtpConnection.ConnectAsync(SmtpConnectionOptions, CancellationToken)"/> when it is done, or <see langword="null"/>. Must be fast and not throw.</summary>
    public Action<SmtpConnectStep>? Progress { get; init; }

    /// <summary>Is shown the server's certificate, or <see langword="null"/>. Must be fast and not throw.</summary>
    public Action<SmtpShownCertificate>? CertificateShown { get; init; }

    /// <summary>The clock that the time-outs run on.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The same server with other time limits, and with somebody who looks on.</summary>
    public SmtpConnectionOptions Watched(Action<SmtpConnectStep> progress, Action<SmtpShownCertificate> certificateShown, SmtpTimeouts timeouts) => new()
    {
        Host = Host, Port = Port, TlsPolicy = TlsPolicy, ImplicitTls = ImplicitTls, TrustedCaFile = TrustedCaFile, UserName = UserName, Password = Password, AccessToken = AccessToken,
        AllowPlainTextCredentials = AllowPlainTextCredentials, LocalName = LocalName, AllowsAddress = AllowsAddress, Clock = Clock,
        Timeouts = timeouts, Progress = progress, CertificateShown = certificateShown,
    };

    internal bool HasCredentials => UserName is not null;

    /// <exception cref="ArgumentException">A value that cannot work; the text names the option, never a secret.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Host)) throw new ArgumentException("Host is empty.");
        if (Port is < 1 or > 65535) throw new ArgumentException($"Port is {Port}; it must be 1 to 65535.");
        if (ImplicitTls && TlsPolicy is (SmtpTlsPolicy.None or SmtpTlsPolicy.Opportunistic))
            throw new ArgumentException($"ImplicitTls is set and TlsPolicy is {TlsPolicy}; TLS from the first byte is Required or RequiredVerified.");
        if (UserName is null != (Password is null && AccessToken is null)) throw new ArgumentException("UserName must be given together with Password or AccessToken.");
        if (HasControl(Host)) throw new ArgumentException("Host contains a control character.");
        if (HasControl(UserName)) throw new ArgumentException("UserName contains a control character.");
        if (HasControl(Password)) throw new ArgumentException("Password contains a control character.");
        if (LocalName is not null && (LocalName.Length is 0 or > 255 || LocalName.Any(c => c is <= ' ' or >= '\x7F')))
            throw new ArgumentException("LocalName must be a domain or an address literal in ASCII.");
    }

    /// <summary>Host and port.</summary>
    public override string ToString() => $"{Host}:{Port}";

    private static bool HasControl(string? text) => text is not null && text.Any(char.IsControl);
}
