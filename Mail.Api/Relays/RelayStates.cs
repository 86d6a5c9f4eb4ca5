using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Relays.Limits;

namespace Mail.Api.Relays;

/// <summary>Adds to relays what is known of them at this moment: what they have used, and whether they carry mail.</summary>
public sealed class RelayStates(RelayUsageReader usage, AlertStore alerts)
{
    private const int MostAlerts = 500;

    public async Task<IReadOnlyList<RelayResponse>> AddAsync(ProjectId project, IEnumerable<RelayResponse> relays, CancellationToken ct)
    {
        IReadOnlyDictionary<RelayId, UsedQuota> used = await usage.ReadAsync(project, ct);
        ILookup<string, Alert> open = (await alerts.ListAsync(project, MostAlerts, ct)).Where(alert => alert.IsOpen && alert.Key.Project == project).ToLookup(alert => alert.Key.Subject);
        return [.. relays.Select(relay => Add(relay with { Usage = used.GetValueOrDefault(new RelayId(Guid.Parse(relay.Id))) }, open[relay.Name]))];
    }

    private static RelayResponse Add(RelayResponse relay, IEnumerable<Alert> open)
    {
        if (!relay.Enabled) return relay with { State = "off" };
        if (relay.Problem is { } problem) return relay with { State = "unusable", StateReason = problem };
        if (Find(AlertKind.RelayMisconfigured) is { } misconfigured) return relay with { State = "misconfigured", StateReason = misconfigured.Facts.Reason };
        if (Find(AlertKind.RelayPaused) is { } paused) return relay with { State = "paused", StateReason = paused.Facts.Reason };
        return relay with { State = relay.Usage is { } used && (used.Day >= relay.DayQuota || used.Month >= relay.MonthQuota) ? "quota_used" : "in_use" };

        Alert? Find(AlertKind kind) => open.FirstOrDefault(alert => alert.Key.Kind == kind);
    }
}
