using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Feedback.Mailboxes;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Workers;

/// <summary>Looks at the whole system once, for people. Every question has an end: a system in trouble must still be able to say so.</summary>
public sealed class SystemLook(NpgsqlDataSource dataSource, PartitionMaintenance partitions, MailboxStore mailboxes, RedisAccess redis, IOptions<DeliveryOptions> delivery, TimeProvider clock)
{
    /// <summary>More that wait are not counted, in each lane and queue.</summary>
    public const int Most = 100_000;

    private const int QuestionSeconds = 10;

    /// <param name="project">Who asks: the first project is the operator's and sees the installation.</param>
    public async Task<SystemState> RunAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        if (!await IsOperatorAsync(connection, project, ct)) return await LookAsync(connection, project, ct);
        return await LookAsync(connection, null, ct) with { BounceMailboxes = await mailboxes.ListAsync(project, ct) };
    }

    /// <summary>For metrics, which belong to the operator.</summary>
    public async Task<SystemState> OfInstallationAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        return await LookAsync(connection, null, ct);
    }

    private async Task<SystemState> LookAsync(NpgsqlConnection connection, ProjectId? project, CancellationToken ct)
    {
        bool isOperator = project is null;
        Guid? only = project?.Value;
        DateTimeOffset now = clock.GetUtcNow();
        SystemState state = new(isOperator, now) { Workers = await WorkersAsync(connection, isOperator, ct), Queue = await QueueAsync(connection, only, now, ct) };
        state = await OthersAsync(connection, state, only, now, ct);
        if (!isOperator) return state;
        return state with { Database = await DatabaseAsync(connection, now, ct), Cache = await CacheAsync() };
    }

    private static async Task<bool> IsOperatorAsync(NpgsqlConnection connection, ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, SystemSql.IsOperator);
        command.Parameters.AddTyped(project.Value);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<IReadOnlyList<WorkerState>> WorkersAsync(NpgsqlConnection connection, bool isOperator, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, SystemSql.Workers);
        command.Parameters.AddTyped(delivery.Value.FallbackAfter);
        List<WorkerState> workers = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            workers.Add(new WorkerState(
                reader.GetGuid(0), isOperator ? reader.GetString(1) : "", isOperator ? reader.GetInt32(2) : 0, reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6)));
        return workers;
    }

    private static async Task<IReadOnlyList<LaneState>> QueueAsync(NpgsqlConnection connection, Guid? only, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, SystemSql.Queue);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(only, NpgsqlDbType.Uuid).AddTyped(Most);
        List<LaneState> lanes = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            lanes.Add(new LaneState(((Lane)reader.GetInt32(0)).Name(), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.OptionalTime(5)));
        return lanes;
    }

    private static async Task<SystemState> OthersAsync(NpgsqlConnection connection, SystemState state, Guid? only, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, SystemSql.Others);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(only, NpgsqlDbType.Uuid).AddTyped(Most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return state with
        {
            Bus = new QueueState(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.OptionalTime(3)),
            DeadLetters = reader.GetInt64(4),
            Webhooks = new QueueState(reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.OptionalTime(8)),
            GivenUpEvents = reader.GetInt64(9),
            FailingWebhooks = reader.GetInt64(10),
        };
    }

    private async Task<DatabaseState> DatabaseAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        long asked = Stopwatch.GetTimestamp();
        await using (NpgsqlCommand ping = Command(connection, "SELECT 1")) await ping.ExecuteScalarAsync(ct);
        TimeSpan latency = Stopwatch.GetElapsedTime(asked);
        IReadOnlyList<DateTimeOffset> months = await partitions.MonthsAsync(ct);
        DateTimeOffset nextMonth = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        await using NpgsqlCommand command = Command(connection, SystemSql.Database);
        long looked = Stopwatch.GetTimestamp();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        DateTimeOffset here = clock.GetUtcNow() - (Stopwatch.GetElapsedTime(looked) / 2); // the answer was under way for about half of that
        return new DatabaseState(
            reader.GetString(0), latency, reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetTimeSpan(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetFieldValue<DateTimeOffset>(5) - here,
            months, months.Contains(nextMonth), reader.GetInt64(6));
    }

    private async Task<CacheState> CacheAsync()
    {
        (bool answered, TimeSpan took) = await redis.AskAsync(database => database.PingAsync());
        return new CacheState(answered || redis.IsConfigured, answered ? took : null);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // one of the constants of SystemSql
        return new NpgsqlCommand(sql, connection) { CommandTimeout = QuestionSeconds };
#pragma warning restore CA2100
    }
}
