using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Smtp;

/// <summary>What comes before the first message: greeting, EHLO, TLS, AUTH, in this order. Reads as the conversation runs.</summary>
internal static class SmtpHandshake
{
    /// <summary>Takes the channel over; it is closed when the handshake fails. Without TLS when opportunistic TLS has failed on another connection.</summary>
    public static async Task<SmtpConnection> RunAsync(SmtpChannel channel, SmtpConnectionOptions options, bool withoutTls, CancellationToken ct)
    {
        channel.Secrets = SmtpSecrets.OfPassword(options.Password);
        channel.IsOpening = true;
        try
        {
            SmtpCapabilities capabilities = await ConverseAsync(channel, options, withoutTls, ct).ConfigureAwait(false);
            channel.IsOpening = false;
            return new SmtpConnection(channel, capabilities, options.Timeouts);
        }
        catch (Exception e) when (e is SmtpConnectionLostException or SmtpProtocolException or SmtpTimeoutException)
        {
            SmtpStage stage = (e as SmtpException)?.Stage ?? ((SmtpTimeoutException)e).Stage;
            SmtpConnectException failure = new(stage, $"No conversation with {options}: {e.Message}{Hint(options, stage)}", isPermanent: false, innerException: e) { IsTlsUnusable = stage == SmtpStage.Tls };
            await CloseAsync(channel, failure).ConfigureAwait(false);
            throw failure;
        }
        catch (SmtpConnectException e)
        {
            await CloseAsync(channel, e).ConfigureAwait(false);
            throw;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<SmtpCapabilities> ConverseAsync(SmtpChannel channel, SmtpConnectionOptions options, bool withoutTls, CancellationToken ct)
    {
        if (options.ImplicitTls) await SmtpTls.SecureAsync(channel, options, ct).ConfigureAwait(false);

        SmtpReply greeting = await channel.ReadAsync(SmtpStage.Greeting, options.Timeouts.Greeting, ct).ConfigureAwait(false);
        if (!IsYes(greeting)) throw Refused(options, SmtpStage.Greeting, "does not accept the connection", channel.Secrets.Mask(greeting));
        options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Greeting, greeting.ToString()));

        SmtpCapabilities capabilities = await GreetAsync(channel, options, ct).ConfigureAwait(false);
        if (!withoutTls && await StartTlsAsync(channel, capabilities, options, ct).ConfigureAwait(false))
            capabilities = await GreetAsync(channel, options, ct).ConfigureAwait(false); // what was said before is forgotten, RFC 3207 §4.2

        if (options.HasCredentials) await SmtpAuthentication.RunAsync(channel, capabilities, options, ct).ConfigureAwait(false);
        return capabilities;
    }

    private static async Task<SmtpCapabilities> GreetAsync(SmtpChannel channel, SmtpConnectionOptions options, CancellationToken ct)
    {
        string name = options.LocalName ?? LocalName(channel.LocalAddress);
        SmtpReply reply = await AskAsync(channel, SmtpStage.Hello, $"EHLO {name}", options, ct).ConfigureAwait(false);
        if (IsYes(reply)) return Offered(SmtpCapabilities.Parse(reply.Text), "EHLO");
        if (reply.Class != ReplyClass.Permanent) throw Refused(options, SmtpStage.Hello, "refuses EHLO", channel.Secrets.Mask(reply));

        // A server that does not know EHLO, RFC 5321 §3.2.
        reply = await AskAsync(channel, SmtpStage.Hello, $"HELO {name}", options, ct).ConfigureAwait(false);
        return IsYes(reply) ? Offered(SmtpCapabilities.None, "HELO") : throw Refused(options, SmtpStage.Hello, "refuses EHLO and HELO", channel.Secrets.Mask(reply));

        SmtpCapabilities Offered(SmtpCapabilities capabilities, string command)
        {
            options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Hello, command) { Capabilities = capabilities });
            return capabilities;
        }
    }

    /// <returns>Whether TLS has begun.</returns>
    private static async Task<bool> StartTlsAsync(SmtpChannel channel, SmtpCapabilities capabilities, SmtpConnectionOptions options, CancellationToken ct)
    {
        if (options.TlsPolicy == SmtpTlsPolicy.None || options.ImplicitTls) return false;
        if (!capabilities.StartTls)
        {
            if (options.TlsPolicy == SmtpTlsPolicy.Opportunistic) return false;
            throw new SmtpConnectException(SmtpStage.Tls, $"{options} does not offer STARTTLS, and the settings require TLS. If the port speaks TLS from the first byte (usual on 465), use TLS from the first byte.", isPermanent: true);
        }

        // Only 220 says "begin": after any other 2yz the server goes on in plain text, or closes.
        SmtpReply reply = await AskAsync(channel, SmtpStage.Tls, "STARTTLS", options, ct).ConfigureAwait(false);
        if (reply.Code != 220) throw Refused(options, SmtpStage.Tls, "refuses STARTTLS", channel.Secrets.Mask(reply));

        // Bytes in plain text behind the 220 would be read as replies from inside of TLS: an attacker can put them there.
        // This is a sign of an attack, so less protection is not the answer to it, whatever the policy.
        if (channel.HasUnread)
            throw new SmtpConnectException(SmtpStage.Tls, $"{options} sent more than the reply to STARTTLS before TLS began; somebody may be injecting replies.", isPermanent: false, channel.Secrets.Mask(reply));
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

    // 221 says goodbye, whatever it answers.
    private static bool IsYes(SmtpReply reply) => reply.Class == ReplyClass.Success && reply.Code != 221;

    private static SmtpConnectException Refused(SmtpConnectionOptions options, SmtpStage stage, string what, SmtpReply reply) =>
        new(stage, $"{options} {what}: \"{reply}\".", reply.Class == ReplyClass.Permanent, reply) { IsTlsUnusable = stage == SmtpStage.Tls };

    private static ValueTask CloseAsync(SmtpChannel channel, SmtpConnectException failure)
    {
        channel.Transcript?.Note(failure.Message);
        return channel.DisposeAsync();
    }

    private static string Hint(SmtpConnectionOptions options, SmtpStage stage) =>
        stage == SmtpStage.Greeting && !options.ImplicitTls && options.TlsPolicy != SmtpTlsPolicy.None ? " If the port speaks TLS from the first byte (usual on 465), use TLS from the first byte." : "";
}
