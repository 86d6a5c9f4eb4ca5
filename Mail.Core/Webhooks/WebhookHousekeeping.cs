using Mail.Core.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Webhooks;

/// <summary>Forgets attempts, and events that were not taken, by their age; and what was queued for an endpoint while it was being removed. Any number of workers may do it.</summary>
internal sealed partial class WebhookHousekeeping(NpgsqlDataSource dataSource, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookHousekeeping> logger)
{
    private const int Portion = 5000;
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    // By endpoint, so that the primary key serves: ids are UUIDv7.
    private const string ForgetAttempts = """
        DELETE FROM webhook_attempts a USING (
            SELECT old.* FROM webhooks w CROSS JOIN LATERAL (
                SELECT project_id, webhook_id, id FROM webhook_attempts WHERE project_id = w.project_id AND webhook_id = w.id AND id < $1 ORDER BY id LIMIT $2) old
            LIMIT $2) o
        WHERE a.project_id = o.project_id AND a.webhook_id = o.webhook_id AND a.id = o.id
        """;

    private const string ForgetQueued = """
        DELETE FROM webhook_queue q WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM webhook_queue WHERE lease_token IS NULL AND happened_at < $1 LIMIT $2))
        """;

    private const string SweepQueue = "DELETE FROM webhook_queue q WHERE NOT EXISTS (SELECT FROM webhooks w WHERE w.project_id = q.project_id AND w.id = q.webhook_id)";
    private const string SweepAttempts = "DELETE FROM webhook_attempts a WHERE NOT EXISTS (SELECT FROM webhooks w WHERE w.project_id = a.project_id AND w.id = a.webhook_id)";

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    public async Task RunOnceAsync(CancellationToken ct)
    {
        DateTimeOffset before = clock.GetUtcNow() - options.Value.KeepFor;
        while (await ExecuteAsync(ForgetAttempts, ct, parameters => parameters.AddTyped(UuidV7.First(before)).AddTyped(Portion)) == Portion)
        {
        }

        while (await ExecuteAsync(ForgetQueued, ct, parameters => parameters.AddTyped(before.UtcDateTime).AddTyped(Portion)) == Portion)
        {
        }

        await ExecuteAsync(SweepQueue, ct);
        await ExecuteAsync(SweepAttempts, ct);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, Action<NpgsqlParameterCollection>? add = null)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        add?.Invoke(command.Parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Housekeeping of webhooks failed; it is tried again in an hour")]
    private partial void LogFailed(Exception e);
}
