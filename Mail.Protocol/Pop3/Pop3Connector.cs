using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Protocol.Pop3;

/// <summary>TCP and TLS to a POP3 server.</summary>
internal static class Pop3Connector
{
    public static async Task<Stream> ConnectAsync(Pop3ConnectionOptions options, CancellationToken ct)
    {
        Exception? failure = null;
        foreach (IPAddress address in await LookUpAsync(options, ct).ConfigureAwait(false))
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(options.Timeout);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, options.Port), limit.Token).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                ct.ThrowIfCancellationRequested();
                failure = e;
            }
        }

        throw new Pop3Exception(Pop3Failure.Connection, $"Nothing answers at {options}. Check host and port, and whether a firewall is in the way.", failure);
    }

    public static async Task<Stream> SecureAsync(Stream stream, Pop3ConnectionOptions options, CancellationToken ct)
    {
        SslStream secure = new(stream, leaveInnerStreamOpen: false);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Timeout);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = Policy(options) }, limit.Token).ConfigureAwait(false);
            return secure;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or CryptographicException or UnauthorizedAccessException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new Pop3Exception(Pop3Failure.Tls, $"No TLS with {options}: {(e is OperationCanceledException ? "the handshake took too long" : e.Message.TrimEnd('.'))}. Check the port (995 begins with TLS, 110 in plain text) and the certificate.", e);
        }
    }

    private static X509ChainPolicy? Policy(Pop3ConnectionOptions options)
    {
        if (options.TrustedCaFile is not { } file) return null;
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private static async Task<IPAddress[]> LookUpAsync(Pop3ConnectionOptions options, CancellationToken ct)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await System.Net.Dns.GetHostAddressesAsync(options.Host, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new Pop3Exception(Pop3Failure.Connection, $"The host \"{options.Host}\" has no address ({e.Message.TrimEnd('.')}). Check the spelling and the name server.", e);
        }

        IPAddress[] allowed = options.AllowsAddress is { } allows ? [.. addresses.Where(allows)] : addresses;
        return allowed.Length > 0
            ? allowed
            : throw new Pop3Exception(Pop3Failure.Connection, $"The host \"{options.Host}\" leads to no address that may be connected to: this machine, a private network or another that is not public.");
    }
}
