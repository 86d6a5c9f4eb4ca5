using System.Diagnostics.Metrics;
using System.Net.Security;
using Mail.Core.Common;

namespace Mail.Api.Smtp;

/// <summary>When the certificate of the SMTP endpoints ends, on the meter `Mail`.</summary>
internal static class CertificateMetrics
{
    private static long _endsAt; // Unix seconds; 0 without one

    private static readonly ObservableGauge<double> _expires = MailTelemetry.Meter.CreateObservableGauge("mail.certificate.expires", Observe, "s", "Until the certificate of an endpoint ends, by use; negative when it has ended.");

    public static void Taken(SslStreamCertificateContext certificate)
    {
        Volatile.Write(ref _endsAt, new DateTimeOffset(certificate.TargetCertificate.NotAfter).ToUnixTimeSeconds());
        _ = _expires;
    }

    private static IEnumerable<Measurement<double>> Observe() =>
        Volatile.Read(ref _endsAt) is > 0 and long ends ? [new(ends - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("mail.use", "smtp"))] : [];
}
