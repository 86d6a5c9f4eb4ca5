using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Checks the signatures of SNS, versions 1 and 2 (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). That a certificate is Amazon's follows from
/// where it is fetched: by TLS from a host that only Amazon has. It is kept for a day.
/// </summary>
public sealed partial class SnsVerifier(SnsTransport transport, ILogger<SnsVerifier> logger)
{
    private const int MostCertificates = 100;

    private static readonly TimeSpan _keepFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan _askAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uri, (RSA? Key, DateTimeOffset Until)> _keys = new();

    /// <summary>Whether it is an address at a host of SNS, by https and its own port, without a user.</summary>
    public static bool TryAddress(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.UserInfo.Length == 0 && Host().IsMatch(url.Host);

    /// <returns>Null when the message is Amazon's and as it was written.</returns>
    internal async ValueTask<Failure?> RefuseAsync(SnsMessage message, string setting, DateTimeOffset now, CancellationToken ct)
    {
        HashAlgorithmName? hash = message.SignatureVersion switch { "1" => HashAlgorithmName.SHA1, "2" => HashAlgorithmName.SHA256, _ => null };
        byte[] signature = new byte[1024];
        if (hash is not { } algorithm || !Convert.TryFromBase64String(message.Signature, signature, out int length)) return WebhookRefusals.WrongSignature(setting);
        if (!TryAddress(message.SigningCertUrl, out Uri? url) || !CertificatePath().IsMatch(url.PathAndQuery))
            return new Failure(FailureKind.Unauthenticated, "webhook_wrong_signature", "`SigningCertURL` is no certificate at https://sns.<region>.amazonaws.com.");
        RSA? key;
        try
        {
            key = await KeyAsync(url, now, ct);
        }
        catch (HttpRequestException e)
        {
            LogNotFetched(url, e.Message);
            return new Failure(FailureKind.Unavailable, "service_unavailable", "The certificate that this is signed with cannot be fetched from Amazon SNS just now.");
        }

        return key is not null && key.VerifyData(message.Signed, signature.AsSpan(0, length), algorithm, RSASignaturePadding.Pkcs1) ? null : WebhookRefusals.WrongSignature(setting);
    }

    /// <returns>Null when what stands there is no certificate of SNS that is valid now.</returns>
    private async ValueTask<RSA?> KeyAsync(Uri url, DateTimeOffset now, CancellationToken ct)
    {
        if (_keys.TryGetValue(url, out (RSA? Key, DateTimeOffset Until) known) && known.Until > now) return known.Key;
        RSA? key = KeyOf(await transport.GetAsync(url, ct), now);
        if (_keys.Count >= MostCertificates) _keys.Clear(); // a handful in any honest installation
        _keys[url] = (key, now + (key is null ? _askAgainAfter : _keepFor));
        return key;
    }

    private static RSA? KeyOf(string pem, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
            bool isItsTime = now.UtcDateTime >= certificate.NotBefore.ToUniversalTime() && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();
            return isItsTime && Name().IsMatch(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)) ? certificate.GetRSAPublicKey() : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate {Url} could not be fetched: {Problem}")]
    private partial void LogNotFetched(Uri url, string problem);

    /// <summary>`sns.eu-west-3.amazonaws.com`. The region must have the form of one: `sns.s3-us-west-2.amazonaws.com` is a bucket of S3, which belongs to whoever made it.</summary>
    [GeneratedRegex(@"\Asns\.[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}\.amazonaws\.com(\.cn)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem\z", RegexOptions.NonBacktracking)]
    private static partial Regex CertificatePath();

    /// <summary>`sns.amazonaws.com`, or one with a region, by the partition.</summary>
    [GeneratedRegex(@"\Asns[a-z0-9.-]{0,60}\.amazonaws\.com(\.cn)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
