using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Tracking;

/// <summary>What each project tracks.</summary>
public sealed class TrackingDirectory(NpgsqlDataSource dataSource, IOptions<DomainOptions> options, ILogger<TrackingDirectory> logger)
{
    private const string ProjectSql = "SELECT track_opens, track_clicks FROM projects WHERE id = $1";

    // A record counts while the last check found it.
    private const string HostsSql = $$"""
        SELECT name, includes_subdomains FROM domains
        WHERE project_id = $1 AND status IN ('verified', 'temporary_failure')
          AND records @> jsonb_build_array(jsonb_build_object('record', '{{DomainRecord.Tracking}} {{DomainRecords.TrackingLabel}}.' || name, 'status', 'Verified'))
        """;

    private const string IsHostSql = $$"""
        SELECT EXISTS (SELECT FROM domains WHERE name = $1 AND status IN ('verified', 'temporary_failure')
            AND records @> jsonb_build_array(jsonb_build_object('record', '{{DomainRecord.Tracking}} {{DomainRecords.TrackingLabel}}.' || name, 'status', 'Verified')))
        """;

    // Two projects of one owner may have the same domain.
    private const string IsForeignSql = $$"""
        SELECT EXISTS (SELECT FROM domains WHERE name = $1 AND status IN ('verified', 'temporary_failure')
                AND records @> jsonb_build_array(jsonb_build_object('record', '{{DomainRecord.Tracking}} {{DomainRecords.TrackingLabel}}.' || name, 'status', 'Verified')))
            AND NOT EXISTS (SELECT FROM domains WHERE project_id = $2 AND name = $1)
        """;

    // What was switched off in a quiet time stays off.
    private readonly ProjectCache<ProjectTracking> _known = new("tracking", (project, ct) => QueryAsync(dataSource, options.Value, project, ct), TimeSpan.FromSeconds(15), logger);

    public ValueTask<ProjectTracking> ForAsync(ProjectId project, CancellationToken ct) => _known.ForAsync(project, ct);

    /// <summary>Whether links of some project lead to this name.</summary>
    public async Task<bool> IsHostAsync(string name, CancellationToken ct)
    {
        if (DomainOf(name) is not { } domain) return false;
        await using NpgsqlCommand command = dataSource.CreateCommand(IsHostSql);
        command.Parameters.AddTyped(domain);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Whether this name is for other projects' links: those of this one would lead away from a name that people trust for somebody else's sake.</summary>
    public async Task<bool> IsForeignAsync(string name, ProjectId project, CancellationToken ct)
    {
        if (DomainOf(name) is not { } domain) return false;
        try
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(IsForeignSql);
            command.Parameters.AddTyped(domain).AddTyped(project.Value);
            return await command.ExecuteScalarAsync(ct) is true;
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            return false; // a person must reach the page
        }
    }

    /// <summary>The domain that a name is the tracking host of, by its form.</summary>
    private string? DomainOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const string Start = DomainRecords.TrackingLabel + ".";
        return options.Value.TrackingHost is not null && name.StartsWith(Start, StringComparison.OrdinalIgnoreCase) && DomainName.Read(name[Start.Length..].TrimEnd('.')) is { IsSuccess: true } domain
            ? domain.Value.Ascii : null;
    }

    /// <summary>Something was changed here: the next message sees it. Other processes follow within seconds.</summary>
    public void Forget(ProjectId project) => _known.Forget(project);

    private static async Task<ProjectTracking> QueryAsync(NpgsqlDataSource dataSource, DomainOptions options, ProjectId project, CancellationToken ct)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        foreach (string sql in (string[])[ProjectSql, HostsSql])
        {
#pragma warning disable CA2100 // the constants above
            NpgsqlBatchCommand command = new(sql);
#pragma warning restore CA2100
            command.Parameters.AddTyped(project.Value);
            batch.BatchCommands.Add(command);
        }

        Dictionary<string, (string, bool)> hosts = new(StringComparer.OrdinalIgnoreCase);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(ct);
        (bool opens, bool clicks) = await reader.ReadAsync(ct) ? (reader.GetBoolean(0), reader.GetBoolean(1)) : (false, false);
        await reader.NextResultAsync(ct);
        while (options.TrackingHost is not null && await reader.ReadAsync(ct))
            hosts[reader.GetString(0)] = ($"{DomainRecords.TrackingLabel}.{reader.GetString(0)}", reader.GetBoolean(1));
        return new ProjectTracking(opens, clicks, hosts);
    }
}
