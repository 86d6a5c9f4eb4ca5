using Mail.Core.Common;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>
/// Forgets a person (GDPR art. 17): every trace of an address, in one project. In short steps, each a transaction of its own that says how far it has come, so that
/// nobody is held up and a process that dies loses nothing. Small ones are done while the asker waits, the rest by the workers.
/// </summary>
public sealed partial class Erasures
{
    private const int SuppressionsStage = 0, MessagesStage = 1, FirstTable = 2;

    /// <summary>An asker waits so long.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>How often messages to others are looked at that are still to be sent.</summary>
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>A worker whose delivery was taken from it ends its conversation in that time; what a relay said to it may still come up in an alert.</summary>
    private static readonly TimeSpan _afterWorkers = TimeSpan.FromMinutes(2);

    // Addresses that the project itself is set up with. They are no person's data that can go without a change of the setup.
    private const string SettingsSql = """
        SELECT 'a sender identity of this project', email FROM sender_identities WHERE project_id = $1
        UNION ALL SELECT 'the reply-to of a sender identity of this project', reply_to FROM sender_identities WHERE project_id = $1 AND reply_to IS NOT NULL
        UNION ALL SELECT 'among those who are told of this project''s alerts', unnest(alert_emails) FROM projects WHERE id = $1
        """;

    // Who sends does it often: the last messages are enough, and nobody waits for all of them to be read.
    private const string SendersSql = "SELECT DISTINCT envelope ->> 'from' FROM (SELECT envelope FROM messages WHERE project_id = $1 ORDER BY id DESC LIMIT 10000) AS last WHERE envelope ->> 'from' IS NOT NULL";

    private readonly NpgsqlDataSource _dataSource;
    private readonly ErasureStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<Erasures> _logger;

    internal Erasures(NpgsqlDataSource dataSource, ErasureStore store, TimeProvider clock, ILogger<Erasures> logger) => (_dataSource, _store, _clock, _logger) = (dataSource, store, clock, logger);

