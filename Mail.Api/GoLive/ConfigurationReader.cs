using Mail.Api.Access;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Core.Accounts.Apps;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Mail.Core.Templates.Storage;
using Mail.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.GoLive;

/// <summary>Makes the document of what is set up now.</summary>
internal sealed class ConfigurationReader(MailDbContext db, DomainSetup domains, RelaySetup relays, WebhookSetup webhooks, AppAccountSettingsStore accounts, TemplateStore templates, PublicUrl site, TimeProvider clock)
{
    /// <summary>What a preset says by itself, and refuses to hear from others.</summary>
    private static readonly string[] _ofPresets = ["host", "port", "tls"];

    private static readonly ConfigurationDocument.Missing[] _leftOut =
    [
        new("secrets", "Passwords and keys of relays, signing secrets of webhooks and callbacks, and keys of domains never leave the database. An import keeps those that are there; what is new gets new ones."),
        new("templates", "Their names alone are here; GET /templates/export holds them."),
        new("sender_identities", "Each is confirmed by a link in its mailbox: add them anew."),
        new("members", "People are invited."),
        new("api_keys", "Only their hashes are stored: make new ones."),
        new("suppressions", "They are people's data: GET /suppressions/export."),
        new("contacts", "They are people's data, and are kept by your apps."),
        new("require_two_factor", "An owner who has it turns it on."),
        new("environment", "Settings of the installation (BASE_URL, SMTP_*, SECRET_KEY and so on) stand in its environment."),
    ];

    public async Task<ConfigurationDocument> ReadAsync(CurrentProject current, CancellationToken ct)
    {
        Project project = await db.Projects.AsNoTracking().SingleAsync(known => known.Id == current.Id, ct);
        ProjectResponse shown = ProjectResponse.Of(project);
        AppAccountSettings? app = await accounts.FindAsync(current.Id, current.IsTest, ct);
        return new ConfigurationDocument(
            ConfigurationDocument.Kind, ConfigurationDocument.CurrentVersion, clock.GetUtcNow(),
            new(shown.Name, shown.DefaultLocale, shown.Region, shown.AlertEmails, shown.Retention, shown.Tracking, shown.RatePerSecond, shown.CompanyName, shown.PostalAddress, shown.LegalFooter),
            [.. (await domains.ListAsync(current.Id, ct)).Select(domain => new ConfigurationDocument.DomainPart(domain.Name, domain.IncludesSubdomains))],
            [.. (await relays.ListAsync(current.Id, ct)).Select(relay => PartOf(RelayResponse.Of(relay, site)))],
            [.. (await webhooks.ListAsync(current.Id, ct)).OrderBy(webhook => webhook.Endpoint, StringComparer.Ordinal).Select(webhook => new ConfigurationDocument.WebhookPart(webhook.Endpoint, webhook.Events, webhook.IsEnabled))],
            app is null ? null : new(app.CallbackUrl, app.Sender, app.AppName, app.AppUrl, app.SupportEmail, app.ResetUrl, app.LooksUp),
            [.. (await templates.NamesAsync(current.Id, ct)).Select(one => one.Key).Order(StringComparer.Ordinal)],
            _leftOut);
    }

    private static ConfigurationDocument.RelayPart PartOf(RelayResponse relay) => new(
        relay.Name, relay.Kind, relay.Preset, relay.PresetRegion, relay.Enabled, relay.Priority, relay.Weight, relay.Lanes, relay.Region, relay.Senders, relay.MaxConnections, relay.RatePerSecond, relay.DayQuota,
        relay.MonthQuota, relay.DomainLimits, relay.WarmUp,
        (relay.Settings ?? new Dictionary<string, object>()).Where(one => one.Value is not RelayResponse.SecretState { Set: false } && (relay.Preset is null || !_ofPresets.Contains(one.Key))).ToDictionary(one => one.Key, one => one.Value));
}
