using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

/// <summary>Section `Submission`: where apps hand mail in by SMTP, with an API key as password. Not open unless a port is set.</summary>
public sealed class SubmissionOptions
{
    /// <summary>For STARTTLS; 2587 is usual here. 0 takes any free one.</summary>
    [Range(0, 65535)] public int? Port { get; set; }

    /// <summary>For TLS from the first byte; 2465 is usual here.</summary>
    [Range(0, 65535)] public int? TlsPort { get; set; }

    /// <summary>The address to listen on; this machine only in Development, else all.</summary>
    public string? Address { get; set; }

    /// <summary>The name that clients connect to; it stands in the greeting, and the certificate must bear it.</summary>
    [RegularExpression("^[!-~]{1,255}$")] public string HostName { get; set; } = "localhost";

    /// <summary>A PEM file with the certificate and those between it and a root. Read again when it changes. In Development one is made when there is none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>A PEM file with its private key; none when it stands in the same file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The largest mail, in bytes.</summary>
    [Range(64 * 1024, 100 * 1024 * 1024)] public int MaxMessageBytes { get; set; } = 40 * 1024 * 1024;

    /// <summary>All mails that are being taken at the same time, in bytes; one address has a quarter of it.</summary>
    [Range(1024 * 1024, 16L * 1024 * 1024 * 1024)] public long MaxBufferedBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Connections at a time.</summary>
    [Range(1, 100_000)] public int MaxConnections { get; set; } = 1000;

    /// <summary>Connections at a time from one address.</summary>
    [Range(1, 100_000)] public int MaxConnectionsPerAddress { get; set; } = 100;

    /// <summary>Whether programs on this machine may sign in without TLS; as it is in Development when not set.</summary>
    public bool? AllowClearTextFromLoopback { get; set; }

    internal bool IsOpen => Port is not null || TlsPort is not null;
}

/// <summary>Section `Reception`: our mail exchanger, which takes what comes back to return paths of ours. Not open unless a port is set.</summary>
public sealed class ReceptionOptions
{
    /// <summary>2528 is usual here; the world connects to 25, which a forwarding leads to it. 0 takes any free one.</summary>
    [Range(0, 65535)] public int? Port { get; set; }

    /// <summary>The address to listen on; this machine only in Development, else all.</summary>
    public string? Address { get; set; }

    /// <summary>The name that the MX record of the return paths' domain leads to.</summary>
    [RegularExpression("^[!-~]{1,255}$")] public string HostName { get; set; } = "localhost";

    /// <summary>All reports that are being taken at the same time, in bytes; one address has a quarter of it.</summary>
    [Range(1024 * 1024, 16L * 1024 * 1024 * 1024)] public long MaxBufferedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Connections at a time.</summary>
    [Range(1, 100_000)] public int MaxConnections { get; set; } = 500;

    /// <summary>Connections at a time from one address.</summary>
    [Range(1, 100_000)] public int MaxConnectionsPerAddress { get; set; } = 50;
}

[OptionsValidator]
public sealed partial class SubmissionOptionsValidator : IValidateOptions<SubmissionOptions>;

[OptionsValidator]
public sealed partial class ReceptionOptionsValidator : IValidateOptions<ReceptionOptions>;

/// <summary>Makes a host that could not serve SMTP refuse to start, and say what to set.</summary>
internal sealed class SmtpSettings(IHostEnvironment environment) : IValidateOptions<SubmissionOptions>, IValidateOptions<ReceptionOptions>
{
    public ValidateOptionsResult Validate(string? name, SubmissionOptions options)
    {
        if (!options.IsOpen) return ValidateOptionsResult.Success;
        if (AddressProblem(options.Address) is { } problem) return ValidateOptionsResult.Fail($"Submission__Address {problem}");
        if (options.CertificateFile is null)
        {
            return environment.IsDevelopment()
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "SMTP submission needs a certificate: set Submission__CertificateFile to a PEM file for the name in Submission__HostName and Submission__KeyFile to its private key, "
                    + "or leave Submission__Port and Submission__TlsPort away to open no submission.");
        }

        try
        {
            ServerCertificate.Load(options.CertificateFile, options.KeyFile);
            return ValidateOptionsResult.Success;
        }
        catch (UnusableCertificateException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }

    public ValidateOptionsResult Validate(string? name, ReceptionOptions options) =>
        options.Port is not null && AddressProblem(options.Address) is { } problem ? ValidateOptionsResult.Fail($"Reception__Address {problem}") : ValidateOptionsResult.Success;

    private static string? AddressProblem(string? address) => address is null || IPAddress.TryParse(address, out _) ? null : $"is '{address}', which is no IP address.";
}
