using Mail.Core.Common;
using Mail.Core.Delivery;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>What came of a cancellation: every recipient is in one of the two.</summary>
/// <param name="Canceled">Will not be sent, by this call or an earlier one.</param>
/// <param name="NotCanceled">It was too late for them.</param>
public sealed record Cancellation(IReadOnlyList<RecipientStatus> Canceled, IReadOnlyList<RecipientStatus> NotCanceled);

/// <summary>
/// Cancels and reschedules messages that still wait. Against a worker that claims at the same moment the row decides: once it is leased, the relay
/// may be taking it, and it is too late.
/// </summary>
public sealed class MessageSchedule(NpgsqlDataSource dataSource, MessageReader messages, DeliverySignal workers, IOptions<MessageOptions> options, TimeProvider clock)
{
    private const int NamedAtMost = 3;

    /// <summary>Cancels what still waits, recipient by recipient. Doing it again changes nothing and answers the same.</summary>
    /// <returns>Who will not get it and who may; a conflict when nobody could be canceled.</returns>
    public async Task<Result<Cancellation>> CancelAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        if (!await CancelWaitingAsync(projectId, id, ct)) return Failure.NotFound("Email");
        ILookup<bool, RecipientStatus> recipients = (await messages.RecipientsAsync(projectId, id, ct)).ToLookup(recipient => recipient.State == DeliveryState.Canceled);
        Cancellation cancellation = new([.. recipients[true]], [.. recipients[false]]);
        return cancellation.Canceled.Count > 0
            ? cancellation
            : new Failure(FailureKind.Conflict, "too_late", $"It is too late to cancel this message: {Fates(cancellation.NotCanceled.Select(recipient => (recipient.Email, recipient.State)))}.");
    }

    /// <summary>Moves the whole message to another time, or none of it: only while no relay was offered any of it.</summary>
    /// <param name="scheduledAt">As in a request.</param>
    /// <returns>When it is due now.</returns>
    public async Task<Result<DateTimeOffset>> RescheduleAsync(ProjectId projectId, MessageId id, string scheduledAt, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Result<DateTimeOffset?> at = ScheduledTime.Read(scheduledAt, "scheduled_at", now, options.Value.ScheduleAhead);
        if (!at.IsSuccess) return at.Failure;

        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct); // undone whole when it is not committed
        if (!await LockAsync(connection, projectId, id, ct)) return Failure.NotFound("Email");
        Guid[] moved = await MoveAsync(connection, projectId, id, at.Value, now, ct);
        List<(string, DeliveryState State)> obstacles = await ObstaclesAsync(connection, projectId, id, moved, ct);
        if (obstacles.Count > 0) return TooLate(obstacles);
        if (moved.Length == 0) return new Failure(FailureKind.Conflict, "too_late", "This message goes to nobody, so there is no time to change.");
        await SetPlanAsync(connection, projectId, id, at.Value ?? now, ct);
        await transaction.CommitAsync(ct);

        if (at.Value is null) workers.Raise();
        return at.Value ?? now;
    }

    /// <returns>Whether there is such a message.</returns>
    private async Task<bool> CancelWaitingAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (!await LockAsync(connection, projectId, id, ct)) return false;
        await using NpgsqlCommand cancel = new(ScheduleSql.Cancel, connection);
        cancel.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(projectId.Value).AddTyped(id.Value);
        int canceled = await cancel.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        MessageMetrics.Canceled(canceled);
        return true;
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ScheduleSql.Lock, connection);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task<Guid[]> MoveAsync(NpgsqlConnection connection, ProjectId projectId, MessageId id, DateTimeOffset? at, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ScheduleSql.Reschedule, connection);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(projectId.Value).AddTyped(id.Value).AddTyped(at?.UtcDateTime, NpgsqlDbType.TimestampTz);
        List<Guid> moved = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) moved.Add(reader.GetGuid(0));
        return [.. moved];
    }

    private static async Task<List<(string, DeliveryState)>> ObstaclesAsync(NpgsqlConnection connection, ProjectId projectId, MessageId id, Guid[] moved, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ScheduleSql.Obstacles, connection);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value).AddTyped(moved);
        List<(string, DeliveryState)> obstacles = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) obstacles.Add((reader.GetString(0), DeliveryStates.Parse(reader.GetString(1))));
        return obstacles;
    }

    private static async Task SetPlanAsync(NpgsqlConnection connection, ProjectId projectId, MessageId id, DateTimeOffset at, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(ScheduleSql.SetPlan, connection);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value).AddTyped(at.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Failure TooLate(List<(string Email, DeliveryState State)> obstacles) => obstacles.TrueForAll(obstacle => obstacle.State == DeliveryState.Canceled)
        ? new Failure(FailureKind.Conflict, "email_canceled", "This message was canceled. Send it anew instead.")
        : new Failure(FailureKind.Conflict, "too_late", $"It is too late to reschedule this message; nothing was changed: {Fates(obstacles)}.");

    /// <summary>`a@x is sent, b@x is being sent`, for the first few.</summary>
    private static string Fates(IEnumerable<(string Email, DeliveryState State)> recipients)
    {
        (string Email, DeliveryState State)[] all = [.. recipients];
        string named = string.Join(", ", all.Take(NamedAtMost).Select(recipient => $"{recipient.Email} {Words(recipient.State)}"));
        return all.Length <= NamedAtMost ? named : $"{named} and {all.Length - NamedAtMost} more";
    }

    private static string Words(DeliveryState state) => state switch
    {
        DeliveryState.Sending => "is being handed over right now",
        DeliveryState.DeliveryDelayed => "has been tried already and waits for its next attempt",
        _ => $"is {state.Name()}",
    };
}
