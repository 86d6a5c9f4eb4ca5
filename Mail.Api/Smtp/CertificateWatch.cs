using System.Net.Security;
using Mail.Core.Alerts;
using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

/// <summary>Says in time that the certificate of the SMTP endpoints ends: as a metric, and as an alert of the installation.</summary>
public sealed class CertificateWatch(IAlerts alerts, IOptions<AlertOptions> options, IOptions<SubmissionOptions> submission, TimeProvider clock)
{
    private bool _isTold;

    /// <summary>Called at the start and every minute, with the certificate that is shown to clients.</summary>
    public void Look(SslStreamCertificateContext certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        CertificateMetrics.Taken(certificate);
        if (submission.Value.CertificateFile is null) return; // made by ourselves for development, and made anew at a start
        DateTimeOffset ends = new(certificate.TargetCertificate.NotAfter);
        AlertKey key = new(null, AlertKind.CertificateEnds, submission.Value.HostName);
        if (ends - clock.GetUtcNow() <= options.Value.CertificateEndsWithin)
        {
            alerts.Raise(key, new AlertFacts { Until = ends }, times: _isTold ? 0 : 1);
            _isTold = true;
        }
        else if (_isTold)
        {
            alerts.Resolve(key); // only by who said so: another host may still show the old one
            _isTold = false;
        }
    }
}
