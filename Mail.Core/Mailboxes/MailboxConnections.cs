using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>A project's connections to providers: the table `mailbox_connections`.</summary>
public sealed partial class MailboxConnections(
    NpgsqlDataSource dataSource, MailboxProviders providers, MailboxSettings settings, BusOutbox bus, TimeProvider clock, ILogger<MailboxConnections> logger)
{
    private const int Most = 100, LongestName = 100;

    private const string Columns = "project_id, id, kind, name, is_enabled, revision, settings, quota::text, quota_at, problem::text, created_at, changed_at";
    private const string ListSql = $"SELECT {Columns} FROM mailbox_connections WHERE project_id = $1 ORDER BY name";
    private const string FindSql = $"SELECT {Columns} FROM mailbox_connections WHERE project_id = $1 AND id = $2";
    private const string LockSql = FindSql + " FOR UPDATE";
    private const string CountSql = "SELECT count(*) FROM mailbox_connections WHERE project_id = $1";
    private const string AddSql = "INSERT INTO mailbox_connections (project_id, id, kind, name, settings, is_enabled, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";

    // What the provider said, or would not say, was said of the settings of before.
    private const string ChangeSql = "UPDATE mailbox_connections SET name = $4, settings = $5, is_enabled = $6, changed_at = $7, revision = revision + 1, problem = NULL WHERE project_id = $1 AND id = $2 AND revision = $3";
    private const string UsedSql = "SELECT (SELECT count(*) FROM mailboxes WHERE project_id = $1 AND connection_id = $2 AND ended_at IS NULL), (SELECT count(*) FROM mailbox_domains WHERE project_id = $1 AND connection_id = $2)";
    private const string RemoveSql = "DELETE FROM mailbox_connections WHERE project_id = $1 AND id = $2";

    private static Failure NotFound => Failure.NotFound("Connection");

    private static Failure ChangedMeanwhile => new(FailureKind.Conflict, "connection_changed", "Somebody else has changed this connection meanwhile. Read it again, and change what it is now.");

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<MailboxConnection>> ListAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value);
        return [.. (await ReadAsync(command, ct)).Select(row => row.Shown)];
    }

    /// <returns>Null when the project has none of this id.</returns>
    public async Task<MailboxConnection?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).SingleOrDefault()?.Shown;
    }

    /// <summary>Asks the provider whether the settings work; what passes hinders nobody.</summary>
    public async Task<Result<MailboxConnection>> AddAsync(ProjectId project, ConnectionWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Kind is null) return Failure.Missing("kind");
        if (providers.Find(wish.Kind) is not { } kind) return Failure.Field("kind", $"must be one of: {string.Join(", ", providers.Kinds.Select(known => known.Name))}.");
        Result<string> name = NameOf(wish.Name ?? (wish.Has("name") ? null : kind.Name));
        if (!name.IsSuccess) return name.Failure;
        Result<Dictionary<string, string>> values = MailboxSettings.Merge(kind, wish.Settings, null);
        if (!values.IsSuccess) return values.Failure;
        DateTimeOffset now = clock.GetUtcNow();
        (Guid id, bool isEnabled) = (UuidV7.New(now), wish.Enabled ?? true);
        if (isEnabled && await RefusalAsync(new ProviderScope(project, id, 1), kind.Name, values.Value, ct) is { } refusal) return refusal;
        try
        {
            await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
            await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
            await using NpgsqlCommand count = new(CountSql, within);
            count.Parameters.AddTyped(project.Value);
            if ((long)(await count.ExecuteScalarAsync(ct))! >= Most) return new Failure(FailureKind.Conflict, "too_many_connections", $"A project has {Most} connections at most. Remove one that is not used.");
            if (isEnabled) await MailboxQuotas.ScheduleAsync(bus, within, project, id, now, ct);
            await using NpgsqlCommand add = new(AddSql, within);
            add.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(kind.Name).AddTyped(name.Value).AddTyped(settings.Protect(values.Value)).AddTyped(isEnabled).AddTyped(now.UtcDateTime);
            await add.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken(name.Value);
        }

        bus.Wake();
        LogAdded(id, kind.Name, project);
        return (await FindAsync(project, id, ct))!;
    }

    /// <summary>Mailboxes that there are go on with the new settings.</summary>
    public async Task<Result<MailboxConnection>> ChangeAsync(ProjectId project, Guid id, ConnectionWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        await using NpgsqlCommand find = dataSource.CreateCommand(FindSql);
        find.Parameters.AddTyped(project.Value).AddTyped(id);
        if ((await ReadAsync(find, ct)).SingleOrDefault() is not { } row) return NotFound;
        MailboxConnection before = row.Shown;
        if (wish.Revision is { } from && from != before.Revision) return ChangedMeanwhile;
        if (wish.Has("kind") && wish.Kind != before.Kind) return Failure.Field("kind", "cannot be changed: the settings depend on it. Make another connection, and remove this one.");
        if (providers.Find(before.Kind) is not { } kind) return Failure.Field("kind", $"is `{before.Kind}`, which this version does not know.");
        Result<string> name = NameOf(wish.Has("name") ? wish.Name : before.Name);
        if (!name.IsSuccess) return name.Failure;
        bool isEnabled = wish.Enabled ?? before.IsEnabled;
        string stored = row.Settings;
        if (wish.Settings is not null)
        {
            Result<Dictionary<string, string>> values = MailboxSettings.Merge(kind, wish.Settings, settings.Unprotect(row.Settings));
            if (!values.IsSuccess) return values.Failure;
            if (isEnabled && await RefusalAsync(new ProviderScope(project, id, before.Revision + 1), kind.Name, values.Value, ct) is { } refusal) return refusal;
            stored = settings.Protect(values.Value);
        }

        try
        {
            if (!await SaveAsync(before, name.Value, stored, isEnabled, ct)) return ChangedMeanwhile;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken(name.Value);
        }

        bus.Wake();
        LogChanged(id, before.Revision + 1, project);
        return await FindAsync(project, id, ct) is { } changed ? changed : NotFound;
    }

    /// <summary>Not while mailboxes or domains use it.</summary>
    public async Task<Failure?> RemoveAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        await using (NpgsqlCommand hold = new(LockSql, within)) // waits for who is just making a mailbox with it
        {
            hold.Parameters.AddTyped(project.Value).AddTyped(id);
            if ((await ReadAsync(hold, ct)).Count == 0) return NotFound;
        }

        await using (NpgsqlCommand used = new(UsedSql, within))
        {
            used.Parameters.AddTyped(project.Value).AddTyped(id);
            await using NpgsqlDataReader reader = await used.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            if (reader.GetInt64(0) > 0) return InUse($"There are mailboxes of this connection ({reader.GetInt64(0)}). Delete them first.");
            if (reader.GetInt64(1) > 0) return InUse($"Domains use this connection ({reader.GetInt64(1)}). Remove them, or give them another one.");
        }

        await using NpgsqlCommand remove = new(RemoveSql, within);
        remove.Parameters.AddTyped(project.Value).AddTyped(id);
        await remove.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        LogRemoved(id, project);
        return null;
    }

    /// <summary>Whether the settings work, and the domain may be used: for a person who asks.</summary>
    /// <returns>What hinders; null when nothing does.</returns>
    public async Task<Result<MailboxProblem?>> CheckAsync(ProjectId project, Guid id, string? domain, CancellationToken ct)
    {
        if (await providers.OpenAsync(project, id, ct) is not { } opened) return NotFound;
        return await providers.CheckAsync(opened, domain, ct) is { } problem ? MailboxProblem.Of(problem, clock.GetUtcNow()) : (MailboxProblem?)null;
    }

    private static Failure InUse(string detail) => new(FailureKind.Conflict, "connection_in_use", detail);

    private static Failure NameTaken(string name) => new(FailureKind.Conflict, "connection_name_taken", $"`name`: another connection of this project is called `{name}`.");

    private static Result<string> NameOf(string? given)
    {
        string name = given?.Trim() ?? "";
        return name.Length == 0 ? Failure.Missing("name") : name.Length > LongestName || name.Any(char.IsControl) ? Failure.Field("name", $"has at most {LongestName} characters, and no control characters.") : name;
    }

    private async Task<Failure?> RefusalAsync(ProviderScope scope, string kind, Dictionary<string, string> values, CancellationToken ct) =>
        await providers.CheckAsync(providers.Open(scope, kind, values), null, ct) is { IsTransient: false } problem ? MailboxProviders.Refusal("settings", problem) : null;

    private async Task<bool> SaveAsync(MailboxConnection before, string name, string stored, bool isEnabled, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        if (isEnabled) await MailboxQuotas.ScheduleAsync(bus, within, before.ProjectId, before.Id, now, ct); // first: who is being asked holds the timer's key, and then the row
        await using NpgsqlCommand change = new(ChangeSql, within);
        change.Parameters.AddTyped(before.ProjectId.Value).AddTyped(before.Id).AddTyped(before.Revision).AddTyped(name).AddTyped(stored).AddTyped(isEnabled).AddTyped(now.UtcDateTime);
        if (await change.ExecuteNonQueryAsync(ct) == 0) return false;
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task<List<Row>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Row> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (string kind, string stored) = (reader.GetString(2), reader.GetString(6));
            Dictionary<string, string>? values = settings.Unprotect(stored);
            MailboxProblem? problem = reader.OptionalText(9) is { } told ? JsonSerializer.Deserialize(told, MailboxJson.Default.MailboxProblem) : null;
            if (values is null) problem = MailboxProblem.Of(providers.Open(new ProviderScope(new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetInt32(5)), kind, null).Problem!, clock.GetUtcNow());
            rows.Add(new Row(stored, new MailboxConnection(
                new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), kind, reader.GetString(3), reader.GetBoolean(4), reader.GetInt32(5),
                values is null ? null : MailboxSettings.Show(providers.Find(kind), values),
                reader.OptionalText(7) is { } quota ? JsonSerializer.Deserialize(quota, MailboxJson.Default.ProviderQuota) : null, reader.OptionalTime(8), problem,
                reader.GetFieldValue<DateTimeOffset>(10), reader.GetFieldValue<DateTimeOffset>(11))));
        }

        return rows;
    }

    private sealed record Row(string Settings, MailboxConnection Shown);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox connection {ConnectionId} of kind {Kind} was added to project {ProjectId}")]
    private partial void LogAdded(Guid connectionId, string kind, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox connection {ConnectionId} was changed to revision {Revision} in project {ProjectId}")]
    private partial void LogChanged(Guid connectionId, int revision, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox connection {ConnectionId} was removed from project {ProjectId}")]
    private partial void LogRemoved(Guid connectionId, ProjectId projectId);
}
