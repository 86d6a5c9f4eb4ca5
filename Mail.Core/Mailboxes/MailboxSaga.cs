using System.Diagnostics;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Flows;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Mail.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>
/// Leads mailboxes to their goals, a call at a time. The call is made outside of any transaction; what came of it, its line of history, what apps are told and the message for the next step
/// are one transaction. A worker that dies leaves its message, and the next one makes the same call again.
/// </summary>
public sealed partial class MailboxSaga(
    NpgsqlDataSource dataSource, MailboxStore store, MailboxProviders providers, MailboxCalls calls, BusOutbox bus, WebhookPublisher webhooks, IOptions<MailboxOptions> options, TimeProvider clock, ILogger<MailboxSaga> logger)
{
    // Says that a call is being made before it is: who comes meanwhile with a wish sets the goal and leaves the rest to this turn. An older turn finds nothing.
    private const string BeginSql = $"""
        WITH was AS MATERIALIZED (SELECT project_id, id, may_exist FROM mailboxes WHERE project_id = $1 AND id = $2 AND turn = $3 AND goal IS NOT NULL FOR UPDATE)
        UPDATE mailboxes m SET calling_since = $4, may_exist = m.may_exist OR (m.goal = 'active' AND m.step = 'reserved'), version = m.version + 1
        FROM was WHERE m.project_id = was.project_id AND m.id = was.id
        RETURNING {MailboxStore.Columns}, was.may_exist
        """;

    internal async Task HandleAsync(MailboxStepDue due, MailDbContext db, BusContext context, CancellationToken ct)
    {
        if (await BeginAsync(due, ct) is not ({ } mailbox, bool wasMayExist)) return;
        MailboxGoal goal = mailbox.Goal!.Value;
        MailboxCall? call = MailboxMachine.NextCall(mailbox);
        long started = Stopwatch.GetTimestamp();
        CallResult result = call is { } next ? await calls.MakeAsync(mailbox, next, ct) : new CallResult();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        await context.CompleteAsync(async ct =>
        {
            NpgsqlConnection within = (NpgsqlConnection)db.Database.GetDbConnection();
            if (await MailboxStore.LockAsync(within, due.ProjectId, due.Mailbox, ct) is not { } now || now.Turn != due.Turn) return; // forgotten with its project, or given up by the clock
            await WriteAsync(within, now, call, goal, wasMayExist, result, took, ct);
        }, ct);
        bus.Wake();
    }

    /// <summary>By the mark: what another order made of the same address since is not ours.</summary>
    internal async Task LookAgainAsync(MailboxLookAgainDue due, MailDbContext db, BusContext context, CancellationToken ct)
    {
        if (await store.FindAsync(due.ProjectId, due.Mailbox, ct) is not { EndedAt: not null, ConnectionId: { } id } mailbox) return;
        if (await providers.OpenAsync(due.ProjectId, id, ct) is not { Provider: { } provider } opened) return;
        ProviderOutcome<bool> found = await providers.CallAsync(opened.Kind, "look_again", limited => provider.DeleteAsync(mailbox.Order, mailbox.Account, limited), ct);
        if (found.Problem is { IsTransient: true } problem) throw new InvalidOperationException($"The provider could not be asked again: {problem.Code}."); // the bus waits longer each time
        if (!found.IsSuccess || !found.Value) return;
        LogFound(mailbox.Id, mailbox.Provider);
        await context.CompleteAsync(ct => AddAsync((NpgsqlConnection)db.Database.GetDbConnection(), mailbox, "removed_again", new MailboxStepDetail(mailbox.Provider, null, "done", null, null, null, null, null), ct), ct);
    }

    private async Task<(Mailbox? Mailbox, bool WasMayExist)> BeginAsync(MailboxStepDue due, CancellationToken ct)
    {
        await using NpgsqlCommand begin = dataSource.CreateCommand(BeginSql);
        begin.Parameters.AddTyped(due.ProjectId.Value).AddTyped(due.Mailbox).AddTyped(due.Turn).AddTyped(clock.GetUtcNow().UtcDateTime);
        await using NpgsqlDataReader reader = await begin.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (MailboxRow.Read(reader), reader.GetBoolean(26)) : (null, false);
    }

    private async Task WriteAsync(NpgsqlConnection within, Mailbox mailbox, MailboxCall? call, MailboxGoal goal, bool wasMayExist, CallResult result, TimeSpan took, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (MailboxState before, bool wasReady, bool mayExist) = (mailbox.State, mailbox.ActiveAt is not null, mailbox.MayExist);
        MailboxMachine.Apply(mailbox, call, goal, wasMayExist, result, options.Value, now);
        await MailboxStore.SaveAsync(within, mailbox, ct);
        if (call is { } made) await TellCallAsync(within, mailbox, made, result.Problem, took, ct);
        if (mailbox.State != before) await TellStateAsync(within, mailbox, before, now, ct);
        if (mailbox.Goal is not null)
        {
            MailboxStepDue next = new(mailbox.ProjectId, mailbox.Id, mailbox.Turn);
            if (mailbox.NextAttemptAt is { } at) await bus.ScheduleAsync(next, at, within, ct);
            else await bus.PublishAsync(next, within, ct);
        }

        if (mailbox.EndedAt is not null && mayExist && mailbox.ActiveAt is null)
            await bus.ScheduleAsync(new MailboxLookAgainDue(mailbox.ProjectId, mailbox.Id), now + options.Value.LookAgainAfter, within, ct);
        if (!wasReady && mailbox.ActiveAt is not null) MailboxMetrics.Ready(mailbox.Provider, now - mailbox.CreatedAt);
    }

    private async Task TellCallAsync(NpgsqlConnection within, Mailbox mailbox, MailboxCall call, ProviderProblem? problem, TimeSpan took, CancellationToken ct)
    {
        (string name, string status) = (call.Name(), problem is null ? "done" : mailbox.NextAttemptAt is not null ? "waits" : "refused");
        MailboxMetrics.Step(call, mailbox.Provider, status);
        if (problem is null) LogDone(mailbox.Id, mailbox.Provider, name, took.TotalMilliseconds);
        else LogProblem(mailbox.Id, mailbox.Provider, name, problem.Code, status);
        await AddAsync(within, mailbox, name, new MailboxStepDetail(
            mailbox.Provider, mailbox.Step.Name(), status, problem?.Code, problem?.Detail, problem?.ProviderCode, Math.Round(took.TotalMilliseconds, 1), mailbox.NextAttemptAt), ct);
    }

    private async Task TellStateAsync(NpgsqlConnection within, Mailbox mailbox, MailboxState before, DateTimeOffset now, CancellationToken ct)
    {
        (string was, string state) = (before.Name(), mailbox.State.Name());
        LogState(mailbox.Id, mailbox.Provider, was, state, mailbox.Problem?.Code);
        await AddAsync(within, mailbox, state, new MailboxStepDetail(mailbox.Provider, mailbox.Step.Name(), "done", mailbox.Problem?.Code, mailbox.Problem?.Detail, null, null, null), ct);
        if (mailbox.State is MailboxState.Deleting or MailboxState.Provisioning) return; // on the way
        string told = mailbox.State is MailboxState.Active && before is MailboxState.Suspended ? "mailbox.resumed" : $"mailbox.{state}";
        MailboxTold data = new(mailbox.Id, mailbox.Address, state, mailbox.Owner, mailbox.Provider, mailbox.Problem, now, mailbox.IsTest);
        await webhooks.PublishAsync(mailbox.ProjectId, UuidV7.New(now), told, JsonSerializer.SerializeToElement(data, MailboxJson.Default.MailboxTold), now, within, ct);
    }

    private Task AddAsync(NpgsqlConnection within, Mailbox mailbox, string what, MailboxStepDetail detail, CancellationToken ct) => FlowHistory.AddAsync(
        within, mailbox.ProjectId, mailbox.Id, new FlowEntry(what, clock.GetUtcNow(), new FlowActor("worker"), null, JsonSerializer.SerializeToElement(detail, MailboxJson.Default.MailboxStepDetail)), ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {MailboxId} at {Provider} was {Before} and is {State} ({Code})")]
    private partial void LogState(Guid mailboxId, string provider, string before, string state, string? code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mailbox {MailboxId}: {Provider} did {Call} in {Milliseconds} ms")]
    private partial void LogDone(Guid mailboxId, string provider, string call, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {MailboxId}: {Provider} did not do {Call}: {Code}; {Status}")]
    private partial void LogProblem(Guid mailboxId, string provider, string call, string code, string status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mailbox {MailboxId} at {Provider} was made by a late request after it had been undone; it is removed")]
    private partial void LogFound(Guid mailboxId, string provider);
}
