using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messaging;

/// <summary>
/// At the start and every hour: forgets what was handled and died long ago, and sets timers by a clock on the wall right when the rules of their zone have changed (they come with a new version
/// of the machine's data, and so with a start). Any number of workers may do it.
/// </summary>
internal sealed partial class BusHousekeeping(NpgsqlDataSource dataSource, IOptions<BusOptions> options, TimeProvider clock, ILogger<BusHousekeeping> logger) : BackgroundService
{
    private const int Portion = 5000;
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    private const string ForgetInbox = "DELETE FROM bus_inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM bus_inbox WHERE handled_at < $1 ORDER BY handled_at LIMIT $2))";
    private const string ForgetDead = "DELETE FROM bus_dead_letters WHERE ctid = ANY (ARRAY(SELECT ctid FROM bus_dead_letters WHERE died_at < $1 ORDER BY died_at LIMIT $2))";

    // Not those that are being tried: their time has come. Index: ix_bus_messages_wall_time.
    private const string WallTimers = """
        SELECT project_id, id, wall_time, time_zone, due_at FROM bus_messages
        WHERE time_zone IS NOT NULL AND attempts = 0 AND (project_id, id) > ($1, $2) ORDER BY project_id, id LIMIT $3
        """;

    private const string Move = """
        UPDATE bus_messages b SET due_at = m.at, next_attempt_at = m.at FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS m(project_id, id, at)
        WHERE b.project_id = m.project_id AND b.id = m.id AND b.attempts = 0
        """;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        while (await ForgetAsync(ForgetInbox, now - options.Value.KeepInbox, ct) == Portion)
        {
        }

        while (await ForgetAsync(ForgetDead, now - options.Value.KeepDeadLetters, ct) == Portion)
        {
        }

        (Guid Project, Guid Id)? last = (Guid.Empty, Guid.Empty);
        while (last is { } from) last = await MoveTimersAsync(from, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using PeriodicTimer timer = new(_interval);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> ForgetAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(before.UtcDateTime).AddTyped(Portion);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <returns>Where the next portion begins; null when this was the last.</returns>
    private async Task<(Guid Project, Guid Id)?> MoveTimersAsync((Guid Project, Guid Id) from, CancellationToken ct)
    {
        List<(Guid Project, Guid Id, DateTime At)> moved = [];
        (Guid Project, Guid Id) last = from;
        int read = 0;
        await using (NpgsqlCommand command = dataSource.CreateCommand(WallTimers))
        {
            command.Parameters.AddTyped(from.Project).AddTyped(from.Id).AddTyped(Portion);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            for (; await reader.ReadAsync(ct); read++)
            {
                last = (reader.GetGuid(0), reader.GetGuid(1));
                if (WallTime.Of(reader.GetDateTime(2), reader.GetString(3)) is not { } wall) continue; // this machine does not know the zone: the moment that was found when it was set stands
                if (wall.At != reader.GetFieldValue<DateTimeOffset>(4)) moved.Add((last.Project, last.Id, wall.At.UtcDateTime));
            }
        }

        if (moved.Count > 0)
        {
            await using NpgsqlCommand move = dataSource.CreateCommand(Move);
            move.Parameters.AddTyped(moved.Select(one => one.Project).ToArray()).AddTyped(moved.Select(one => one.Id).ToArray()).AddTyped(moved.Select(one => one.At).ToArray());
            int count = await move.ExecuteNonQueryAsync(ct);
            LogMoved(count);
        }

        return read == Portion ? last : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rules of time zones have changed: {Count} timers were set to the times on their walls")]
    private partial void LogMoved(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Housekeeping of the bus failed; it is tried again in an hour")]
    private partial void LogFailed(Exception e);
}
