using System.Collections.Concurrent;
using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Tracking;

/// <summary>
/// What each project tracks. Read when a project's first message comes, and again every few seconds while messages come; a message costs a look into a dictionary.
/// </summary>
public sealed partial class TrackingDirectory(NpgsqlDataSource dataSource, IOptions<DomainOptions> options, ILogger<TrackingDirectory> logger)
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

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _usable = TimeSpan.FromSeconds(15); // after a quiet time: what was switched off meanwhile stays off

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();

    public ValueTask<ProjectTracking> ForAsync(ProjectId project, CancellationToken ct)
    {
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.Known is not { } known) return ReadAsync(project, entry, ct);
        TimeSpan age = Stopwatch.GetElapsedTime(entry.ReadAt);
        if (age < _fresh) return ValueTask.FromResult(known);
        if (age >= _usable) return ReadAsync(project, entry, ct);
        if (entry.Gate.Wait(0, CancellationToken.None)) _ = RefreshAsync(project, entry, CancellationToken.None); // who comes meanwhile goes by what was known
        return ValueTask.FromResult(known);
    }

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
    public void Forget(ProjectId project) => _entries.TryRemove(project, out _);

    private async ValueTask<ProjectTracking> ReadAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        await entry.Gate.WaitAsync(ct);
        return await RefreshAsync(project, entry, ct);
    }

    /// <summary>The caller has the gate; it is opened here.</summary>
    private async Task<ProjectTracking> RefreshAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        ProjectTracking? known = entry.Known;
        try
        {
            if (known is not null && Stopwatch.GetElapsedTime(entry.ReadAt) < _fresh) return known;
            ProjectTracking read = await QueryAsync(project, ct);
            (entry.ReadAt, entry.Known) = (Stopwatch.GetTimestamp(), read);
            return read;
        }
        catch (Exception e) when (known is not null && !ct.IsCancellationRequested)
        {
            entry.ReadAt = Stopwatch.GetTimestamp(); // what was known holds on while the database is away: nothing is stored then anyway
            LogNotRead(e, project);
            return known;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task<ProjectTracking> QueryAsync(ProjectId project, CancellationToken ct)
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
        while (options.Value.TrackingHost is not null && await reader.ReadAsync(ct))
            hosts[reader.GetString(0)] = ($"{DomainRecords.TrackingLabel}.{reader.GetString(0)}", reader.GetBoolean(1));
        return new ProjectTracking(opens, clicks, hosts);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What project {ProjectId} tracks could not be read again; what was known holds on")]
    private partial void LogNotRead(Exception e, ProjectId projectId);

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile ProjectTracking? Known;

        public long ReadAt;
    }
}
