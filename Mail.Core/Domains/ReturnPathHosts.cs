using Mail.Core.Common;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Domains;

/// <summary>The hosts below senders' own domains that lead to our mail exchanger, as their last check found: mail from such a domain has its return path there, so that SPF speaks for the same domain as From.</summary>
public sealed class ReturnPathHosts
{
    // The record that the check verified: `ReturnPath bounces.example.com`, as DomainRecord.Key has it.
    private const string IsVerified = $$"""
        status IN ('verified', 'temporary_failure')
        AND records @> jsonb_build_array(jsonb_build_object('record', '{{DomainRecord.ReturnPath}} {{DomainRecords.ReturnPathLabel}}' || name, 'status', '{{nameof(RecordStatus.Verified)}}'))
        """;

    private const string OfProjectSql = $"SELECT name, includes_subdomains FROM domains WHERE project_id = $1 AND {IsVerified}";
    private const string AnySql = $"SELECT EXISTS (SELECT FROM domains WHERE name = $1 AND {IsVerified})";

    private readonly NpgsqlDataSource _dataSource;
    private readonly ProjectCache<Dictionary<string, bool>> _domains;

    public ReturnPathHosts(NpgsqlDataSource dataSource, ILogger<ReturnPathHosts> logger)
    {
        _dataSource = dataSource;
        _domains = new("return path hosts", ReadAsync, usable: null, logger);
    }

    /// <returns>The host for mail of this sender; null when its domain has none.</returns>
    public async ValueTask<string?> FindAsync(ProjectId project, EmailAddress from, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(from);
        Dictionary<string, bool> domains = await _domains.ForAsync(project, ct);
        if (domains.Count == 0) return null;
        if (domains.ContainsKey(from.AsciiDomain)) return Host(from.AsciiDomain);
        foreach (string parent in DomainName.WithParents(from.AsciiDomain).Skip(1))
            if (domains.TryGetValue(parent, out bool forThoseBelow) && forThoseBelow) return Host(parent);
        return null;
    }

    /// <summary>Whether it is such a host of any project.</summary>
    public async Task<bool> ContainsAsync(string host, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!host.StartsWith(DomainRecords.ReturnPathLabel, StringComparison.OrdinalIgnoreCase)) return false;
        await using NpgsqlCommand command = _dataSource.CreateCommand(AnySql);
#pragma warning disable CA1308 // domains are written in lower case
        command.Parameters.AddTyped(host[DomainRecords.ReturnPathLabel.Length..].ToLowerInvariant());
#pragma warning restore CA1308
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string Host(string domain) => DomainRecords.ReturnPathLabel + domain;

    private async Task<Dictionary<string, bool>> ReadAsync(ProjectId project, CancellationToken ct)
    {
        Dictionary<string, bool> domains = new(StringComparer.OrdinalIgnoreCase);
        await using NpgsqlCommand command = _dataSource.CreateCommand(OfProjectSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) domains[reader.GetString(0)] = reader.GetBoolean(1);
        return domains;
    }
}
