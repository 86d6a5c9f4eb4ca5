using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays.Limits;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Setup;

/// <summary>Everything of a <see cref="RelayWish"/> but its settings: read, checked, and put upon what was before.</summary>
internal static partial class RelayWishChecks
{
    private const int MostSenders = 100;

    private static readonly string[] _reserved = ["default", SimulatorRelay.RelayName, "capture", "log"]; // each stands in deliveries for another thing

    /// <param name="before">What is changed, or the defaults of a new one, whose name is empty.</param>
    public static Result<RelayValues> Values(RelayWish wish, RelayValues before)
    {
        RelayValues values = before;
        if (wish.Has("name"))
        {
            if (wish.Name is null) return Failure.Missing("name");
            if (!NameForm().IsMatch(wish.Name)) return Failure.Field("name", "must be 1 to 63 of a-z, 0-9, `-`, `_` and `.`, beginning with a letter or digit.");
            if (_reserved.Contains(wish.Name)) return Failure.Field("name", $"cannot be `{wish.Name}`, which the system uses itself.");
            values = values with { Name = wish.Name };
        }

        if (values.Name.Length == 0) return Failure.Missing("name");
        if (wish.Has("enabled")) values = values with { IsEnabled = wish.Enabled ?? true };
        if (wish.Has("priority")) values = values with { Priority = wish.Priority ?? 100 };
        if (values.Priority is < 0 or > 1000) return Failure.Field("priority", "must be from 0 (first) to 1000.");
        if (wish.Has("weight")) values = values with { Weight = wish.Weight ?? 1 };
        if (values.Weight is < 1 or > 1000) return Failure.Field("weight", "must be from 1 to 1000.");
        if (wish.Has("region"))
        {
            if (RelayRegions.Problem(wish.Region) is { } problem) return Failure.Field("region", problem);
            values = values with { Region = wish.Region };
        }

        Result<RelayValues> lists = Lists(wish, values);
        return lists.IsSuccess ? Limits(wish, lists.Value) : lists;
    }

    private static Result<RelayValues> Lists(RelayWish wish, RelayValues values)
    {
        if (wish.Has("lanes"))
        {
            IReadOnlyList<string?> lanes = wish.Lanes ?? [];
            for (int i = 0; i < lanes.Count; i++)
                if (lanes[i] is not { } lane || !StoredNames.TryParseLane(lane, out _) || lanes.Take(i).Contains(lane)) return Failure.Field($"lanes.{i}", "must be `critical`, `normal` or `bulk`, each once.");
            values = values with { Lanes = [.. lanes.OfType<string>()] };
        }

        if (!wish.Has("senders")) return values;
        List<string> senders = [];
        foreach (string? given in wish.Senders ?? [])
        {
            if (senders.Count == MostSenders) return Failure.Field("senders", $"holds more than {MostSenders} entries.");
            bool isAddress = given?.Contains('@', StringComparison.Ordinal) is true;
            if (given is null || !EmailAddress.TryParse(isAddress ? given : $"a@{given}", out EmailAddress? address, out _) || address.DisplayName is not null)
                return Failure.Field($"senders.{senders.Count}", "must be an address such as `noreply@example.com` or a domain such as `example.com`.");
            string sender = isAddress ? address.Address : address.Address[2..];
            if (!senders.Contains(sender, StringComparer.OrdinalIgnoreCase)) senders.Add(sender);
        }

        return values with { Senders = senders };
    }

    private static Result<RelayValues> Limits(RelayWish wish, RelayValues values)
    {
        if (wish.Has("max_connections")) values = values with { MaxConnections = wish.MaxConnections };
        if (wish.Has("rate_per_second")) values = values with { RatePerSecond = wish.RatePerSecond };
        if (wish.Has("day_quota")) values = values with { DayQuota = wish.DayQuota };
        if (wish.Has("month_quota")) values = values with { MonthQuota = wish.MonthQuota };
        if (wish.Has("domain_limits")) values = values with { DomainLimits = [.. (wish.DomainLimits ?? []).Select(limit => limit ?? new DomainLimit(""))] };
        if (wish.Has("warm_up")) values = values with { WarmUp = wish.WarmUp };
        return RelayLimitChecks.Check(values) is { } failure ? failure : values;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex NameForm();
}
