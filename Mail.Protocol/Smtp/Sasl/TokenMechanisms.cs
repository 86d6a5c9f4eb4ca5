using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp.Sasl;

/// <summary>Signs in with an access token (OAuth 2.0). A refusal comes as a challenge with JSON that says why; the client answers it and then gets the reply.</summary>
internal abstract class SaslToken(string name, string token) : SaslMechanism(name)
{
    public override IEnumerable<string> Secrets => [token, Base64(token), Convert.ToBase64String(InitialResponse!)];

    /// <summary>What ends the exchange after an error.</summary>
    protected abstract byte[] Acknowledgement { get; }

    public override byte[]? Answer(ReadOnlySpan<byte> challenge)
    {
        if (ServerError is not null) return null;
        ServerError = Encoding.UTF8.GetString(challenge);
        return Acknowledgement;
    }
}

/// <summary>The standard way (RFC 7628).</summary>
internal sealed class SaslOAuthBearer(string userName, string token, string host, int port) : SaslToken("OAUTHBEARER", token)
{
    private readonly string _token = token;

    public override byte[]? InitialResponse => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"n,a={Escape(userName)},\u0001host={host}\u0001port={port}\u0001auth=Bearer {_token}\u0001\u0001"));

    protected override byte[] Acknowledgement => [1];

    // saslname, RFC 5801 §4
    private static string Escape(string name) => name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}

/// <summary>The way of before the standard, which the large providers still know.</summary>
internal sealed class SaslXOAuth2(string userName, string token) : SaslToken("XOAUTH2", token)
{
    private readonly string _token = token;

    public override byte[]? InitialResponse => Encoding.UTF8.GetBytes($"user={userName}\u0001auth=Bearer {_token}\u0001\u0001");

    protected override byte[] Acknowledgement => [];
}
