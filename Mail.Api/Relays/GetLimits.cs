using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays.Limits;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Relays;

/// <summary>GET /limits: which limits hold at this moment, how much of them is used, and who waits because of them. They are changed by PATCH /relays/{id} and PATCH /project.</summary>
public static class GetLimits
{
    private const int PlannedDays = 14;

    public static void Map(IEndpointRouteBuilder limits) => limits.MapGet("/", Handle).RequireScope(Scopes.ReadRelays);

    /// <param name="RatePerSecond">Requests that all keys of the project together may make in a second; null for any number.</param>
    /// <param name="Relays">By the order in which they are used. Without any, the default relay serves the project.</param>
    /// <param name="DefaultRelayWaiting">Who waits for the default relay's limits, which its operator sets.</param>
    /// <param name="CountsUpTo">More that wait are not counted.</param>
    public sealed record Response(string Object, int? RatePerSecond, IReadOnlyList<RelayLimitsFacts> Relays, IReadOnlyList<WaitingFacts> DefaultRelayWaiting, int CountsUpTo);

    /// <param name="Today">Null without a quota of the day and a warm-up.</param>
    /// <param name="Month">Null without a quota of the month.</param>
    /// <param name="WarmUp">The plan; null for none.</param>
    /// <param name="Planned">What the plan allows on this day (UTC) and those that follow; empty without one.</param>
    public sealed record RelayLimitsFacts(
        string Id, string Name, bool Enabled, int Revision, int? MaxConnections, double? RatePerSecond, long? DayQuota, long? MonthQuota, IReadOnlyList<DomainLimit> DomainLimits, WarmUp? WarmUp,
        PeriodFacts? Today, PeriodFacts? Month, IReadOnlyList<PlannedDay> Planned, IReadOnlyList<WaitingFacts> Waiting);

    /// <param name="Limit">Recipients.</param>
    /// <param name="From">`day_quota`, `month_quota` or `warm_up`: what sets the limit.</param>
    /// <param name="ResetsAt">When counting begins anew.</param>
    public sealed record PeriodFacts(long Used, long Limit, string From, DateTimeOffset ResetsAt);

    /// <param name="Recipients">Of the plan and the day's quota what is less.</param>
    public sealed record PlannedDay(DateOnly Date, long Recipients);

    /// <param name="For">`turn` (a rate or places) or `quota` (a quota or a warm-up).</param>
    /// <param name="Domain">The destination whose own limit it is; null for the relay's.</param>
    /// <param name="Recipients">How many wait.</param>
    /// <param name="Next">When the first of them is looked at again, if there is no room before.</param>
    /// <param name="Examples">The first of them; empty for who may not read messages.</param>
    public sealed record WaitingFacts(string For, string? Domain, string? Cause, long Recipients, DateTimeOffset Next, IReadOnlyList<ExampleFacts> Examples);

    public sealed record ExampleFacts(string MessageId, string Recipient, string Reason);

    public static async Task<Ok<Response>> Handle(CurrentProject current, MailDbContext db, RelayOrder order, RelayUsageReader usage, LimitWaiters waiters, TimeProvider clock, CancellationToken ct)
    {
        int? rate = await db.Projects.AsNoTracking().Where(project => project.Id == current.Id).Select(project => project.RatePerSecond).SingleAsync(ct);
        RelayGroups relays = await order.ReadAsync(current.Id, ct);
        IReadOnlyDictionary<RelayId, UsedQuota> used = await usage.ReadAsync(current.Id, ct);
        bool seesPeople = current.Scopes.Contains(Scopes.ReadMessages);
        ILookup<RelayId?, WaitingFacts> waiting = (await waiters.ReadAsync(current.Id, ct)).ToLookup(one => one.Relay, one => Facts(one, seesPeople));
        DateTimeOffset now = clock.GetUtcNow();
        return TypedResults.Ok(new Response(
            "limits", rate, [.. relays.Groups.SelectMany(group => group).Select(relay => Of(relay, used.GetValueOrDefault(relay.Id) ?? new UsedQuota(0, 0), [.. waiting[relay.Id]], now))], [.. waiting[null]], LimitWaiters.Most));
    }

    private static RelayLimitsFacts Of(Core.Relays.ConfiguredRelay relay, UsedQuota used, IReadOnlyList<WaitingFacts> waiting, DateTimeOffset now)
    {
        DateOnly day = DateOnly.FromDateTime(now.UtcDateTime);
        DateTimeOffset tomorrow = new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), nextMonth = new(new DateOnly(day.Year, day.Month, 1).AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero);
        long planned = relay.WarmUp?.On(day) ?? long.MaxValue, quota = relay.DayQuota ?? long.MaxValue;
        PeriodFacts? today = planned == long.MaxValue && quota == long.MaxValue ? null : new PeriodFacts(used.Day, Math.Min(planned, quota), planned < quota ? "warm_up" : "day_quota", tomorrow);
        PeriodFacts? month = relay.MonthQuota is { } most ? new PeriodFacts(used.Month, most, "month_quota", nextMonth) : null;
        return new RelayLimitsFacts(
            relay.Id.ToString(), relay.Name, relay.IsEnabled, relay.Revision, relay.MaxConnections, relay.RatePerSecond, relay.DayQuota, relay.MonthQuota, relay.DomainLimits, relay.WarmUp, today, month,
            relay.WarmUp is not { } plan ? [] : [.. Enumerable.Range(0, PlannedDays).Select(ahead => day.AddDays(ahead)).Select(date => new PlannedDay(date, Math.Min(plan.On(date), quota)))], waiting);
    }

    private static WaitingFacts Facts(WaitingForLimit one, bool seesPeople) => new(
        one.IsQuota ? "quota" : "turn", one.Domain, one.Cause, one.Count, one.Next, seesPeople ? [.. one.Examples.Select(example => new ExampleFacts(example.Message.ToString(), example.Recipient, example.Reason))] : []);
}
