using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Setup;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Domains.Senders;

/// <summary>Reads what decides about a project's senders: its verified domains and identities, its relays and, for the first project, the installation's configuration.</summary>
public sealed class SenderReader(NpgsqlDataSource dataSource, RelaySecrets secrets, IConfiguration configuration, IOptions<DomainOptions> options)
{
    private const string DomainsSql = "SELECT name, includes_subdomains FROM domains WHERE project_id = $1 AND status IN ('verified', 'temporary_failure')";
    private const string IdentitiesSql = "SELECT match, name, reply_to, company, postal_address FROM sender_identities WHERE project_id = $1 AND verified_at IS NOT NULL";
    private const string RelaysSql = "SELECT name, kind, settings, senders FROM relays WHERE project_id = $1 AND is_enabled ORDER BY priority, id";
    private const string ProjectSql = "SELECT $1 = (SELECT id FROM projects ORDER BY created_at, id LIMIT 1), company_name, postal_address, legal_footer FROM projects WHERE id = $1";

    public async Task<SenderPolicy> ReadAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        foreach (string sql in (string[])[DomainsSql, IdentitiesSql, RelaysSql, ProjectSql])
        {
#pragma warning disable CA2100 // the constants above
            NpgsqlBatchCommand command = new(sql);
#pragma warning restore CA2100
            command.Parameters.AddTyped(project.Value);
            batch.BatchCommands.Add(command);
        }

        Dictionary<string, bool> domains = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> identities = [];
        Dictionary<string, SenderProfile> profiles = new(StringComparer.Ordinal);
        List<SenderRelay> relays = [];
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) domains[reader.GetString(0)] = reader.GetBoolean(1);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            identities.Add(reader.GetString(0));
            SenderProfile profile = new(Text(1), Text(2), Text(3), OneLine(Text(4), ", "));
            if (profile is not (null, null, null, null)) profiles[reader.GetString(0)] = profile;
        }

        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) relays.Add(Relay(reader));
        await reader.NextResultAsync(ct);
        SenderProfile? ofProject = null;
        if (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(0)) AddInstallations(domains, identities);
            if (Text(1) is not null || Text(2) is not null || Text(3) is not null) ofProject = new SenderProfile(null, null, Text(1), OneLine(Text(2), ", ")) { LegalFooter = OneLine(Text(3), " ") };
        }

        if (relays.Count == 0) relays.Add(DefaultRelay());
        return new SenderPolicy(domains, identities, relays) { Profiles = profiles.Count == 0 && ofProject is null ? SenderProfiles.None : new SenderProfiles(profiles) { Project = ofProject } };

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        static string? OneLine(string? lines, string between) => lines?.Replace("\n", between, StringComparison.Ordinal);
    }

    /// <summary>What SPF records have to name for the relays that may carry the project's mail.</summary>
    public async Task<IReadOnlyList<string>> SpfMechanismsAsync(ProjectId project, CancellationToken ct)
    {
        List<string?> mechanisms = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(RelaysSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) mechanisms.Add(Rule(reader.GetString(1), Settings(reader)).Spf);
        if (mechanisms.Count == 0) mechanisms.AddRange(options.Value.SpfMechanism is { } configured ? configured.Split(' ', StringSplitOptions.RemoveEmptyEntries) : new string?[] { DefaultRule.Spf });
        return [.. mechanisms.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private RelaySenderRule DefaultRule => RelaySenderRule.Of("smtp", null, Setting("SMTP_HOST"));

    private SenderRelay DefaultRelay()
    {
        RelaySenderRule rule = DefaultRule;
        return new SenderRelay(RelaySettings.Name, rule.Accepts, rule.Accepts == AcceptedSenders.Mailbox ? MailboxOf(Setting("SMTP_USER")) : null, []);
    }

    private SenderRelay Relay(NpgsqlDataReader reader)
    {
        Dictionary<string, string> settings = Settings(reader);
        RelaySenderRule rule = Rule(reader.GetString(1), settings);
        string? mailbox = rule.Accepts == AcceptedSenders.Mailbox ? MailboxOf(settings.GetValueOrDefault("mailbox") ?? settings.GetValueOrDefault("username")) : null;
        return new SenderRelay(reader.GetString(0), rule.Accepts, mailbox, reader.GetFieldValue<string[]>(3));
    }

    private static RelaySenderRule Rule(string kind, Dictionary<string, string> settings) => RelaySenderRule.Of(kind, StoredSettings.Of(settings).Preset, settings.GetValueOrDefault("host"));

    private Dictionary<string, string> Settings(NpgsqlDataReader reader)
    {
        try
        {
            return secrets.Unprotect(reader.GetString(0), reader.GetString(2));
        }
        catch (InvalidRelayException)
        {
            return []; // it cannot be used; its sender rule does not matter
        }
    }

    /// <summary>Who sets the configuration owns the installation, and the first project is theirs.</summary>
    private void AddInstallations(Dictionary<string, bool> domains, HashSet<string> identities)
    {
        foreach (string trusted in options.Value.TrustedNames)
            if (DomainName.Read(trusted) is { IsSuccess: true } name) domains[name.Value.Ascii] = true;
        if (DomainName.Read(Setting("DKIM_DOMAIN")) is { IsSuccess: true } signed) domains[signed.Value.Ascii] = true;
        if (!EmailAddress.TryParse(Setting("EMAIL_FROM"), out EmailAddress? from, out _)) return;
        identities.Add(SenderPolicy.MatchOf(from));
        if (!SharedMailDomains.Contains(from.AsciiDomain)) domains.TryAdd(from.AsciiDomain, false);
    }

    private static string? MailboxOf(string? account) => account?.Contains('@', StringComparison.Ordinal) is true ? account : null;

    private string? Setting(string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();
}
