using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains.Senders;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Takes messages over from an app: when it has answered with success, they are durable and on their way.</summary>
public sealed class MessageIntake(MessageFactory factory, AttachmentFetcher fetcher, AttachmentStore attachments, IntakeLook look, IntakeCommitter committer, IntakeCommits commits, SenderDirectory senders, TrackingDirectory tracking, MessageSecrets secrets)
{
    /// <returns>The answer to give: `{"id":"..."}`.</returns>
    public async Task<Result<string>> AcceptAsync(MessageSender sender, EmailRequest request, IdempotencyRecord? key, CancellationToken ct)
    {
        // With attachments a replay is looked for first: neither shall their bytes be stored again nor a URL be fetched again.
        if (key is not null && (request.Attachments is { Length: > 0 } || request.Raw is not null) && await commits.FindAsync(sender.ProjectId, key, ct) is { } earlier) return Answer(earlier);
        Result<EmailRequest> resolved = await fetcher.ResolveAsync(request, "", ct);
        if (!resolved.IsSuccess) return resolved.Failure;
        Result<PreparedMessage> prepared = await PrepareAsync(sender, resolved.Value, ct);
        if (!prepared.IsSuccess) return await RefuseAsync(sender, prepared.Failure, key, ct);
        string response = $$"""{"id":"{{prepared.Value.New.Message.Id}}"}""";
        return await CommitAsync(sender, [prepared.Value], key, response, ct);
    }