    /// <summary>Begins, and goes on for a few seconds.</summary>
    /// <param name="keepSuppressed">Whether what stops mail to the person shall go on stopping it, by a hash of the address.</param>
    /// <returns>The erasure as it is then, finished or not; or what the address is still needed for.</returns>
    public async Task<Result<Erasure>> EraseAsync(ProjectId project, PersonAddress person, bool keepSuppressed, CancellationToken ct, bool evenAsSender = false)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await NeedAsync(project, person, ct) is { } need)
            return new Failure(FailureKind.Conflict, "address_in_use", $"`email` is {need}. Change that first: what the project is set up with is not erased.");
        if (!evenAsSender && await IsSenderAsync(project, person, ct))
            return new Failure(FailureKind.Conflict, "address_sends", "`email` is an address that the project sends from: all mail that it sent would lose its content, for good. If that is meant, say `\"even_as_sender\": true`.");
        Guid id = await _store.AddAsync(project, person, keepSuppressed, ct);
        string masked = person.ToString();
        LogBegun(id, masked);
        long began = _clock.GetTimestamp();
        while (_clock.GetElapsedTime(began) < _patience && await StepAsync(project, id, ct) == ErasureStep.More)
        {
        }

        return (await _store.FindAsync(project, id, ct))!;
    }

    public Task<Erasure?> FindAsync(ProjectId project, Guid id, CancellationToken ct) => _store.FindAsync(project, id, ct);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Erasure>> ListAsync(ProjectId project, int limit, CancellationToken ct) => _store.ListAsync(project, limit, ct);

    /// <summary>Goes on with whatever is due.</summary>
    /// <returns>Whether there was anything.</returns>
    internal async Task<bool> RunDueAsync(CancellationToken ct)
    {
        List<(ProjectId Project, Guid Id)> due = await _store.DueAsync(10, ct);
        bool any = false;
        foreach ((ProjectId project, Guid id) in due)
        {
            try
            {
                ErasureStep step;
                do any |= (step = await StepAsync(project, id, ct)) != ErasureStep.Busy;
                while (step == ErasureStep.More);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LogFailed(e, id); // it stands there for the next time, and the others need not wait for it
            }
        }

        return any;
    }

    /// <summary>One page of one table.</summary>
    internal async Task<ErasureStep> StepAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await _store.LockAsync(connection, project, id, ct) is not { } work) return ErasureStep.Busy;
        DateTimeOffset now = _clock.GetUtcNow(), next = now;
        if (work.Stage == SuppressionsStage)
        {
            await SuppressionErasure.RunAsync(connection, project, work.Person, work.Hash, work.KeepSuppressed, work.Counts, ct);
            work.Stage = MessagesStage;
        }
        else if (work.Stage == MessagesStage) await MessagesAsync(connection, work, now, ct);
        else if (work.Stage - FirstTable < PersonTables.All.Count) await TableAsync(connection, work, PersonTables.All[work.Stage - FirstTable], ct);
        else if (work.InHand)
        {
            (work.Stage, work.InHand, next) = (FirstTable, false, now + _afterWorkers);
        }
        else
        {
            if (work.Waiting.Count > 0) work.Waiting = await MessageErasure.EmptySentAsync(connection, project, work.Person, [.. work.Waiting], work.Counts, now, ct);
            if (work.Waiting.Count > 0) next = now + _betweenLooks;
            else
            {
                await SuppressionErasure.RunAsync(connection, project, work.Person, work.Hash, work.KeepSuppressed, work.Counts, ct); // what came on the list meanwhile
                await _store.FinishAsync(connection, work, ct);
                await transaction.CommitAsync(ct);
                string rows = string.Join(", ", work.Counts.Removed.Select(count => $"{count.Key} {count.Value}"));
                LogFinished(id, rows);
                return ErasureStep.Finished;
            }
        }

        await ErasureStore.SaveAsync(connection, work, next, ct);
        await transaction.CommitAsync(ct);
        return next > now ? ErasureStep.Later : ErasureStep.More;
    }

    private static async Task MessagesAsync(NpgsqlConnection connection, ErasureWork work, DateTimeOffset now, CancellationToken ct)
    {
        Guid after = work.Position is [string last] ? Guid.Parse(last) : Guid.Empty;
        ScannedPage page = await MessageScan.ReadAsync(connection, work.Project, work.Person, after, work.Before, ct);
        (List<Guid> waiting, bool inHand) = await MessageErasure.EraseAsync(connection, work.Project, work.Person, page, work.Counts, now, ct);
        work.Waiting.AddRange(waiting.Except(work.Waiting));
        work.InHand |= inHand;
        if (page.Last is { } reached) work.Position = [reached.ToString()];
        else (work.Stage, work.Position) = (FirstTable, null);
    }

    private static async Task TableAsync(NpgsqlConnection connection, ErasureWork work, TextTable table, CancellationToken ct)
    {
        if (table.IsInstallations && work.Position is null) await EraseAsync(connection, Guid.Empty, work, table, null, ct);
        work.Position = await EraseAsync(connection, work.Project.Value, work, table, work.Position, ct);
        if (work.Position is null) work.Stage++;
    }

    private static async Task<string[]?> EraseAsync(NpgsqlConnection connection, Guid project, ErasureWork work, TextTable table, string[]? after, CancellationToken ct)
    {
        (string[]? last, List<TextRow> rows) = await table.ReadAsync(connection, project, work.Person, after, shows: false, ct);
        (int deleted, int cleaned) = await table.EraseAsync(connection, project, rows, ct);
        work.Counts.AddRemoved(table.Name, deleted);
        work.Counts.AddCleaned(table.Name, cleaned);
        return last;
    }

    private async Task<bool> IsSenderAsync(ProjectId project, PersonAddress person, CancellationToken ct)
    {
        await using NpgsqlCommand command = _dataSource.CreateCommand(SendersSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (EmailAddress.TryParse(reader.GetString(0), out EmailAddress? sender, out _) && person.Is(sender.Address)) return true;
        return false;
    }

    private async Task<string?> NeedAsync(ProjectId project, PersonAddress person, CancellationToken ct)
    {
        await using NpgsqlCommand command = _dataSource.CreateCommand(SettingsSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (person.Is(reader.GetString(1))) return reader.GetString(0);
        return await PersonTemplates.FindAsync(_dataSource, project, person, ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasure {ErasureId} of {Address} begins")]
    private partial void LogBegun(Guid erasureId, string address);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {ErasureId} could not go on; it is tried again")]
    private partial void LogFailed(Exception e, Guid erasureId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasure {ErasureId} is finished: {Rows}")]
    private partial void LogFinished(Guid erasureId, string rows);
}
