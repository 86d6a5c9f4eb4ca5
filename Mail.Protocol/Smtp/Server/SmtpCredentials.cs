namespace Mail.Protocol.Smtp.Server;

/// <summary>What a client signs in with (RFC 4616). Never empty, never a NUL. <see cref="ToString"/> shows no password.</summary>
/// <param name="UserName">The authentication identity, as sent.</param>
/// <param name="Password">The password or key, as sent.</param>
/// <param name="ActAs">The identity that the client wants to act as, or <see langword="null"/> for its own. Refuse it (535) unless the one may act for the other.</param>
/// <param name="Mechanism"><c>PLAIN</c> or <c>LOGIN</c>.</param>
public sealed record SmtpCredentials(string UserName, string Password, string? ActAs, string Mechanism)
{
    /// <summary>The mechanism only: names and passwords are nothing for logs.</summary>
    public override string ToString() => $"{nameof(SmtpCredentials)} ({Mechanism})";
}
