using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Feedback.Mailboxes;
using Mail.Core.Projects;
using Mail.Core.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Workers;

/// <summary>GET /system: how workers, queues, database and cache do, and what to do about what is wrong.</summary>
public static class GetSystem
{
    public static void Map(IEndpointRouteBuilder system) => system.MapGet("/", Handle).RequireScope(Scopes.ReadSystem);

    /// <param name="Scope">`installation` for the first project, which is the operator's; `project` for every other one: queues are then the project's own, and hosts, database, cache and mailboxes are not told.</param>
    /// <param name="Status">`ok`, `notice` (it can wait until tomorrow) or `serious` (mail does not go out, or soon will not).</param>
    /// <param name="Version">Of this API.</param>
    /// <param name="Problems">What is wrong, what is serious first.</param>
    /// <param name="Workers">Those that were heard within a day.</param>
    /// <param name="Queue">By lane: `critical`, `normal`, `bulk`.</param>
    /// <param name="CountsUpTo">What waits beyond that many, in each lane or queue, is not counted.</param>
    public sealed record Response(
        string Object, string Scope, DateTimeOffset CheckedAt, string Status, string Version, IReadOnlyList<ProblemFacts> Problems, IReadOnlyList<WorkerFacts> Workers, IReadOnlyList<LaneFacts> Queue, BusFacts Bus,
        WebhookFacts Webhooks, DatabaseFacts? Database, CacheFacts? Cache, IReadOnlyList<MailboxFacts> BounceMailboxes, int CountsUpTo);

    /// <param name="Area">`workers`, `queue`, `bus`, `webhooks`, `database`, `cache` or `bounce_mailboxes`.</param>
    /// <param name="Severity">`serious` or `notice`.</param>
    public sealed record ProblemFacts(string Area, string Severity, string Code, string Title, string Remedy);

    /// <param name="Alive">Heard within the last seconds (`Delivery__FallbackAfter`).</param>
    public sealed record WorkerFacts(string Id, string? Host, int? ProcessId, string Version, bool Alive, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

    /// <param name="Due">Recipients that a worker may take now.</param>
    /// <param name="Parked">That wait for a relay that is away, or for room in a limit.</param>
    /// <param name="Later">That wait for their time: scheduled, or to be tried again.</param>
    /// <param name="Sending">That a worker holds.</param>
    /// <param name="OldestAgeSeconds">For how long the oldest of those that are due has been so.</param>
    public sealed record LaneFacts(string Lane, long Due, long Parked, long Later, long Sending, DateTimeOffset? OldestDueAt, long? OldestAgeSeconds);

    /// <param name="Later">Timers whose time has not come, and what is tried again.</param>
    public sealed record BusFacts(long Due, long Later, long Running, DateTimeOffset? OldestDueAt, long? OldestAgeSeconds, long DeadLetters);

    /// <param name="Failing">Webhooks whose last requests failed.</param>
    /// <param name="GivenUp">Events that are not sent any more unless somebody asks for it.</param>
    public sealed record WebhookFacts(long Due, long Later, long Running, DateTimeOffset? OldestDueAt, long? OldestAgeSeconds, long Failing, long GivenUp);

    /// <param name="OldestTransactionSeconds">For how long the oldest open transaction has been open; null for none.</param>
    /// <param name="ClockAheadMs">How much the database's clock is before this process's; negative when it is behind.</param>
    /// <param name="Months">Months that have tables of their own, such as `2026-03`.</param>
    /// <param name="StrayRows">About how many messages stand in no month's table.</param>
    public sealed record DatabaseFacts(
        string Version, double LatencyMs, long SizeBytes, double? OldestTransactionSeconds, int Connections, int MaxConnections, double ClockAheadMs, IReadOnlyList<string> Months, bool HasNextMonth, long StrayRows);

    /// <param name="Status">`ok`, `away` (each process keeps limits for itself until it is back) or `none` (none is configured; the same).</param>
    public sealed record CacheFacts(string Status, double? LatencyMs);

    /// <param name="Status">`ok` or `failing`.</param>
    public sealed record MailboxFacts(string Name, string Status, DateTimeOffset LookedAt, DateTimeOffset? ReadAt, DateTimeOffset? FailingSince, string? Problem, long Recorded, long SetApart);

    public static async Task<Ok<Response>> Handle(HttpRequest http, CurrentProject project, SystemLook look, CancellationToken ct)
    {
        SystemState state = await look.RunAsync(project.Id, ct);
        IReadOnlyList<SystemProblem> problems = SystemProblems.Of(state);
        return TypedResults.Ok(Of(state, problems, RequestLanguage.Of(http)));
    }

    private static Response Of(SystemState state, IReadOnlyList<SystemProblem> problems, string language) => new(
        "system", state.IsInstallation ? "installation" : "project", state.At, problems.Count == 0 ? "ok" : problems.Any(problem => problem.IsSerious) ? "serious" : "notice", BuildVersion.Text,
        [.. problems.Select(problem => Of(problem, language))],
        [.. state.Workers.Select(worker => new WorkerFacts(worker.Id.ToString(), state.IsInstallation ? worker.Host : null, state.IsInstallation ? worker.ProcessId : null, worker.Version, worker.IsAlive, worker.StartedAt, worker.SeenAt))],
        [.. state.Queue.Select(lane => new LaneFacts(lane.Lane, lane.Due, lane.Parked, lane.Later, lane.Sending, lane.OldestDueAt, Age(state, lane.OldestDueAt)))],
        new BusFacts(state.Bus.Due, state.Bus.Later, state.Bus.Running, state.Bus.OldestDueAt, Age(state, state.Bus.OldestDueAt), state.DeadLetters),
        new WebhookFacts(state.Webhooks.Due, state.Webhooks.Later, state.Webhooks.Running, state.Webhooks.OldestDueAt, Age(state, state.Webhooks.OldestDueAt), state.FailingWebhooks, state.GivenUpEvents),
        state.Database is { } database ? Of(database) : null,
        state.Cache is { } cache ? new CacheFacts(cache.Latency is not null ? "ok" : cache.IsConfigured ? "away" : "none", cache.Latency is { } took ? Rounded(took) : null) : null,
        [.. state.BounceMailboxes.Select(Of)], SystemLook.Most);

    private static ProblemFacts Of(SystemProblem problem, string language)
    {
        CauseText text = problem.Cause.In(language);
        return new ProblemFacts(problem.Area, problem.IsSerious ? "serious" : "notice", problem.Cause.Code, text.Title, text.Remedy);
    }

    private static DatabaseFacts Of(DatabaseState database) => new(
        database.Version, Rounded(database.Latency), database.Bytes, database.OldestTransaction is { } oldest ? Math.Round(oldest.TotalSeconds, 1) : null, database.Connections, database.MostConnections, Rounded(database.ClockAhead),
        [.. database.Months.Select(month => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture))], database.HasNextMonth, database.StrayRows);

    private static MailboxFacts Of(MailboxState mailbox) => new(
        mailbox.Name, mailbox.FailingSince is null ? "ok" : "failing", mailbox.LookedAt, mailbox.ReadAt, mailbox.FailingSince, mailbox.Problem, mailbox.Recorded, mailbox.SetApart);

    private static long? Age(SystemState state, DateTimeOffset? since) => since is { } at ? Math.Max(0, (long)(state.At - at).TotalSeconds) : null;

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
