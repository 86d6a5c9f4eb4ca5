using System.Threading.Channels;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Group commit: requests that arrive while a commit is under way share the next one. None of them is answered before it is durable.</summary>
public sealed partial class IntakeCommitter(
    IntakeCommits commits, IOptions<IntakeOptions> options, TimeProvider clock, ILogger<IntakeCommitter> logger) : BackgroundService
{
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.Value.WaitingRoom));

    /// <summary>Stores a submission. The caller going away does not undo it: others share its commit.</summary>
    /// <returns>How it ended, or a failure of kind Unavailable: nothing can be said to be stored, and the same request may be sent again.</returns>
    public async Task<Result<IntakeResult>> CommitAsync(Submission submission)
    {
        Waiting waiting = new(submission, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(waiting))
            return new Failure(FailureKind.Unavailable, "service_unavailable", "Too many messages are being accepted at this moment. Nothing was stored; send it again in a second.");
        return await waiting.Result.Task;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Committers).Select(_ => Task.Run(CommitGroupsAsync, CancellationToken.None)));

    /// <summary>Takes no more, and commits what waits: an API that stops leaves nobody without an answer.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running) await running.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task CommitGroupsAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            List<Waiting> group = TakeGroup(out List<Waiting> sameKey);
            if (group.Count == 0) continue;
            await CommitAsync(group);
            // Two requests with one key in one group: the first is committed by now, so the second finds its answer.
            foreach (Waiting second in sameKey) await CommitAsync([second]);
        }
    }

    private List<Waiting> TakeGroup(out List<Waiting> sameKey)
    {
        List<Waiting> group = [];
        sameKey = [];
        HashSet<(ProjectId, string)> keys = [];
        int bytes = 0;
        while (group.Count < options.Value.GroupSize && bytes < options.Value.GroupBytes && _waiting.Reader.TryRead(out Waiting waiting))
        {
            Submission submission = waiting.Submission;
            bytes += submission.Bytes;
            (submission.Idempotency is { } record && !keys.Add((submission.ProjectId, record.Key)) ? sameKey : group).Add(waiting);
        }

        return group;
    }

    /// <param name="mayBeStored">An earlier try failed in a way that says nothing about the commit itself.</param>
    private async Task CommitAsync(List<Waiting> group, bool mayBeStored = false)
    {
        try
        {
            IReadOnlyList<IntakeResult> results = await CommitWithRetryAsync([.. group.Select(waiting => waiting.Submission)], mayBeStored);
            for (int i = 0; i < group.Count; i++) group[i].Result.SetResult(results[i]);
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e, group.Count);
            Failure away = new(FailureKind.Unavailable, "service_unavailable", "The database is not reachable. Nothing is known to be stored; send it again with the same Idempotency-Key.");
            foreach (Waiting waiting in group) waiting.Result.SetResult(away);
        }
        catch (Exception e) when (group.Count > 1)
        {
            // One row that PostgreSQL refuses must not take the others with it.
            LogBisecting(e, group.Count);
            await CommitAsync(group[..(group.Count / 2)], mayBeStored: true);
            await CommitAsync(group[(group.Count / 2)..], mayBeStored: true);
        }
#pragma warning disable CA1031 // handed to the one caller whose submission it is, who answers 500 and logs it
        catch (Exception e)
#pragma warning restore CA1031
        {
            group[0].Result.SetException(e);
        }
    }

    private async Task<IReadOnlyList<IntakeResult>> CommitWithRetryAsync(IReadOnlyList<Submission> group, bool lostAnswer)
    {
        long started = clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(100);
        for (; ; lostAnswer = true)
        {
            try
            {
                return await commits.CommitAsync(group, lostAnswer);
            }
            catch (PostgresException e) when (lostAnswer && e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // The commit whose answer was lost went through after we had looked for it: look again.
                LogRetrying(group.Count, e.MessageText);
            }
            catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e) && clock.GetElapsedTime(started) < options.Value.RetryFor)
            {
                LogRetrying(group.Count, e.Message);
                await Task.Delay(pause);
                if (pause < TimeSpan.FromSeconds(1)) pause *= 2;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to a commit of {Count} requests was lost ({Problem}); looking for them and trying again.")]
    private partial void LogRetrying(int count, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database stayed away; {Count} requests were told to come again.")]
    private partial void LogDatabaseAway(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {Count} requests was refused as a whole; committing it in halves to find the one at fault.")]
    private partial void LogBisecting(Exception e, int count);

    private readonly record struct Waiting(Submission Submission, TaskCompletionSource<Result<IntakeResult>> Result);
}
