using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Webhooks;
using Npgsql;

namespace Mail.Core.Requests;

/// <summary>A request to be made.</summary>
/// <param name="Timers">When to remind, in the order of <see cref="RequestContent.Reminders"/>.</param>
public sealed record NewRequest(ProjectId ProjectId, bool IsTest, string Email, RequestContent Content, LocalMoment Deadline, IReadOnlyList<LocalMoment> Timers);

/// <summary>
/// Everything that happens to requests: the row, a line of history, mail, timers and webhook event in one transaction. Locks are taken in one order: first a request's links, then
/// its row; timers are left to come to nothing, because a timer that is being handled holds its key and waits for the row.
/// </summary>
public sealed class RequestFlow(
    NpgsqlDataSource dataSource, RequestMails mails, IdempotentAnswers keys, ActionLinkStore links, BusOutbox bus, WebhookPublisher webhooks, TimeProvider clock)
{
    /// <param name="answer">Writes what the caller is told, and under an Idempotency-Key told again.</param>
    /// <returns>That answer; or why nothing was stored: a person whom no mail can reach cannot be asked.</returns>
    public async Task<Result<string>> CreateAsync(NewRequest asked, FlowActor by, IdempotencyRecord? key, Func<DecisionRequest, string> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(answer);
        if (await keys.FindAsync(asked.ProjectId, key, ct) is { } earlier) return earlier;
        DateTimeOffset now = clock.GetUtcNow();
        DecisionRequest request = new(asked.ProjectId, UuidV7.New(now), asked.IsTest, asked.Email, asked.Content, now, asked.Deadline.At);
        string said = answer(request);
        bool isFirst;
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
            await RequestStore.AddAsync(connection, request, ct);
            if (await TellAsync(connection, request, RequestChange.Created, by, now, ct) is { } unreachable) return unreachable;
            await ScheduleAsync(connection, request, asked, ct);
            isFirst = await keys.TakeAsync(connection, request.ProjectId, key, said, ct);
            if (isFirst) await transaction.CommitAsync(CancellationToken.None);
        }

        if (!isFirst) return await keys.FindAsync(asked.ProjectId, key, ct) ?? throw new InvalidOperationException("An Idempotency-Key was taken and is gone.");
        Wake();
        return said;
    }

    /// <summary>Takes it back, with its links.</summary>
    public async Task<Result<DecisionRequest>> CancelAsync(ProjectId project, bool isTest, Guid id, FlowActor by, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await links.RevokeGroupAsync(project, RequestMails.GroupOf(id), isOwn: true, isTest, connection, ct);
        return await CommitAsync(await ChangeAsync(connection, project, isTest, id, (request, now) => request.Cancel(now), by, ct), transaction);
    }

    /// <summary>Mails it again; the links of earlier mails work on.</summary>
    public async Task<Result<DecisionRequest>> ResendAsync(ProjectId project, bool isTest, Guid id, FlowActor by, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        return await CommitAsync(await ChangeAsync(connection, project, isTest, id, (request, now) => request.Resend(now), by, ct), transaction);
    }

    /// <summary>In the transaction of the link that was used, or of the timer that came.</summary>
    internal async Task<Result<DecisionRequest>> ChangeAsync(
        NpgsqlConnection within, ProjectId project, bool? isTest, Guid id, Func<DecisionRequest, DateTimeOffset, Result<RequestChange>> transition, FlowActor by, CancellationToken ct)
    {
        if (await RequestStore.LockAsync(within, project, id, ct) is not { } request || (isTest is { } side && request.IsTest != side)) return Failure.NotFound("Request");
        DateTimeOffset now = clock.GetUtcNow();
        Result<RequestChange> change = transition(request, now);
        if (!change.IsSuccess) return change.Failure;
        await RequestStore.SaveAsync(within, request, ct);
        await TellAsync(within, request, change.Value, by, now, ct); // who was not told stands in the history
        return request;
    }

    internal void Wake()
    {
        bus.Wake();
        mails.Wake();
    }

    private async Task<Result<DecisionRequest>> CommitAsync(Result<DecisionRequest> changed, NpgsqlTransaction transaction)
    {
        if (!changed.IsSuccess) return changed;
        await transaction.CommitAsync(CancellationToken.None);
        Wake();
        return changed;
    }

    private async Task ScheduleAsync(NpgsqlConnection within, DecisionRequest request, NewRequest asked, CancellationToken ct)
    {
        await bus.ScheduleAsync(new RequestExpiryDue(request.ProjectId, request.Id), request.Deadline, $"request/{request.Id}/expiry", SameKey.Replace, within, ct);
        for (int i = 0; i < asked.Timers.Count; i++)
        {
            RequestReminderDue due = new(request.ProjectId, request.Id, i);
            string name = $"request/{request.Id}/reminder/{i}";
            if (asked.Timers[i].Wall is { } wall) await bus.ScheduleAsync(due, wall, name, SameKey.Replace, within, ct);
            else await bus.ScheduleAsync(due, asked.Timers[i].At, name, SameKey.Replace, within, ct);
        }
    }

    /// <returns>Why the mail could not be taken; null when it was, or there is none.</returns>
    private async Task<Failure?> TellAsync(NpgsqlConnection within, DecisionRequest request, RequestChange change, FlowActor by, DateTimeOffset now, CancellationToken ct)
    {
        JsonElement? detail = request.Decision is { } decision && change is RequestChange.Decided ? JsonSerializer.SerializeToElement(new DecidedDetail(decision.Choice, decision.Comment), RequestJson.Default.DecidedDetail) : null;
        await FlowHistory.AddAsync(within, request.ProjectId, request.Id, new FlowEntry(change.Name(), now, by, request.Email, detail), ct);
        Failure? failure = null;
        if (await mails.StoreAsync(within, request, change, now, ct) is { } mail)
        {
            failure = mail.Failure;
            JsonElement about = JsonSerializer.SerializeToElement(new MailedDetail(RequestMails.TemplateOf(change)!, failure?.Detail), RequestJson.Default.MailedDetail);
            FlowEntry mailed = new(mail.IsSuccess ? "mailed" : "not_mailed", now, by, request.Email, about) { EmailId = mail.IsSuccess ? mail.Value.Value : null };
            await FlowHistory.AddAsync(within, request.ProjectId, request.Id, mailed, ct);
        }

        if (request.State is RequestState.Pending) return failure;
        RequestContent content = request.Content;
        RequestTold told = new(
            request.Id, request.State.Name(), content.Title, new RequestPerson(content.PersonEmail, content.PersonName), request.Deadline, request.Decision?.Choice,
            content.Choices.FirstOrDefault(choice => choice.Key == request.Decision?.Choice)?.Label, request.Decision?.Comment, now, request.Decision?.Visitor.Ip, request.Decision?.Visitor.UserAgent, content.Metadata, request.IsTest);
        await webhooks.PublishAsync(request.ProjectId, UuidV7.New(now), $"request.{request.State.Name()}", JsonSerializer.SerializeToElement(told, RequestJson.Default.RequestTold), now, within, ct);
        return failure;
    }
}
