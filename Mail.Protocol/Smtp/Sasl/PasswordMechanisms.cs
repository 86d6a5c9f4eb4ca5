using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Protocol.Smtp.Sasl;

/// <summary>User name and password in one message (RFC 4616).</summary>
internal sealed class SaslPlain(string userName, string password) : SaslMechanism("PLAIN")
{
    public override byte[]? InitialResponse => Encoding.UTF8.GetBytes($"\0{userName}\0{password}");

    public override IEnumerable<string> Secrets => [password, Base64(password), Convert.ToBase64String(InitialResponse!)];

    public override byte[]? Answer(ReadOnlySpan<byte> challenge) => null;
}

/// <summary>User name, then password, whatever words the server asks for them with. No RFC: an old habit that some servers know alone.</summary>
internal sealed class SaslLogin(string userName, string password) : SaslMechanism("LOGIN")
{
    private int _asked;

    public override IEnumerable<string> Secrets => [password, Base64(password)];

    public override byte[]? Answer(ReadOnlySpan<byte> challenge) => _asked++ switch
    {
        0 => Encoding.UTF8.GetBytes(userName),
        1 => Encoding.UTF8.GetBytes(password),
        _ => null,
    };
}

/// <summary>Proves knowledge of the password without sending it (RFC 2195). Who listens can still try passwords against the answer.</summary>
internal sealed class SaslCramMd5(string userName, string password) : SaslMechanism("CRAM-MD5")
{
    private bool _answered;

    public override IEnumerable<string> Secrets => [password, Base64(password)];

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "RFC 2195 says MD5; a server that offers nothing better cannot be asked for it.")]
    public override byte[]? Answer(ReadOnlySpan<byte> challenge)
    {
        if (_answered || challenge.IsEmpty) return null;
        _answered = true;
        byte[] digest = HMACMD5.HashData(Encoding.UTF8.GetBytes(password), challenge);
        return Encoding.UTF8.GetBytes($"{userName} {Convert.ToHexStringLower(digest)}");
    }
}
