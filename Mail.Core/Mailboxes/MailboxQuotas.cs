using System.Text.Json;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Mailboxes;

/// <summary>A connection's provider is to be asked what is used of its quota. Sets itself anew while the connection is there and switched on.</summary>
[BusMessage("mailboxes.quota-due")]
internal sealed record MailboxQuotaDue(ProjectId ProjectId, Guid Connection) : IProjectMessage;

internal static class MailboxQuotaHandler
{
    [BusHandler(HoldsTransaction = false)]
    public static Task Handle(MailboxQuotaDue due, MailboxQuotas quotas, MailDbContext db, BusContext context, CancellationToken ct) => quotas.HandleAsync(due, db, context, ct);
}

/// <summary>Asks providers how much of their quotas is used, and raises an alert at four fifths.</summary>
public sealed class MailboxQuotas(NpgsqlDataSource dataSource, MailboxProviders providers, MailboxCounts counts, IAlerts alerts, BusOutbox bus, IOptions<MailboxOptions> options, TimeProvider clock)
{
    private const double Most = 0.8;

    private const string NameSql = "SELECT name, kind FROM mailbox_connections WHERE project_id = $1 AND id = $2 AND is_enabled";

    // Only for the settings that were asked with; and a provider that does not answer leaves what it last said.
    private const string SaveSql = """
        UPDATE mailbox_connections SET quota = coalesce($4, quota), quota_at = CASE WHEN $4 IS NULL THEN quota_at ELSE $6 END, problem = $5 WHERE project_id = $1 AND id = $2 AND revision = $3
        """;

    /// <summary>Now, in place of the next time.</summary>
    internal static Task ScheduleAsync(BusOutbox bus, NpgsqlConnection within, ProjectId project, Guid connection, DateTimeOffset at, CancellationToken ct) =>
        bus.ScheduleAsync(new MailboxQuotaDue(project, connection), at, $"mailbox-connection/{connection}/quota", SameKey.Replace, within, ct);

    internal async Task HandleAsync(MailboxQuotaDue due, MailDbContext db, BusContext context, CancellationToken ct)
    {
        if (await NameOfAsync(due, ct) is not ({ } name, { } kind)) return; // the next one is set when it is switched on
        if (await providers.OpenAsync(due.ProjectId, due.Connection, ct) is not { } opened) return;
        ProviderOutcome<ProviderQuota> quota = opened.Provider is { } provider
            ? await providers.CallAsync(opened.Kind, "read_quota", limited => provider.ReadQuotaAsync(limited), ct) : opened.Problem!;
        await context.CompleteAsync(async ct =>
        {
            NpgsqlConnection within = (NpgsqlConnection)db.Database.GetDbConnection();
            DateTimeOffset now = clock.GetUtcNow();
            TimeSpan pause = quota.Problem?.RetryAfter is { } asked && asked > options.Value.QuotaInterval ? asked : options.Value.QuotaInterval;
            await ScheduleAsync(bus, within, due.ProjectId, due.Connection, now + pause, ct);
            await using NpgsqlCommand save = new(SaveSql, within);
            save.Parameters.AddTyped(due.ProjectId.Value).AddTyped(due.Connection).AddTyped(opened.Revision)
                .AddTyped(quota.IsSuccess ? JsonSerializer.Serialize(quota.Value, MailboxJson.Default.ProviderQuota) : null, NpgsqlDbType.Json)
                .AddTyped(quota.Problem is { } problem ? JsonSerializer.Serialize(MailboxProblem.Of(problem, now), MailboxJson.Default.MailboxProblem) : null, NpgsqlDbType.Json)
                .AddTyped(now.UtcDateTime);
            await save.ExecuteNonQueryAsync(ct);
        }, ct);
        if (quota.IsSuccess) Judge(due, name, kind, quota.Value);
        await counts.TellAsync(ct);
    }

    /// <summary>The quota that is nearest to its end decides; one alert for each connection.</summary>
    private void Judge(MailboxQuotaDue due, string name, string kind, ProviderQuota quota)
    {
        (string Period, long? Used, long? Limit)[] parts = [("day", quota.SentToday, quota.DayLimit), ("month", quota.SentThisMonth, quota.MonthLimit), ("mailboxes", quota.Mailboxes, quota.MailboxLimit)];
        (double Share, string Period, long Used, long Limit) worst = (0, "", 0, 0);
        foreach ((string period, long? used, long? limit) in parts)
        {
            if (used is not { } u || limit is not ({ } l and > 0)) continue;
            double share = (double)u / l;
            MailboxMetrics.Quota(due.Connection, kind, period, share);
            if (share > worst.Share) worst = (share, period, u, l);
        }

        AlertKey key = new(due.ProjectId, AlertKind.MailboxQuota80, name);
        if (worst.Share >= Most) alerts.Raise(key, new AlertFacts { Used = worst.Used, Limit = worst.Limit, Period = worst.Period }, endsAt: clock.GetUtcNow() + (options.Value.QuotaInterval * 4));
        else alerts.Resolve(key);
    }

    private async Task<(string? Name, string? Kind)> NameOfAsync(MailboxQuotaDue due, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(NameSql);
        command.Parameters.AddTyped(due.ProjectId.Value).AddTyped(due.Connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetString(0), reader.GetString(1)) : (null, null);
    }
}
