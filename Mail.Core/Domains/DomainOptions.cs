using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains;

/// <summary>Section `Domains`, of every host: who may send, and how DNS is asked about it.</summary>
public sealed class DomainOptions
{
    /// <summary>Whether a message needs a verified domain or sender identity. Without it: everywhere but in Development.</summary>
    public bool? RequireVerifiedSenders { get; set; }

    /// <summary>Domains, with commas between, that the first project may send from without verifying them here; what DKIM_DOMAIN and EMAIL_FROM name is such a domain already.</summary>
    public string? Trusted { get; set; }

    /// <summary>Name servers to ask in place of the system's: addresses with commas between, each with `:port` where it is not 53.</summary>
    public string? NameServers { get; set; }

    /// <summary>What a sender's SPF record has to name for the default relay, such as `include:spf.example.net`; without it what is known of SMTP_HOST.</summary>
    public string? SpfMechanism { get; set; }

    /// <summary>A host with MX records of ours, to which senders point `bounces.` of their domain; without it no such record is asked for.</summary>
    public string? ReturnPathHost { get; set; }

    /// <summary>A host of ours that answers opens and clicks, to which senders point `links.` of their domain; without it no such record is asked for.</summary>
    public string? TrackingHost { get; set; }

    /// <summary>How often it is looked whether a domain is due for a check.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")] public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A domain is not checked again on demand before this time has passed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan CheckPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the record of a verified domain may be missing before its mail is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan MissingFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long one try to reach a name server may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")] public TimeSpan DnsTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a public key is still checked and kept after another one took its place: mail signed with it is under way for days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")] public TimeSpan OldKeyFor { get; set; } = TimeSpan.FromDays(7);

    internal IReadOnlyList<string> TrustedNames => Split(Trusted);

    internal IReadOnlyList<IPEndPoint>? Servers => Split(NameServers) is { Count: > 0 } given ? [.. given.Select(Parse)] : null;

    internal static IReadOnlyList<string> Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static IPEndPoint Parse(string text) => IPEndPoint.Parse(text) is { Port: 0 } bare ? new IPEndPoint(bare.Address, 53) : IPEndPoint.Parse(text);
}

[OptionsValidator]
internal sealed partial class DomainOptionsValidator : IValidateOptions<DomainOptions>;

internal sealed class DomainListsValidator : IValidateOptions<DomainOptions>
{
    public ValidateOptionsResult Validate(string? name, DomainOptions options)
    {
        foreach (string server in DomainOptions.Split(options.NameServers))
            if (!IPEndPoint.TryParse(server, out _)) return ValidateOptionsResult.Fail($"Domains:NameServers has '{server}', which is not an IP address with or without a port.");
        foreach (string domain in options.TrustedNames)
            if (DomainName.Read(domain) is { IsSuccess: false } wrong) return ValidateOptionsResult.Fail($"Domains:Trusted has '{domain}', which cannot be used: {wrong.Failure.Detail}");
        return ValidateOptionsResult.Success;
    }
}
