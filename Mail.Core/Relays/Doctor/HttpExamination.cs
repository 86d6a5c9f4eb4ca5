using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays.Http;

namespace Mail.Core.Relays.Doctor;

/// <summary>Looks at the way to a provider's API, and whether the provider knows the login. No message is offered.</summary>
internal sealed class HttpExamination(HttpRelay relay, bool allowPrivate, DoctorNotes notes, TimeProvider clock)
{
    public async Task RunAsync(TimeSpan limit, CancellationToken ct)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit * 3);
        Uri uri = relay.Address;
        if (await LookUpAsync(uri, late.Token, ct) is { } addresses && await ConnectAsync(uri, addresses, limit, ct) is { } stream)
        {
            await using (stream)
            {
                if (uri.Scheme != Uri.UriSchemeHttps) notes.Skipped("tls", "The address is http.");
                else if (await SecureAsync(uri, stream, limit, ct) is false) stream.Close();
            }

            if (!notes.HasFailed) await SignInAsync(ct);
        }

        notes.SkipRest("Not reached.", "dns", "connect", "tls", "auth");
    }

    private async Task<IPAddress[]?> LookUpAsync(Uri uri, CancellationToken late, CancellationToken ct)
    {
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(uri.IdnHost, late);
            IPAddress[] allowed = allowPrivate ? found : [.. found.Where(PublicAddress.IsPublic)];
            if (allowed.Length > 0)
            {
                notes.Ok("dns", $"{uri.IdnHost}: {string.Join(", ", (object[])allowed)}");
                return allowed;
            }

            notes.Failed("dns", $"{uri.IdnHost} has no public address.", found.Length == 0 ? DoctorCauses.Of(CauseCodes.RelayNotFound) : DoctorCauses.AddressForbidden);
        }
        catch (Exception e) when (e is SocketException or ArgumentException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            notes.Failed("dns", $"{uri.IdnHost}: {e.Message}", DoctorCauses.Of(CauseCodes.RelayNotFound));
        }

        return null;
    }

    private async Task<NetworkStream?> ConnectAsync(Uri uri, IPAddress[] addresses, TimeSpan limit, CancellationToken ct)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        try
        {
            await socket.ConnectAsync(addresses, uri.Port, late.Token);
            notes.Ok("connect", $"{((IPEndPoint)socket.RemoteEndPoint!).Address} port {uri.Port}");
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            socket.Dispose();
            string code = e is OperationCanceledException or SocketException { SocketErrorCode: SocketError.TimedOut } ? CauseCodes.RelayDoesNotAnswer
                : e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? CauseCodes.RelayRefusesConnections : CauseCodes.RelayUnreachable;
            notes.Failed("connect", $"{uri.IdnHost} port {uri.Port}: {e.Message}", DoctorCauses.Of(code));
            return null;
        }
    }

    private async Task<bool> SecureAsync(Uri uri, NetworkStream stream, TimeSpan limit, CancellationToken ct)
    {
        string seen = "";
        Cause? refusal = null;
        await using SslStream secure = new(stream, leaveInnerStreamOpen: true);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = uri.IdnHost,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    if (certificate is X509Certificate2 full) (seen, refusal) = Judge(full, errors);
                    return errors == SslPolicyErrors.None;
                },
            }, late.Token);
            notes.Ok("tls", $"{secure.SslProtocol}, {secure.NegotiatedCipherSuite}; {seen}");
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            notes.Failed("tls", seen.Length > 0 ? $"{seen}: {e.Message}" : e.Message, refusal ?? DoctorCauses.Of(CauseCodes.TlsFailed));
            return false;
        }
    }

    private (string Seen, Cause? Refusal) Judge(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        DateTimeOffset now = clock.GetUtcNow(), until = certificate.NotAfter.ToUniversalTime();
        string seen = string.Create(CultureInfo.InvariantCulture, $"certificate {certificate.Subject}, ends in {Math.Floor((until - now).TotalDays):0} days ({until:yyyy-MM-dd})");
        if (errors == SslPolicyErrors.None) return (seen, null);
        return (seen, DoctorCauses.Of(
            until < now || certificate.NotBefore.ToUniversalTime() > now ? CauseCodes.CertificateExpired
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CauseCodes.CertificateName : CauseCodes.CertificateUntrusted));
    }

    private async Task SignInAsync(CancellationToken ct)
    {
        if (await relay.ProbeAsync(ct) is { } fault) notes.Failed("auth", fault.Reason, DoctorCauses.Of(CauseFinder.OfFault(fault)));
        else notes.Ok("auth", "The provider accepts the login.");
    }
}
