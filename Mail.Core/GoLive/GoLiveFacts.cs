using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.GoLive;

/// <summary>What the database says of a project and its installation, in one look.</summary>
internal sealed record GoLiveFacts(
    string[] KeyRing, string[] AlertEmails, int Owners, int PrivilegedWithoutSecondStep, int Privileged, string? CompanyName, string? PostalAddress, int KeepContentDays, int KeepHistoryDays, DateTimeOffset? ExportedAt,
    int LiveKeys, int FailingWebhooks, int Webhooks, int RealMails)
{
    // All of it is small but the messages: one that went out is enough, and the newest are looked at first (primary key).
    // $1 project, $2 now, $3 hash of the configured key
    private const string Sql = """
        SELECT (SELECT coalesce(array_agg(xml), '{}') FROM data_protection_keys), p.alert_emails,
            (SELECT count(*)::int FROM project_members m WHERE m.project_id = p.id AND m.role = 'owner'),
            (SELECT count(*)::int FROM project_members m JOIN users u ON u.id = m.user_id WHERE m.project_id = p.id AND m.role IN ('owner', 'admin') AND NOT u.two_factor_enabled),
            (SELECT count(*)::int FROM project_members m WHERE m.project_id = p.id AND m.role IN ('owner', 'admin')),
            p.company_name, p.postal_address, p.keep_content_days, p.keep_history_days, p.exported_at,
            (SELECT count(*)::int FROM api_keys k WHERE k.project_id = p.id AND NOT k.is_test AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2) AND k.key_hash <> $3),
            (SELECT count(*)::int FROM webhooks w WHERE w.project_id = p.id AND (w.failing_since IS NOT NULL OR w.disabled_reason IS NOT NULL)),
            (SELECT count(*)::int FROM webhooks w WHERE w.project_id = p.id),
            (SELECT count(*)::int FROM (SELECT FROM finished_deliveries f JOIN messages m ON m.project_id = f.project_id AND m.id = f.message_id
                WHERE f.project_id = p.id AND NOT m.is_test AND f.state IN ('sent', 'delivered') AND f.relay NOT IN ('simulator', 'capture', 'log') ORDER BY f.message_id DESC LIMIT 1) AS one)
        FROM projects p WHERE p.id = $1
        """;

    private const string ExportedSql = "UPDATE projects SET exported_at = $2 WHERE id = $1";

    public static async Task<GoLiveFacts> ReadAsync(NpgsqlDataSource dataSource, ProjectId project, byte[] configuredKey, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddTyped(project.Value).AddTyped(now.UtcDateTime).AddTyped(configuredKey);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new GoLiveFacts(
            row.GetFieldValue<string[]>(0), row.GetFieldValue<string[]>(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.OptionalText(5), row.OptionalText(6), row.GetInt32(7), row.GetInt32(8), row.OptionalTime(9),
            row.GetInt32(10), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13));
    }

    public static async Task ExportedAsync(NpgsqlDataSource dataSource, ProjectId project, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ExportedSql);
        command.Parameters.AddTyped(project.Value).AddTyped(now.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }
}
