using System.Text.Json;
using Mail.Core.Common;

namespace Mail.Core.Messages;

/// <summary>Takes messages over from an app: when it has answered with success, they are durable and on their way.</summary>
public sealed class MessageIntake(MessageFactory factory, AttachmentFetcher fetcher, AttachmentStore attachments, IntakeCommitter committer, IntakeCommits commits)
{
    /// <returns>The answer to give: `{"id":"..."}`.</returns>
    public async Task<Result<string>> AcceptAsync(MessageSender sender, EmailRequest request, IdempotencyRecord? key, CancellationToken ct)
    {
        Result<PreparedMessage> prepared = await PrepareAsync(sender, request, "", ct);
        if (!prepared.IsSuccess) return await RefuseAsync(sender, prepared.Failure, key, ct);
        string response = $$"""{"id":"{{prepared.Value.New.Message.Id}}"}""";
        return await CommitAsync(sender, [prepared.Value], key, response, ct);
    }

    /// <summary>All of a batch, or with <paramref name="permissive"/> all that can be taken.</summary>
    /// <returns>The answer to give: `{"data":[{"id":"..."}]}`, with `errors` when permissive.</returns>
    public async Task<Result<string>> AcceptBatchAsync(
        MessageSender sender, IReadOnlyList<EmailRequest> requests, bool permissive, IdempotencyRecord? key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(requests);
        List<PreparedMessage> prepared = new(requests.Count);
        List<BatchAnswer.Refusal> errors = [];
        for (int i = 0; i < requests.Count; i++)
        {
            Result<PreparedMessage> one = await PrepareAsync(sender, requests[i], permissive ? "" : $"{i}.", ct);
            if (one.IsSuccess) prepared.Add(one.Value);
            else if (permissive) errors.Add(new BatchAnswer.Refusal(i, one.Failure.Detail));
            else return await RefuseAsync(sender, one.Failure, key, ct);
        }

        BatchAnswer answer = new([.. prepared.Select(one => new BatchAnswer.Created(one.New.Message.Id.ToString()))], permissive ? errors : null);
        string response = JsonSerializer.Serialize(answer, BatchAnswerJson.Default.BatchAnswer);
        return prepared.Count == 0 ? response : await CommitAsync(sender, prepared, key, response, ct);
    }

    private async ValueTask<Result<PreparedMessage>> PrepareAsync(MessageSender sender, EmailRequest request, string path, CancellationToken ct)
    {
        Result<EmailRequest> resolved = await fetcher.ResolveAsync(request, path, ct);
        return resolved.IsSuccess ? factory.Create(sender, resolved.Value, path) : resolved.Failure;
    }

    private async Task<Result<string>> CommitAsync(MessageSender sender, IReadOnlyList<PreparedMessage> prepared, IdempotencyRecord? key, string response, CancellationToken ct)
    {
        foreach (PreparedMessage message in prepared.Where(message => message.Attachments.Count > 0))
            await attachments.StoreAsync(sender.ProjectId, message.New.Message.Id, message.Attachments, ct);

        Result<IntakeResult> result = await committer.CommitAsync(new Submission(sender.ProjectId, [.. prepared.Select(message => message.New)], key, response));
        if (!result.IsSuccess) return result.Failure;
        MessageMetrics.Accepted(result.Value, prepared);
        return Answer(result.Value);
    }

    /// <summary>A replay gets its stored answer, even if the same request would be refused today.</summary>
    private async Task<Result<string>> RefuseAsync(MessageSender sender, Failure failure, IdempotencyRecord? key, CancellationToken ct) =>
        key is not null && await commits.FindAsync(sender.ProjectId, key, ct) is { Outcome: IntakeOutcome.Replayed } replay ? replay.Response : failure;

    private static Result<string> Answer(IntakeResult result) => result.Outcome is IntakeOutcome.KeyUsedForAnotherRequest
        ? new Failure(FailureKind.Conflict, "invalid_idempotent_request", "This Idempotency-Key was used for a request with another body in the last 24 hours. Use a new key for a new message.")
        : result.Response;
}
