using Mail.Core.Common;
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
            HashSet<int> accepted = await IntakeSql.CommitAsync(dataSource, toCommit, clock.GetUtcNow(), options.Value.IdempotencyLifetime, CancellationToken.None);
            stored.UnionWith(accepted.Select(index => FirstIdOf(toCommit[index])));
        }

        if (stored.Count > 0) workers.Raise();
        return await ResultsAsync(group, stored);
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
