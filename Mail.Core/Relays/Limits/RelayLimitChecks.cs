using System.Globalization;
using Mail.Core.Common;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Limits;

/// <summary>Checks a relay's limits as a person gives them. Pure; paths are those of the API's fields.</summary>
public static class RelayLimitChecks
{
    /// <summary>One in an hour.</summary>
    public const double LowestRate = 1 / 3600d;
    public const double HighestRate = 100_000;
    public const int MostDomains = 200;
    public const int MostConcurrent = 1000;
    public const double MostGrowth = 10;

    private static readonly DateOnly _earliest = new(2000, 1, 1), _latest = new(2100, 12, 31);

    /// <param name="prefix">What stands before the fields' names, such as `relays.0.`.</param>
    /// <returns>What is wrong with max_connections, rate_per_second, the quotas, domain_limits and warm_up; null when nothing is.</returns>
    public static Failure? Check(RelayValues values, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(values);
        return Whole(prefix + "max_connections", values.MaxConnections, MostConcurrent)
            ?? Rate(prefix + "rate_per_second", values.RatePerSecond)
            ?? Whole(prefix + "day_quota", values.DayQuota, WarmUp.Endless)
            ?? Whole(prefix + "month_quota", values.MonthQuota, WarmUp.Endless)
            ?? CheckDomains(values.DomainLimits, prefix + "domain_limits")
            ?? CheckWarmUp(values.WarmUp, prefix + "warm_up");
    }

    /// <returns>What is wrong with the list; null when nothing is. Domains may still be in any form: see <see cref="Normalize"/>.</returns>
    public static Failure? CheckDomains(IReadOnlyList<DomainLimit> limits, string path)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.Count > MostDomains) return Failure.Field(path, $"has {limits.Count} entries; {MostDomains} are the most.");
        HashSet<string> seen = [];
        for (int i = 0; i < limits.Count; i++)
        {
            DomainLimit limit = limits[i];
            string at = string.Create(CultureInfo.InvariantCulture, $"{path}.{i}");
            if (string.IsNullOrWhiteSpace(limit.Domain)) return Failure.Missing($"{at}.domain");
            if (DomainName(limit.Domain) is not { } domain) return Failure.Field($"{at}.domain", "must be a domain such as `example.com`, or `*` for every other one.");
            if (!seen.Add(domain)) return Failure.Field($"{at}.domain", "stands twice in the list.");
            if (limit.RatePerSecond is null && limit.MaxConcurrent is null) return Failure.Field(at, "needs `rate_per_second` or `max_concurrent`.");
            if ((Rate($"{at}.rate_per_second", limit.RatePerSecond) ?? Whole($"{at}.max_concurrent", limit.MaxConcurrent, MostConcurrent)) is { } failure) return failure;
        }

        return null;
    }

    /// <returns>What is wrong with the plan; null when nothing is, or when there is none.</returns>
    public static Failure? CheckWarmUp(WarmUp? plan, string path)
    {
        if (plan is null) return null;
        if (plan.StartsOn < _earliest || plan.StartsOn > _latest) return Failure.Field($"{path}.starts_on", "must be a date from 2000-01-01 to 2100-12-31.");
        if (Whole($"{path}.first_day", plan.FirstDay, WarmUp.Endless) is { } first) return first;
        if (!(plan.Growth is > 1 and <= MostGrowth)) return Failure.Field($"{path}.growth", $"must be greater than 1 and at most {MostGrowth}: each day's number is the one before times this.");
        if (plan.Ceiling < plan.FirstDay) return Failure.Field($"{path}.ceiling", "must not be less than `first_day`.");
        return Whole($"{path}.ceiling", plan.Ceiling, WarmUp.Endless);
    }

    /// <summary>The list as it is stored: domains in lower case and A-labels. Only of one that has been checked.</summary>
    public static IReadOnlyList<DomainLimit> Normalize(IReadOnlyList<DomainLimit> limits) => [.. limits.Select(limit => limit with { Domain = DomainName(limit.Domain)! })];

    private static string? DomainName(string text)
    {
        string domain = text.Trim();
        if (domain == DomainLimit.Any) return domain;
        return domain.Length <= 1000 && EmailAddress.TryParse("a@" + domain, out EmailAddress? address, out _) && address.Domain == domain ? address.AsciiDomain : null;
    }

    private static Failure? Rate(string path, double? rate) =>
        rate is null or (>= LowestRate and <= HighestRate) ? null : Failure.Field(path, string.Create(CultureInfo.InvariantCulture, $"must be from 1 in an hour (0.00028) to {HighestRate} a second."));

    private static Failure? Whole(string path, long? number, long most) =>
        number is null || (number >= 1 && number <= most) ? null : Failure.Field(path, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {most}."));
}
