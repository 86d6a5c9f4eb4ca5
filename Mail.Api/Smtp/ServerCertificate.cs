using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mail.Api.Smtp;

/// <summary>The certificate of the SMTP endpoints: from PEM files, or for Development one of our own that is made once and kept.</summary>
internal static class ServerCertificate
{
    private const string OwnFile = "smtp-certificate.pem";

    /// <param name="keyFile">Null when the key stands in the same file.</param>
    /// <exception cref="UnusableCertificateException">The files cannot be used; the message says why and repeats nothing of the key.</exception>
    public static SslStreamCertificateContext Load(string certificateFile, string? keyFile)
    {
        try
        {
            X509Certificate2Collection all = [];
            all.ImportFromPemFile(certificateFile);
            X509Certificate2 own = X509Certificate2.CreateFromPemFile(certificateFile, keyFile ?? certificateFile);
            all.RemoveAt(0); // the rest is the chain
            return SslStreamCertificateContext.Create(own, all, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableCertificateException($"The certificate in '{certificateFile}' (Submission__CertificateFile, Submission__KeyFile) cannot be used: {e.Message}");
        }
    }

    /// <summary>The file of a self-signed certificate, for this machine and a name; made when there is none or it has become old.</summary>
    public static string MakeOwn(string contentRoot, string hostName, DateTimeOffset now)
    {
        string folder = Path.Combine(StateFolder(contentRoot), "smtp");
        string file = Path.Combine(folder, OwnFile);
        if (IsGood(file, hostName, now)) return file;
        Directory.CreateDirectory(folder);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={hostName}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        foreach (string name in (string[])[.. new HashSet<string> { "localhost", hostName }])
            if (Uri.CheckHostName(name) == UriHostNameType.Dns) names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));

        // Several hosts may start at once: the file appears whole, and whoever comes last is right.
        string draft = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        using (FileStream stream = new(draft, Options(FileMode.CreateNew)))
        using (StreamWriter writer = new(stream))
        {
            writer.WriteLine(certificate.ExportCertificatePem());
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(draft, file, overwrite: true);
        return file;
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static bool IsGood(string file, string hostName, DateTimeOffset now)
    {
        if (!File.Exists(file)) return false;
        try
        {
            using X509Certificate2 known = X509Certificate2.CreateFromPemFile(file, file);
            return known.NotAfter > now.AddDays(30).LocalDateTime && known.MatchesHostname(hostName);
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            return false;
        }
    }

    /// <summary>`.local` beside the solution, where everything of a development machine lies; else beside the program.</summary>
    private static string StateFolder(string contentRoot)
    {
        for (DirectoryInfo? folder = new(contentRoot); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Mail.Aspire.sln"))) return Path.Combine(folder.FullName, ".local");
        return Path.Combine(contentRoot, ".local");
    }
}

/// <summary>A certificate cannot be used; the message is for the person who set it.</summary>
public sealed class UnusableCertificateException(string message) : Exception(message);
