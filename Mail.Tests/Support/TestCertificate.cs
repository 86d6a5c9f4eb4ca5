using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Tests.Support;

/// <summary>A self-signed server certificate in a folder of its own, also as the PEM files that other servers read.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-tls-");

    public TestCertificate(string dnsName = "localhost", bool withLoopback = true, DateTimeOffset? notAfter = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={dnsName}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(dnsName);
        if (withLoopback) names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset end = notAfter ?? DateTimeOffset.UtcNow.AddDays(1);
        DateTimeOffset start = end.AddDays(-2), yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        Certificate = request.CreateSelfSigned(start < yesterday ? start : yesterday, end);
        File.WriteAllText(CertificateFile, Certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Certificate { get; }

    public string CertificateFile => Path.Combine(_folder.FullName, "cert.pem");

    public string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    public void Dispose()
    {
        Certificate.Dispose();
        _folder.Delete(recursive: true);
    }
}