    /// <summary>A message and something else, in one transaction: both are there, or neither. For mail that would be worth nothing, or do harm, without the other.</summary>
    /// <returns>The answer to give; that of an earlier request under the same key, whose other part is not made again.</returns>
    public async Task<Result<string>> AcceptWithAsync(MessageSender sender, EmailRequest request, IdempotencyRecord? key, IntakeCompanion with, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(with);
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Attachments is { Length: > 0 } || request.Raw is not null) throw new ArgumentException("Files are stored before the message, and so cannot be part of a transaction.", nameof(request));
        if (key is not null && await commits.FindAsync(sender.ProjectId, key, ct) is { } earlier) return Answer(earlier);
        Result<PreparedMessage> prepared = await PrepareAsync(sender, request, ct);
        if (!prepared.IsSuccess) return await RefuseAsync(sender, prepared.Failure, key, ct);
        Submission submission = new(sender.ProjectId, [prepared.Value.New], key, with.Answer(prepared.Value.New.Message.Id));
        Result<IntakeResult> result = await commits.CommitWithAsync(submission, with.StoreAsync, ct);
        if (!result.IsSuccess) return result.Failure;
        MessageMetrics.Accepted(result.Value, [prepared.Value]);
        return Answer(result.Value);
    }

    /// <summary>Checks messages that the caller will store, each by itself.</summary>
    internal async Task<IReadOnlyList<Result<PreparedMessage>>> PrepareAsync(MessageSender sender, IReadOnlyList<EmailRequest> requests, CancellationToken ct)
    {
        (sender, SuppressionMatches suppressed) = await KnowingAsync(sender, requests, ct);
        return [.. requests.Select(request => factory.Create(sender, request)).Select(one => one.IsSuccess ? SuppressedRecipients.Apply(one.Value, suppressed, "") : one)];
    }

    private async Task<Result<PreparedMessage>> PrepareAsync(MessageSender sender, EmailRequest request, CancellationToken ct) => (await PrepareAsync(sender, [request], ct))[0];

    /// <summary>What would hinder a message; nothing is stored. For a caller who makes it later.</summary>
    public async Task<Failure?> ObjectionAsync(MessageSender sender, EmailRequest request, CancellationToken ct) => (await PrepareAsync(sender, request, ct)) is { IsSuccess: false } refused ? refused.Failure : null;

    /// <summary>All of a batch, or with <paramref name="permissive"/> all that can be taken.</summary>
    /// <returns>The answer to give: `{"data":[{"id":"..."}]}`, with `errors` when permissive.</returns>
    public async Task<Result<string>> AcceptBatchAsync(
        MessageSender sender, IReadOnlyList<EmailRequest> requests, bool permissive, IdempotencyRecord? key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (key is not null && await commits.FindAsync(sender.ProjectId, key, ct) is { } earlier) return Answer(earlier);
        (sender, SuppressionMatches suppressed) = await KnowingAsync(sender, requests, ct);
        (int Index, Result<PreparedMessage> Prepared)[] all = new (int, Result<PreparedMessage>)[requests.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (i, CreateForBatch(sender, requests[i], Path(i)));
            if (!permissive && !all[i].Prepared.IsSuccess) return all[i].Prepared.Failure!;
        }

        List<PreparedMessage> prepared = new(all.Length);
        List<BatchAnswer.Refusal> errors = [];
        foreach ((int index, Result<PreparedMessage> created) in all)
        {
            Result<PreparedMessage> one = created.IsSuccess ? SuppressedRecipients.Apply(created.Value, suppressed, Path(index)) : created;
            if (one.IsSuccess) prepared.Add(one.Value);
            else if (permissive) errors.Add(new BatchAnswer.Refusal(index, one.Failure.Detail));
            else return one.Failure;
        }

        string Path(int index) => permissive ? "" : $"{index}.";

        BatchAnswer answer = new([.. prepared.Select(one => new BatchAnswer.Created(one.New.Message.Id.ToString()))], permissive ? errors : null);
        string response = JsonSerializer.Serialize(answer, BatchAnswerJson.Default.BatchAnswer);
        return prepared.Count == 0 ? response : await CommitAsync(sender, prepared, key, response, ct);
    }

    /// <summary>Adds who may send, and what is tracked. Test mail never leaves, and a test of a relay by a person who may set it up goes from any address.</summary>
    private async ValueTask<MessageSender> WithPolicyAsync(MessageSender sender, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (sender.OnlyRelay is not null) return sender;
        sender = sender with { Tracking = await tracking.ForAsync(sender.ProjectId, ct) };
        SenderPolicy policy = await senders.ForAsync(sender.ProjectId, ct);
        return sender with { Profiles = policy.Profiles, Senders = sender.IsTest || !senders.IsRequired ? null : policy };
    }

    /// <summary>Adds what the checks need to know: who may send, the templates that are named, and what is known of their recipients; and asks who is not written to.</summary>
    private async ValueTask<(MessageSender, SuppressionMatches)> KnowingAsync(MessageSender sender, IReadOnlyList<EmailRequest> requests, CancellationToken ct)
    {
        sender = await WithPolicyAsync(sender, ct);
        HashSet<string> templates = [], contacts = [];
        HashSet<SuppressionKey> recipients = [];
        bool hasSecrets = false;
        foreach (EmailRequest request in requests)
        {
            if (request is null) continue;
            hasSecrets |= SecretParts.AreIn(request, null);
            recipients.UnionWith(SuppressedRecipients.KeysOf(sender.ProjectId, request, factory.MostRecipients(request)));
            if (request.Template?.Id is not { Length: > 0 } name) continue;
            templates.Add(name);
            if (MessageFactory.OnlyRecipient(request) is { } recipient) contacts.Add(recipient);
        }

        (sender, SuppressionMatches suppressed) = await look.AskAsync(sender, new IntakeQuestion(sender.ProjectId, templates, contacts, recipients), ct);
        hasSecrets |= sender.Templates is { } found && found.Values.Any(template => template.HasSecrets || template.Experiment?.Arms.Any(arm => arm.Template.HasSecrets) == true);
        return (hasSecrets ? sender with { Cipher = await secrets.CipherAsync(ct) } : sender, suppressed);
    }

    /// <summary>Nothing is fetched for a batch: a hundred messages' files would be held in memory until the last one came.</summary>
    private Result<PreparedMessage> CreateForBatch(MessageSender sender, EmailRequest request, string path)
    {
        int byUrl = Array.FindIndex(request.Attachments ?? [], attachment => attachment?.Path is not null);
        return byUrl < 0
            ? factory.Create(sender, request, path)
            : Failure.Field($"{path}attachments.{byUrl}.path", "is not fetched for a batch. Send the bytes as `content`, in base64, or the message alone.");
    }

    private async Task<Result<string>> CommitAsync(MessageSender sender, IReadOnlyList<PreparedMessage> prepared, IdempotencyRecord? key, string response, CancellationToken ct)
    {
        try
        {
            foreach (PreparedMessage message in prepared.Where(message => message.Attachments.Count > 0))
                await attachments.StoreAsync(sender.ProjectId, message.New.Message.Id, message.Attachments, ct);
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e))
        {
            return new Failure(FailureKind.Unavailable, "service_unavailable", "The database is not reachable. Nothing was accepted; send it again.");
        }

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
