using System.Runtime.ExceptionServices;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Mail.Core.Messaging;

/// <summary>The envelope of the message that a handler is handling: taken as a parameter of `Handle`, or by any service of its scope.</summary>
public sealed class BusContext
{
    private readonly MailDbContext _db;
    private readonly BusSteps _steps;
    private readonly TimeProvider _clock;
    private ClaimedMessage? _message;

    internal BusContext(MailDbContext db, BusSteps steps, TimeProvider clock) => (_db, _steps, _clock) = (db, steps, clock);

    /// <summary>Of this message for this handler, the same at every attempt, also after a replay: the key by which calls to others are idempotent.</summary>
    public Guid Id => Message.Id;

    /// <summary>The message's, as publishing it returned it; the same for all of its handlers.</summary>
    public Guid MessageId => Message.MessageId;

    /// <summary>The handler's wire name.</summary>
    public string Handler => Message.Handler;

    /// <summary>Null for what is no project's.</summary>
    public ProjectId? ProjectId => Message.ProjectId;

    /// <summary>From 1; also counts attempts that died with their worker.</summary>
    public int Attempt => Message.Attempts;

    /// <summary>A timer's key.</summary>
    public string? Key => Message.Key;

    /// <summary>From 1: how often the timer was set anew while it waited.</summary>
    public int Generation => Message.Generation;

    /// <summary>When it was to be handled. Long ago when no worker ran then.</summary>
    public DateTimeOffset DueAt => Message.DueAt;

    /// <summary>Whether the effect is done, for good.</summary>
    internal bool IsCompleted { get; private set; }

    internal bool IsUnderWay => _message is not null && !IsCompleted;

    private ClaimedMessage Message => _message ?? throw new InvalidOperationException("No message is being handled in this scope.");

    internal void Begin(ClaimedMessage message) => _message = message;

    /// <summary>
    /// For handlers that hold no transaction (<see cref="BusHandlerAttribute.HoldsTransaction"/>), once: in one transaction on the scope's <see cref="MailDbContext"/> the effect happens, what it
    /// publishes is stored, and the message is done. A handler that never calls it is done when it returns.
    /// </summary>
    /// <param name="effect">Saves its changes itself. What EF Core tracked before is tracked still.</param>
    /// <exception cref="BusLeaseLostException">The message is no longer ours, or was cancelled or replaced: the effect did not happen.</exception>
    public async Task CompleteAsync(Func<CancellationToken, Task> effect, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(effect);
        if (IsCompleted) throw new InvalidOperationException($"The message of '{Handler}' is completed already.");
        if (_db.Database.CurrentTransaction is not null) throw new InvalidOperationException($"The handler '{Handler}' runs within a transaction: it is completed when it returns.");

        // The strategy of a context that retries asks to be the one who retries. The bus does that, from the start and with a fresh scope: the strategy never sees a failure.
        ExceptionDispatchInfo? failure = await _db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            try
            {
                await CompleteOnceAsync(effect, ct);
                return null;
            }
            catch (Exception e)
            {
                return ExceptionDispatchInfo.Capture(e);
            }
        });
        failure?.Throw();
    }

    private async Task CompleteOnceAsync(Func<CancellationToken, Task> effect, CancellationToken ct)
    {
        await using IDbContextTransaction transaction = await _db.Database.BeginTransactionAsync(ct);
        NpgsqlConnection connection = (NpgsqlConnection)_db.Database.GetDbConnection();
        await _steps.AfterAsync(BusStep.Begun, Message);
        bool isFirst = await SettleAsync(connection, ct);
        await _steps.AfterAsync(BusStep.Settled, Message);
        if (isFirst) await effect(ct);
        await _steps.AfterAsync(BusStep.Handled, Message);
        await transaction.CommitAsync(CancellationToken.None); // cancelled half-way nobody would know what came of it
        await _steps.AfterAsync(BusStep.Committed, Message);
        IsCompleted = true;
    }

    /// <returns>False when it was handled before: there is nothing to do but to remove it.</returns>
    private async Task<bool> SettleAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (Message.Key is { } key) await BusOutbox.LockAsync(connection, Message.Project, key, ct);
        await using NpgsqlCommand settle = new(BusSql.Settle, connection);
        settle.Parameters.AddTyped(Message.Project).AddTyped(Message.Id).AddTyped(Message.LeaseToken).AddTyped(_clock.GetUtcNow().UtcDateTime);
        await using NpgsqlDataReader reader = await settle.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt64(0) == 0) throw new BusLeaseLostException($"The message of '{Handler}' is no longer this worker's: it was taken over, cancelled or replaced.");
        return reader.GetInt64(1) > 0;
    }
}
