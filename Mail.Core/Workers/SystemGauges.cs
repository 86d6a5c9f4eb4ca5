using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Workers;

/// <summary>Looks at the system every few seconds for the metrics, while anybody wants them. In every host: which of them is scraped, and whether it lives, nobody knows.</summary>
internal sealed partial class SystemGauges(SystemLook look, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<SystemGauges> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(15);

    // Few rows each: open alerts by ux_alerts_open, and relays that have a quota with what they used in this day and month of UTC.
    private const string AlertsSql = "SELECT kind, count(*) FROM alerts WHERE resolved_at IS NULL GROUP BY kind";
    private const string QuotasSql = """
        SELECT r.name, q.period, max(u.used::double precision / q.quota)
        FROM relays r CROSS JOIN LATERAL (VALUES ('day', r.day_quota, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')), ('month', r.month_quota, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'))) AS q(period, quota, stored)
        JOIN relay_usage u ON u.project_id = r.project_id AND u.relay_id = r.id AND u.period = q.stored
        WHERE r.is_enabled AND q.quota > 0 GROUP BY 1, 2
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        do
        {
            if (!SystemMetrics.AreWanted) continue;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // the figures end by themselves after a while; the next look is due soon
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        SystemState state = await look.OfInstallationAsync(ct);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        SystemMetrics.Show(state, await AlertsAsync(connection, ct), await QuotasAsync(connection, ct));
    }

    private static async Task<Dictionary<string, long>> AlertsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(AlertsSql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        Dictionary<string, long> alerts = [];
        while (await reader.ReadAsync(ct)) alerts[reader.GetString(0)] = reader.GetInt64(1);
        return alerts;
    }

    private static async Task<List<QuotaShare>> QuotasAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(QuotasSql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        List<QuotaShare> quotas = [];
        while (await reader.ReadAsync(ct)) quotas.Add(new QuotaShare(reader.GetString(0), reader.GetString(1), reader.GetDouble(2)));
        return quotas;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The state of the system could not be looked at for the metrics")]
    private partial void LogFailed(Exception e);
}
