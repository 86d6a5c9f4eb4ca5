using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Smtp;

/// <summary>Name lookup and TCP: the addresses of the host one after the other, in the system's order.</summary>
internal static class TcpConnector
{
    public static async Task<SmtpChannel> ConnectAsync(SmtpConnectionOptions options, SmtpTranscript? transcript, CancellationToken ct)
    {
        Exception? failure = null;
        foreach (IPAddress address in await LookUpAsync(options, transcript, ct).ConfigureAwait(false))
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using CancellationTokenSource limit = new(options.Timeouts.Connect, options.Clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, options.Port), either.Token).ConfigureAwait(false);
                transcript?.Note($"connected to {address} port {options.Port}");
                options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Connect, $"{address} port {options.Port}") { Addresses = [address] });
                return new SmtpChannel(new NetworkStream(socket, ownsSocket: true), socket, options.Clock) { Transcript = transcript };
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                ct.ThrowIfCancellationRequested();
                failure = e is OperationCanceledException ? new SmtpTimeoutException(SmtpStage.Connect, options.Timeouts.Connect) : e;
            }
        }
        throw Failure(SmtpStage.Connect, $"Nothing answers at {options} ({failure?.Message.TrimEnd('.')}). Check host and port, and whether a firewall is in the way.", transcript, failure);
    }

    private static async Task<IPAddress[]> LookUpAsync(SmtpConnectionOptions options, SmtpTranscript? transcript, CancellationToken ct)
    {
        using CancellationTokenSource limit = new(options.Timeouts.Connect, options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        Exception? failure = null;
        try
        {
            IPAddress[] addresses = await System.Net.Dns.GetHostAddressesAsync(options.Host, either.Token).ConfigureAwait(false);
            if (addresses.Length > 0) return Allowed(addresses, options, transcript);
        }
        catch (Exception e) when (e is SocketException or ArgumentException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            failure = e is OperationCanceledException ? new SmtpTimeoutException(SmtpStage.Dns, options.Timeouts.Connect) : e;
        }
        throw Failure(SmtpStage.Dns, $"The host \"{options.Host}\" has no address ({failure?.Message.TrimEnd('.') ?? "empty answer"}). Check the spelling and the name server.", transcript, failure);
    }

    /// <summary>Those that may be connected to. What a name leads to where it may not go is not told: it would be a map of a network that is none of the asker's business.</summary>
    private static IPAddress[] Allowed(IPAddress[] addresses, SmtpConnectionOptions options, SmtpTranscript? transcript)
    {
        IPAddress[] allowed = options.AllowsAddress is { } allows ? [.. addresses.Where(allows)] : addresses;
        if (allowed.Length == 0)
        {
            string message = $"The host \"{options.Host}\" leads to an address that may not be connected to: this machine, a private network or another that is not public.";
            transcript?.Note(message);
            throw new SmtpConnectException(SmtpStage.Dns, message, isPermanent: true) { IsAddressForbidden = true };
        }

        options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Dns, string.Join(", ", (object[])allowed)) { Addresses = allowed });
        return allowed;
    }

    private static SmtpConnectException Failure(SmtpStage stage, string message, SmtpTranscript? transcript, Exception? cause)
    {
        transcript?.Note(message);
        return new SmtpConnectException(stage, message, isPermanent: false, innerException: cause);
    }
}
