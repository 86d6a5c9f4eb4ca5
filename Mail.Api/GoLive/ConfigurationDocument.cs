using System.Text.Json.Serialization;
using Mail.Api.Projects;
using Mail.Core.Relays.Limits;
using Mail.Core.Tracking;

namespace Mail.Api.GoLive;

/// <summary>What is set up in a project, without secrets: written out by GET /configuration/export, taken by POST /configuration/import.</summary>
/// <param name="AccountSettings">Those of the key's mode; null when nothing is set up.</param>
/// <param name="Templates">Names alone: GET /templates/export holds the templates.</param>
/// <param name="LeftOut">What the document does not hold, and where it comes from.</param>
public sealed record ConfigurationDocument(
    string Object, int Version, DateTimeOffset ExportedAt, ConfigurationDocument.ProjectPart Project, IReadOnlyList<ConfigurationDocument.DomainPart> Domains, IReadOnlyList<ConfigurationDocument.RelayPart> Relays,
    IReadOnlyList<ConfigurationDocument.WebhookPart> Webhooks, ConfigurationDocument.AccountPart? AccountSettings, IReadOnlyList<string> Templates, IReadOnlyList<ConfigurationDocument.Missing> LeftOut)
{
    public const string Kind = "configuration";
    public const int CurrentVersion = 1;

    /// <summary>As PATCH /project takes it, but `require_two_factor`.</summary>
    public sealed record ProjectPart(
        string Name, string DefaultLocale, string? Region, IReadOnlyList<string> AlertEmails, RetentionFacts Retention, TrackingRequest Tracking, int? RatePerSecond, string? CompanyName, string? PostalAddress, string? LegalFooter);

    public sealed record DomainPart(string Name, bool IncludeSubdomains);

    /// <summary>As POST /relays takes it; a secret is `{"set": true}`.</summary>
    public sealed record RelayPart(
        string Name, string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Preset, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PresetRegion,
        bool Enabled, int Priority, int Weight, IReadOnlyList<string> Lanes, string? Region, IReadOnlyList<string> Senders, int? MaxConnections, double? RatePerSecond, long? DayQuota, long? MonthQuota,
        IReadOnlyList<DomainLimit> DomainLimits, WarmUp? WarmUp, IReadOnlyDictionary<string, object> Settings);

    public sealed record WebhookPart(string Endpoint, IReadOnlyList<string> Events, bool Enabled);

    public sealed record AccountPart(string CallbackUrl, string? From, string? AppName, string? AppUrl, string? SupportEmail, string? ResetUrl, bool Lookup);

    public sealed record Missing(string What, string Why);
}
