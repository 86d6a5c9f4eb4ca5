using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Protocol.Smtp;

/// <summary>The TLS handshake and the judgement of the certificate, with failures that say what to change.</summary>
internal static class SmtpTls
{
    private static readonly Oid _serverAuthentication = new("1.3.6.1.5.5.7.3.1"); // RFC 5280 §4.2.1.12: a person's certificate of the same authority is none of a server

    public static async Task SecureAsync(SmtpChannel channel, SmtpConnectionOptions options, CancellationToken ct)
    {
        string? refusal = null;
        X509Certificate2Collection extraAuthorities = LoadAuthorities(options);
        SslClientAuthenticationOptions tls = new()
        {
            TargetHost = options.Host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (options.CertificateShown is { } shown && certificate is X509Certificate2 full) shown(Judged(full, chain, errors, extraAuthorities));
                if (options.TlsPolicy != SmtpTlsPolicy.RequiredVerified || errors == SslPolicyErrors.None) return true;
                if (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsTrusted(certificate, chain, extraAuthorities)) return true;
                refusal = Describe(certificate, chain, errors);
                return false;
            },
        };

        using CancellationTokenSource limit = new(options.Timeouts.TlsHandshake, options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            string agreed = await channel.SecureAsync(tls, either.Token).ConfigureAwait(false);
            options.Progress?.Invoke(new SmtpConnectStep(SmtpStage.Tls, agreed));
        }
        catch (AuthenticationException e) when (refusal is not null)
        {
            throw Failure(options, $"its certificate is refused: {refusal}. Correct the certificate, name its authority in TrustedCaFile, or do without verification by TlsPolicy Required", isPermanent: true, e);
        }
        catch (AuthenticationException e)
        {
            string hint = options.ImplicitTls ? ". If the port begins in plain text (usual on 587 and 25), turn ImplicitTls off" : "";
            throw Failure(options, $"{e.Message.TrimEnd('.')}{hint}", isPermanent: true, e);
        }
        catch (IOException e)
        {
            throw Failure(options, e.Message.TrimEnd('.'), isPermanent: false, e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure(options, "the handshake took too long", isPermanent: false, new SmtpTimeoutException(SmtpStage.Tls, options.Timeouts.TlsHandshake));
        }
    }

    private static SmtpShownCertificate Judged(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && IsTrusted(certificate, chain, authorities)) errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        return new SmtpShownCertificate(
            certificate, errors == SslPolicyErrors.None ? null : Describe(certificate, chain, errors),
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors));
    }

    private static SmtpConnectException Failure(SmtpConnectionOptions options, string reason, bool isPermanent, Exception inner) =>
        new(SmtpStage.Tls, $"No TLS with {options}: {reason}.", isPermanent, innerException: inner) { IsTlsUnusable = true };

    private static X509Certificate2Collection LoadAuthorities(SmtpConnectionOptions options)
    {
        X509Certificate2Collection authorities = [];
        if (options.TlsPolicy != SmtpTlsPolicy.RequiredVerified || options.TrustedCaFile is not { } file) return authorities;
        try { authorities.ImportFromPemFile(file); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SmtpConnectException(SmtpStage.Tls, $"The file \"{file}\" of TrustedCaFile cannot be read as PEM certificates ({e.Message.TrimEnd('.')}).", isPermanent: true, innerException: e);
        }
        return authorities;
    }

    // The system's authorities have said no; the chain is built again with the extra ones. The name has been checked already.
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? systemChain, X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0 || certificate is not X509Certificate2 leaf) return false;
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(_serverAuthentication);
        if (systemChain is not null) foreach (X509ChainElement element in systemChain.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        List<string> reasons = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) reasons.Add("there is none");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) reasons.Add($"it is made for another name ({certificate?.Subject})");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
            reasons.AddRange(chain.ChainStatus.Select(s => s.StatusInformation.Trim().TrimEnd('.')).Distinct());
        return string.Join("; ", reasons);
    }
}
