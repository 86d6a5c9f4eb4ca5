using System.Text;

namespace Mail.Protocol.Smtp.Sasl;

/// <summary>The client's side of one way to sign in (RFC 4422), for one attempt. Knows nothing of SMTP.</summary>
internal abstract class SaslMechanism(string name)
{
    /// <summary>As the server offers it, in upper case.</summary>
    public string Name { get; } = name;

    /// <summary>What the server said about a failure before its reply, in words or JSON.</summary>
    public string? ServerError { get; protected set; }

    /// <summary>What must not be seen, in every form it is sent in.</summary>
    public abstract IEnumerable<string> Secrets { get; }

    /// <summary>What the client says first, or <see langword="null"/> when the server begins.</summary>
    public virtual byte[]? InitialResponse => null;

    /// <summary>The answer to a challenge, or <see langword="null"/> to give up: the challenge makes no sense here.</summary>
    /// <param name="challenge">The server's words, decoded.</param>
    public abstract byte[]? Answer(ReadOnlySpan<byte> challenge);

    protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
