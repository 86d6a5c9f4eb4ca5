using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Commits one group of submissions and says how each ended.</summary>
public sealed class IntakeCommits(NpgsqlDataSource dataSource, DeliverySignal workers, IOptions<IntakeOptions> options, TimeProvider clock)
{
    /// <param name="mayBeStored">The answer to an earlier try was lost, so some may be there already.</param>
    /// <exception cref="NpgsqlException">Nothing is known of the outcome when the connection was lost; nothing was stored when PostgreSQL refused the data.</exception>
    public async Task<IReadOnlyList<IntakeResult>> CommitAsync(IReadOnlyList<Submission> group, bool mayBeStored)
    {
        HashSet<Guid> stored = mayBeStored ? await IntakeSql.FindMessagesAsync(dataSource, group, CancellationToken.None) : [];
        List<Submission> toCommit = [.. group.Where(submission => !stored.Contains(FirstIdOf(submission)))];
        if (toCommit.Count > 0)
        {
            HashSet<int> accepted = await IntakeSql.CommitAsync(dataSource, null, toCommit, clock.GetUtcNow(), options.Value.IdempotencyLifetime, CancellationToken.None);
            stored.UnionWith(accepted.Select(index => FirstIdOf(toCommit[index])));
        }

        if (stored.Count > 0) workers.Raise();
        return await ResultsAsync(group, stored);
    }

    /// <summary>Commits one submission together with something else, apart from the groups: its transaction may wait for rows, which theirs must not.</summary>
    /// <param name="storeAsync">Comes first, and takes all of it back with a failure. What loses its Idempotency-Key takes it back too.</param>
    /// <exception cref="NpgsqlException">The database is away; nothing is known to be stored.</exception>
    public async Task<Result<IntakeResult>> CommitWithAsync(Submission submission, Func<NpgsqlConnection, CancellationToken, Task<Failure?>> storeAsync, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(storeAsync);
        bool isStored;
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
            if (await storeAsync(connection, ct) is { } failure) return failure;
            isStored = (await IntakeSql.CommitAsync(dataSource, connection, [submission], clock.GetUtcNow(), options.Value.IdempotencyLifetime, ct)).Count == 1;
            if (isStored) await CommitAsync(transaction, submission);
        }

        if (isStored) workers.Raise();
        return (await ResultsAsync([submission], isStored ? [FirstIdOf(submission)] : []))[0];
    }

    /// <summary>A lost answer to a commit is cleared up by looking. From here on the caller's going away undoes nothing.</summary>
    private async Task CommitAsync(NpgsqlTransaction transaction, Submission submission)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e))
        {
            if ((await IntakeSql.FindMessagesAsync(dataSource, [submission], CancellationToken.None)).Count == 0) throw;
        }
    }

    private async Task<IReadOnlyList<IntakeResult>> ResultsAsync(IReadOnlyList<Submission> group, HashSet<Guid> stored)
    {
        List<(ProjectId, string)> lost = [.. group.Where(submission => !stored.Contains(FirstIdOf(submission))).Select(submission => (submission.ProjectId, submission.Idempotency!.Key))];
        Dictionary<(Guid, string), (byte[] RequestHash, string Response)> answers =
            lost.Count == 0 ? [] : await IntakeSql.FindKeysAsync(dataSource, lost, DateTimeOffset.MinValue, CancellationToken.None);
        return [.. group.Select(submission => stored.Contains(FirstIdOf(submission))
            ? new IntakeResult(IntakeOutcome.Accepted, submission.Response)
            : Answer(submission.Idempotency!, answers[(submission.ProjectId.Value, submission.Idempotency!.Key)]))];
    }

    /// <summary>The answer stored under a key, if there is one.</summary>
    public async Task<IntakeResult?> FindAsync(ProjectId projectId, IdempotencyRecord record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        Dictionary<(Guid, string), (byte[] RequestHash, string Response)> answers = await IntakeSql.FindKeysAsync(dataSource, [(projectId, record.Key)], clock.GetUtcNow(), ct);
        return answers.TryGetValue((projectId.Value, record.Key), out (byte[] RequestHash, string Response) answer) ? Answer(record, answer) : null;
    }

    private static IntakeResult Answer(IdempotencyRecord asked, (byte[] RequestHash, string Response) stored) =>
        stored.RequestHash.AsSpan().SequenceEqual(asked.RequestHash)
            ? new IntakeResult(IntakeOutcome.Replayed, stored.Response)
            : new IntakeResult(IntakeOutcome.KeyUsedForAnotherRequest, "");

    private static Guid FirstIdOf(Submission submission) => submission.Messages[0].Message.Id.Value;
}
