using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Smtp;

/// <summary>What comes before the first message: greeting, EHLO, TLS, AUTH, in this order. Reads as the conversation runs.</summary>
internal static class SmtpHandshake
{
    /// <summary>Takes the channel over; it is closed when the handshake fails.</summary>
    public static async Task<SmtpConnection> RunAsync(SmtpChannel channel, SmtpConnectionOptions options, CancellationToken ct)
    {
        try
        {
            SmtpCapabilities capabilities = await ConverseAsync(channel, options, ct).ConfigureAwait(false);
            return new SmtpConnection(channel, capabilities, options.Timeouts);
        }
        catch (Exception e) when (e is SmtpConnectionLostException or SmtpProtocolException or SmtpTimeoutException)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            SmtpStage stage = (e as SmtpException)?.Stage ?? ((SmtpTimeoutException)e).Stage;
            throw new SmtpConnectException(stage, $"No conversation with {options}: {e.Message}{Hint(options, stage)}", isPermanent: false, innerException: e);
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<SmtpCapabilities> ConverseAsync(SmtpChannel channel, SmtpConnectionOptions options, CancellationToken ct)
    {
        if (options.Security == SmtpSecurity.Implicit) await SmtpTls.SecureAsync(channel, options, ct).ConfigureAwait(false);

        SmtpReply greeting = await channel.ReadAsync(SmtpStage.Greeting, options.Timeouts.Greeting, ct).ConfigureAwait(false);
        if (greeting.Class != ReplyClass.Success) throw Refused(options, SmtpStage.Greeting, "does not accept the connection", greeting);

        SmtpCapabilities capabilities = await GreetAsync(channel, options, ct).ConfigureAwait(false);
        if (await StartTlsAsync(channel, capabilities, options, ct).ConfigureAwait(false))
            capabilities = await GreetAsync(channel, options, ct).ConfigureAwait(false); // what was said before is forgotten, RFC 3207 §4.2

        if (options is { UserName: { } userName, Password: { } password })
            await SmtpAuthentication.RunAsync(channel, capabilities, options, userName, password, ct).ConfigureAwait(false);
        return capabilities;
    }

    private static async Task<SmtpCapabilities> GreetAsync(SmtpChannel channel, SmtpConnectionOptions options, CancellationToken ct)
    {
        string name = options.LocalName ?? LocalName(channel.LocalAddress);
        SmtpReply reply = await AskAsync(channel, SmtpStage.Hello, $"EHLO {name}", options, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Success) return SmtpCapabilities.Parse(reply.Text);
        if (reply.Class != ReplyClass.Permanent) throw Refused(options, SmtpStage.Hello, "refuses EHLO", reply);

        // A server that does not know EHLO, RFC 5321 §3.2.
        reply = await AskAsync(channel, SmtpStage.Hello, $"HELO {name}", options, ct).ConfigureAwait(false);
        return reply.Class == ReplyClass.Success ? SmtpCapabilities.None : throw Refused(options, SmtpStage.Hello, "refuses EHLO and HELO", reply);
    }

    private static async Task<bool> StartTlsAsync(SmtpChannel channel, SmtpCapabilities capabilities, SmtpConnectionOptions options, CancellationToken ct)
    {
        if (options.Security is not (SmtpSecurity.StartTls or SmtpSecurity.Opportunistic)) return false;
        bool isRequired = options.Security == SmtpSecurity.StartTls;
        if (!capabilities.StartTls)
        {
            return isRequired
                ? throw new SmtpConnectException(SmtpStage.Tls, $"{options} does not offer STARTTLS, which the settings require. If the port speaks TLS from the first byte (usual on 465), set the security to Implicit.", isPermanent: true)
                : false;
        }

        SmtpReply reply = await AskAsync(channel, SmtpStage.Tls, "STARTTLS", options, ct).ConfigureAwait(false);
        if (reply.Class != ReplyClass.Success) return isRequired ? throw Refused(options, SmtpStage.Tls, "refuses STARTTLS", reply) : false;

        // Bytes in plain text behind the 220 would be read as replies from inside of TLS: an attacker can put them there.
        if (channel.HasUnread)
            throw new SmtpConnectException(SmtpStage.Tls, $"{options} sent more than the reply to STARTTLS before TLS began; somebody may be injecting replies.", isPermanent: false, reply);
        await SmtpTls.SecureAsync(channel, options, ct).ConfigureAwait(false);
        return true;
    }

    private static async Task<SmtpReply> AskAsync(SmtpChannel channel, SmtpStage stage, string command, SmtpConnectionOptions options, CancellationToken ct)
    {
        await channel.WriteAsync(new SmtpCommands().Line(command).Block, stage, options.Timeouts.Command, ct).ConfigureAwait(false);
        return await channel.ReadAsync(stage, options.Timeouts.Command, ct).ConfigureAwait(false);
    }

    // A name with a domain, else the address literal of RFC 5321 §4.1.3, which is always true.
    private static string LocalName(IPAddress? address)
    {
        string name = System.Net.Dns.GetHostName();
        if (name.Contains('.', StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')) return name;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is null ? "[127.0.0.1]" : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";
    }

    private static SmtpConnectException Refused(SmtpConnectionOptions options, SmtpStage stage, string what, SmtpReply reply) =>
        new(stage, $"{options} {what}: \"{reply}\".", reply.Class == ReplyClass.Permanent, reply);

    private static string Hint(SmtpConnectionOptions options, SmtpStage stage) =>
        stage == SmtpStage.Greeting && options.Security != SmtpSecurity.Implicit ? " If the port speaks TLS from the first byte (usual on 465), set the security to Implicit." : "";
}
