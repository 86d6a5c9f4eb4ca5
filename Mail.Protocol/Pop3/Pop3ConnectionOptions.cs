using System.Net;

namespace Mail.Protocol.Pop3;

/// <summary>How a connection to a POP3 server is protected.</summary>
public enum Pop3Tls
{
    /// <summary>TLS from the first byte (RFC 8314 §3.2), usual on port 995.</summary>
    Implicit = 0,

    /// <summary>STLS (RFC 2595 §4), usual on port 110; without it there is no conversation.</summary>
    StartTls,

    /// <summary>None: anyone on the way can read password and mail.</summary>
    None,
}

/// <summary>Where to connect and how. The text form of this object shows no secret.</summary>
public sealed class Pop3ConnectionOptions
{
    /// <summary>A host name or an IP address; also the name that the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; init; } = 995;

    /// <summary>The protection; a certificate is always verified.</summary>
    public Pop3Tls Tls { get; init; } = Pop3Tls.Implicit;

    /// <summary>A PEM file of certificate authorities that are trusted instead of those of the system, or <see langword="null"/>.</summary>
    public string? TrustedCaFile { get; init; }

    /// <summary>The account.</summary>
    public required string UserName { get; init; }

    /// <summary>The password, for USER and PASS. This or <see cref="AccessToken"/>.</summary>
    public string? Password { get; init; }

    /// <summary>An OAuth 2.0 access token, for AUTH XOAUTH2.</summary>
    public string? AccessToken { get; init; }

    /// <summary>How long the server may take for each answer, and for each piece of a long one.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest message that is taken, in octets.</summary>
    public int MaxMessageSize { get; init; } = 40 * 1024 * 1024;

    /// <summary>Says of each address that the name leads to whether it may be connected to, or <see langword="null"/> for all; asked where the connection is made.</summary>
    public Func<IPAddress, bool>? AllowsAddress { get; init; }

    /// <summary>Host and port.</summary>
    public override string ToString() => $"{Host}:{Port}";

    /// <exception cref="ArgumentException">A value that cannot work; the text names the option, never a secret.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Host)) throw new ArgumentException("Host is empty.");
        if (Port is < 1 or > 65535) throw new ArgumentException($"Port is {Port}; it must be 1 to 65535.");
        if (Password is null == AccessToken is null) throw new ArgumentException("Either Password or AccessToken must be given.");
        if (Timeout <= TimeSpan.Zero) throw new ArgumentException("Timeout must be positive.");
        if (MaxMessageSize < 1) throw new ArgumentException("MaxMessageSize must be positive.");
        foreach ((string name, string? value) in new[] { (nameof(Host), Host), (nameof(UserName), UserName), (nameof(Password), Password), (nameof(AccessToken), AccessToken) })
            if (value?.Any(char.IsControl) == true) throw new ArgumentException($"{name} contains a control character.");
    }
}
