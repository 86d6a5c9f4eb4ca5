using System.Buffers.Text;
using Mail.Protocol.Smtp.Sasl;

namespace Mail.Protocol.Smtp;

/// <summary>AUTH (RFC 4954) by the best way that the server offers and the credentials allow. The secrets appear in no text that leaves this class.</summary>
internal static class SmtpAuthentication
{
    private const int MaxCommandLine = 510; // RFC 5321 §4.5.3.1.4, without CRLF; a longer response follows the server's challenge (RFC 4954 §4)
    private const int MaxRounds = 8; // no mechanism here needs more than three; a server may not ask for ever

    public static async Task RunAsync(SmtpChannel channel, SmtpCapabilities capabilities, SmtpConnectionOptions options, CancellationToken ct)
    {
        if (!channel.IsPrivate && !options.AllowPlainTextCredentials)
            throw Failure(options, "the connection is not encrypted, and the password would be readable on the way. Use a TLS policy that requires TLS", isPermanent: true);

        SmtpReply? reply = null;
        string detail = "";
        foreach (string name in Choose(channel, capabilities, options))
        {
            SaslMechanism mechanism = await CreateAsync(name, options, ct).ConfigureAwait(false);
            channel.Secrets = channel.Secrets.With(mechanism.Secrets);
            reply = await ExchangeAsync(channel, mechanism, options, ct).ConfigureAwait(false);
            if (reply.Class == ReplyClass.Success)
            {
                options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Auth, name));
                return;
            }

            reply = channel.Secrets.Mask(reply);
            detail = mechanism.ServerError is { } error ? $" ({channel.Secrets.Mask(Printable(error))})" : "";
            if (!IsAboutMechanism(mechanism, reply)) break;
        }

        string advice = reply!.Class != ReplyClass.Permanent ? "" : options.Password is null ? ". Check the account and its access token" : ". Check user name and password";
        throw Failure(options, $"the server answers \"{reply}\"{detail}{advice}", reply.Class != ReplyClass.Transient, reply);
    }

    /// <summary>
    /// What both sides know, best first. A token is preferred. Inside of TLS a password goes as PLAIN, which every server can check; without,
    /// CRAM-MD5 at least does not show it to who listens.
    /// </summary>
    private static List<string> Choose(SmtpChannel channel, SmtpCapabilities capabilities, SmtpConnectionOptions options)
    {
        List<string> usable = [];
        if (options.AccessToken is not null) usable.AddRange(["OAUTHBEARER", "XOAUTH2"]);
        if (options.Password is not null) usable.AddRange(channel.IsSecure ? ["PLAIN", "LOGIN", "CRAM-MD5"] : ["CRAM-MD5", "PLAIN", "LOGIN"]);
        List<string> common = [.. usable.Where(capabilities.AuthMechanisms.Contains)];
        if (common.Count > 0) return common;

        throw Failure(options, capabilities.AuthMechanisms.Count == 0
            ? $"the server offers no AUTH{(channel.IsSecure ? "" : " without TLS; use a TLS policy that requires it")}. Remove user name and password if it needs none"
            : $"the server offers {string.Join(", ", capabilities.AuthMechanisms)}; with the given credentials {string.Join(", ", usable)} are possible", isPermanent: true);
    }

    private static async Task<SaslMechanism> CreateAsync(string name, SmtpConnectionOptions options, CancellationToken ct) => name switch
    {
        "PLAIN" => new SaslPlain(options.UserName!, options.Password!),
        "LOGIN" => new SaslLogin(options.UserName!, options.Password!),
        "CRAM-MD5" => new SaslCramMd5(options.UserName!, options.Password!),
        "XOAUTH2" => new SaslXOAuth2(options.UserName!, await TokenAsync(options, ct).ConfigureAwait(false)),
        _ => new SaslOAuthBearer(options.UserName!, await TokenAsync(options, ct).ConfigureAwait(false), options.Host, options.Port),
    };

    private static async Task<string> TokenAsync(SmtpConnectionOptions options, CancellationToken ct)
    {
        using CancellationTokenSource limit = new(options.Timeouts.Command, options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        string token;
        try
        {
            token = await options.AccessToken!(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever it throws, the connection cannot be used; the cause goes along.
            throw new SmtpConnectException(SmtpStage.Auth, $"Not signed in at {options}: no access token was given ({e.Message.TrimEnd('.')}).", isPermanent: false, innerException: e);
        }
        // RFC 6750 §2.1: visible ASCII. A control character would change the meaning of what surrounds the token.
        if (string.IsNullOrEmpty(token) || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw Failure(options, "the access token is empty or holds a character that no token has", isPermanent: true);
        return token;
    }

    private static async Task<SmtpReply> ExchangeAsync(SmtpChannel channel, SaslMechanism mechanism, SmtpConnectionOptions options, CancellationToken ct)
    {
        byte[]? first = mechanism.InitialResponse;
        string command = $"AUTH {mechanism.Name}";
        if (first is not null && command.Length + 1 + Base64.GetMaxEncodedToUtf8Length(first.Length) <= MaxCommandLine)
        {
            command = $"{command} {Convert.ToBase64String(first)}";
            first = null;
        }
        SmtpReply reply = await AskAsync(channel, options, command, ct).ConfigureAwait(false);
        for (int round = 0; reply.Class == ReplyClass.Intermediate; round++)
        {
            byte[]? answer = round == MaxRounds ? null : first ?? mechanism.Answer(Decode(reply.Text));
            first = null;
            reply = await AskAsync(channel, options, answer is null ? "*" : Convert.ToBase64String(answer), ct).ConfigureAwait(false);
            if (answer is not null) continue;
            // The answer to a cancellation is 501 (RFC 4954 §4); whatever it is, nobody is signed in.
            return reply.Class is ReplyClass.Permanent or ReplyClass.Transient ? reply : throw new SmtpProtocolException(SmtpStage.Auth, $"The server answered a cancelled AUTH with \"{channel.Secrets.Mask(reply)}\".");
        }
        return reply;
    }

    /// <summary>Whether another mechanism may fare better. A server that keeps only hashes of passwords may offer CRAM-MD5 all the same, and refuse it.</summary>
    private static bool IsAboutMechanism(SaslMechanism mechanism, SmtpReply reply) =>
        reply.Code is 501 or 504 or 534 || (mechanism is SaslCramMd5 && reply.Class == ReplyClass.Permanent);

    private static async Task<SmtpReply> AskAsync(SmtpChannel channel, SmtpConnectionOptions options, string line, CancellationToken ct)
    {
        await channel.WriteAsync(new SmtpCommands().Line(line).Block, SmtpStage.Auth, options.Timeouts.Command, ct).ConfigureAwait(false);
        return await channel.ReadAsync(SmtpStage.Auth, options.Timeouts.Command, ct).ConfigureAwait(false);
    }

    // Some servers put words where an empty challenge belongs: what is not base64 is no challenge.
    private static byte[] Decode(string challenge)
    {
        byte[] octets = new byte[challenge.Length];
        return Convert.TryFromBase64String(challenge, octets, out int count) ? octets[..count] : [];
    }

    private static string Printable(string text)
    {
        text = text.Length > 500 ? $"{text[..500]}..." : text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }

    private static SmtpConnectException Failure(SmtpConnectionOptions options, string reason, bool isPermanent, SmtpReply? reply = null) =>
        new(SmtpStage.Auth, $"Not signed in at {options}: {reason}.", isPermanent, reply);
}
