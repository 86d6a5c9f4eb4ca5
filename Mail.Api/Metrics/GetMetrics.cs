using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Metrics;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Metrics;

/// <summary>GET /emails/metrics: what became of recipients, over time. Mail of test keys is left out.</summary>
public static class GetMetrics
{
    private const int MostDays = 366, MostDaysByHour = 14;

    public static void Map(IEndpointRouteBuilder metrics) => metrics.MapGet("/metrics", Handle).RequireScope(Scopes.ReadMessages);

    /// <param name="Interval">`hour` or `day`.</param>
    /// <param name="From">When the first interval begins.</param>
    /// <param name="Data">One for each interval, the oldest first; the last is not over yet.</param>
    public sealed record Response(string Object, string Interval, string TimeZone, DateTimeOffset From, DateTimeOffset To, MessageCounts Totals, IReadOnlyList<Item> Data);

    /// <param name="At">When the interval begins.</param>
    public sealed record Item(DateTimeOffset At, MessageCounts Counts);

    /// <param name="days">How many last days, today among them: 1 to 366; 7 without it.</param>
    /// <param name="interval">`hour` (at most 14 days) or `day`; without it `hour` for up to two days.</param>
    /// <param name="timeZone">Where days begin, such as `Europe/Paris`; UTC without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, MessageCounter counter, TimeProvider clock, CancellationToken ct, string? days = null, string? interval = null, [FromQuery(Name = "time_zone")] string? timeZone = null)
    {
        int count = 7;
        if (days is not null && (!int.TryParse(days, out count) || count is < 1 or > MostDays)) return Failure.Field("days", $"must be a number from 1 to {MostDays}.").ToApiError();
        string unit = interval ?? (count <= 2 ? "hour" : "day");
        if (unit is not ("hour" or "day")) return Failure.Field("interval", "must be `hour` or `day`.").ToApiError();
        if (unit is "hour" && count > MostDaysByHour) return Failure.Field("interval", $"`hour` is for {MostDaysByHour} days at most.").ToApiError();
        if (TimeZones.Find(timeZone ?? "UTC") is not { } zone) return Failure.Field("time_zone", "is no time zone, such as `Europe/Paris`.").ToApiError();

        List<DateTimeOffset> starts = Starts(zone, clock.GetUtcNow(), count, unit is "hour");
        Dictionary<DateTimeOffset, MessageCounts> found = (await counter.ReadAsync(project.Id, starts, clock.GetUtcNow(), ct)).ToDictionary(one => one.At, one => one.Counts);
        List<Item> data = [.. starts.Select(at => new Item(at, found.GetValueOrDefault(at)))];
        return TypedResults.Ok(new Response("metrics", unit, timeZone ?? "UTC", starts[0], clock.GetUtcNow(), data.Aggregate(default(MessageCounts), (sum, one) => sum + one.Counts), data));
    }

    /// <summary>When each interval begins: on days when clocks change a day has 23 or 25 hours.</summary>
    private static List<DateTimeOffset> Starts(TimeZoneInfo zone, DateTimeOffset now, int days, bool byHour)
    {
        DateTime today = TimeZoneInfo.ConvertTime(now, zone).Date;
        List<DateTimeOffset> starts = [.. Enumerable.Range(1 - days, days).Select(day => Midnight(today.AddDays(day), zone))];
        if (!byHour) return starts;
        DateTimeOffset first = starts[0];
        first -= TimeSpan.FromTicks(first.UtcTicks % TimeSpan.TicksPerHour); // hours are counted from UTC's
        return [.. Enumerable.Range(0, (int)((now - first) / TimeSpan.FromHours(1)) + 1).Select(hour => first.AddHours(hour))];
    }

    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day)) day = day.AddMinutes(15); // where clocks go forward at midnight
        TimeSpan offset = zone.IsAmbiguousTime(day) ? zone.GetAmbiguousTimeOffsets(day).Max() : zone.GetUtcOffset(day);
        return new DateTimeOffset(day, offset).ToUniversalTime();
    }
}
