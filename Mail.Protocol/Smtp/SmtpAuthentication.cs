using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>AUTH by PLAIN (RFC 4616) or LOGIN. The secrets appear in no text that leaves this class.</summary>
internal static class SmtpAuthentication
{
    private const int MaxCommandLine = 510; // RFC 5321 §4.5.3.1.4, without CRLF; a longer response follows the server's challenge (RFC 4954 §4)

    public static async Task RunAsync(SmtpChannel channel, SmtpCapabilities capabilities, SmtpConnectionOptions options, string userName, string password, CancellationToken ct)
    {
        if (!channel.IsPrivate && !options.AllowPlainTextCredentials)
            throw Failure(options, "the connection is not encrypted, and the password would be readable on the way. Use StartTls or Implicit security", isPermanent: true);

        SmtpReply reply;
        if (capabilities.AuthMechanisms.Contains("PLAIN")) reply = await PlainAsync(channel, options, userName, password, ct).ConfigureAwait(false);
        else if (capabilities.AuthMechanisms.Contains("LOGIN")) reply = await LoginAsync(channel, options, userName, password, ct).ConfigureAwait(false);
        else throw Failure(options, capabilities.AuthMechanisms.Count == 0
            ? $"the server offers no AUTH{(channel.IsSecure ? "" : " without TLS; use StartTls or Implicit security")}. Remove user name and password if it needs none"
            : $"the server offers {string.Join(", ", capabilities.AuthMechanisms)}; PLAIN and LOGIN are supported", isPermanent: true);

        if (reply.Class == ReplyClass.Success) return;
        reply = Mask(reply, userName, password);
        string advice = reply.Class == ReplyClass.Permanent ? ". Check user name and password" : "";
        throw Failure(options, $"the server answers \"{reply}\"{advice}", reply.Class != ReplyClass.Transient, reply);
    }

    private static async Task<SmtpReply> PlainAsync(SmtpChannel channel, SmtpConnectionOptions options, string userName, string password, CancellationToken ct)
    {
        string response = Encode($"\0{userName}\0{password}");
        string command = $"AUTH PLAIN {response}";
        if (command.Length <= MaxCommandLine) return await AskAsync(channel, options, command, ct).ConfigureAwait(false);
        SmtpReply challenge = await AskAsync(channel, options, "AUTH PLAIN", ct).ConfigureAwait(false);
        return challenge.Class == ReplyClass.Intermediate ? await AskAsync(channel, options, response, ct).ConfigureAwait(false) : challenge;
    }

    // LOGIN has no RFC: the server asks for the name, then for the password, whatever words it uses.
    private static async Task<SmtpReply> LoginAsync(SmtpChannel channel, SmtpConnectionOptions options, string userName, string password, CancellationToken ct)
    {
        SmtpReply challenge = await AskAsync(channel, options, "AUTH LOGIN", ct).ConfigureAwait(false);
        if (challenge.Class != ReplyClass.Intermediate) return challenge;
        challenge = await AskAsync(channel, options, Encode(userName), ct).ConfigureAwait(false);
        return challenge.Class == ReplyClass.Intermediate ? await AskAsync(channel, options, Encode(password), ct).ConfigureAwait(false) : challenge;
    }

    private static async Task<SmtpReply> AskAsync(SmtpChannel channel, SmtpConnectionOptions options, string line, CancellationToken ct)
    {
        await channel.WriteAsync(new SmtpCommands().Line(line).Block, SmtpStage.Auth, options.Timeouts.Command, ct).ConfigureAwait(false);
        return await channel.ReadAsync(SmtpStage.Auth, options.Timeouts.Command, ct).ConfigureAwait(false);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // Some servers repeat what they were sent.
    private static SmtpReply Mask(SmtpReply reply, string userName, string password)
    {
        string text = reply.Text;
        foreach (string secret in new[] { password, Encode(password), Encode($"\0{userName}\0{password}") })
            if (secret.Length > 0) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return reply with { Text = text };
    }

    private static SmtpConnectException Failure(SmtpConnectionOptions options, string reason, bool isPermanent, SmtpReply? reply = null) =>
        new(SmtpStage.Auth, $"Not signed in at {options}: {reason}.", isPermanent, reply);
}
