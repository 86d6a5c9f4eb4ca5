using Mail.Core.Common;
using Mail.Core.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Accounts.Apps;

/// <summary>How a project's app keeps accounts of its own, and what their mails say of it.</summary>
/// <param name="CallbackUrl">Where the app hears what to do, signed.</param>
/// <param name="Sender">Who the mails come from; null for EMAIL_FROM.</param>
/// <param name="ResetUrl">Where a person asks for a new password.</param>
/// <param name="LooksUp">Whether the app is asked if it knows an address, before a code for it is made.</param>
public sealed record AppAccountSettings(string CallbackUrl, string? Sender, string? AppName, string? AppUrl, string? SupportEmail, string? ResetUrl, DateTimeOffset? OldSecretUntil, bool LooksUp = false)
{
    /// <summary>Encrypted.</summary>
    internal string Secret { get; init; } = "";

    internal string? OldSecret { get; init; }
}

/// <summary>The table `app_account_settings`.</summary>
public sealed class AppAccountSettingsStore(NpgsqlDataSource dataSource, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>For how long the old secret signs beside the new one.</summary>
    private static readonly TimeSpan _oldSecretFor = TimeSpan.FromHours(24);

    private const string FindSql = """
        SELECT callback_url, sender, app_name, app_url, support_email, reset_url, old_secret_until, secret, old_secret, looks_up FROM app_account_settings WHERE project_id = $1 AND is_test = $2
        """;

    // The secret stays when there is one: who has the address changed need not change the app. xmax is zero for a new row.
    private const string SetSql = """
        INSERT INTO app_account_settings (project_id, is_test, callback_url, sender, app_name, app_url, support_email, reset_url, secret, changed_at, looks_up) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (project_id, is_test) DO UPDATE SET callback_url = excluded.callback_url, sender = excluded.sender, app_name = excluded.app_name, app_url = excluded.app_url,
            support_email = excluded.support_email, reset_url = excluded.reset_url, changed_at = excluded.changed_at, looks_up = excluded.looks_up
        RETURNING xmax = 0
        """;

    private const string RotateSql = "UPDATE app_account_settings SET old_secret = secret, old_secret_until = $4, secret = $3 WHERE project_id = $1 AND is_test = $2";
    private const string RemoveSql = "DELETE FROM app_account_settings WHERE project_id = $1 AND is_test = $2";

    /// <param name="isTest">Of the sandbox.</param>
    /// <returns>Null when nothing is set up.</returns>
    public async Task<AppAccountSettings?> FindAsync(ProjectId project, bool isTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        DateTimeOffset? oldUntil = reader.OptionalTime(6) is { } until && until > clock.GetUtcNow() ? until : null;
        return new AppAccountSettings(reader.GetString(0), reader.OptionalText(1), reader.OptionalText(2), reader.OptionalText(3), reader.OptionalText(4), reader.OptionalText(5), oldUntil, reader.GetBoolean(9))
        {
            Secret = reader.GetString(7), OldSecret = oldUntil is null ? null : reader.OptionalText(8),
        };
    }

    /// <summary>Takes values that have been checked.</summary>
    /// <returns>The secret in clear, when it was made now: here and nowhere else.</returns>
    public async Task<string?> SetAsync(ProjectId project, bool isTest, AppAccountSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string secret = WebhookSecrets.New();
        await using NpgsqlCommand command = dataSource.CreateCommand(SetSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(settings.CallbackUrl).AddTyped(settings.Sender, NpgsqlDbType.Text).AddTyped(settings.AppName, NpgsqlDbType.Text)
            .AddTyped(settings.AppUrl, NpgsqlDbType.Text).AddTyped(settings.SupportEmail, NpgsqlDbType.Text).AddTyped(settings.ResetUrl, NpgsqlDbType.Text).AddTyped(secrets.Protect(secret)).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(settings.LooksUp);
        return (bool)(await command.ExecuteScalarAsync(ct))! ? secret : null;
    }

    /// <summary>A new secret; the old one signs beside it for a day.</summary>
    /// <returns>Null when nothing is set up.</returns>
    public async Task<string?> RotateAsync(ProjectId project, bool isTest, CancellationToken ct)
    {
        string secret = WebhookSecrets.New();
        await using NpgsqlCommand command = dataSource.CreateCommand(RotateSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(secrets.Protect(secret)).AddTyped((clock.GetUtcNow() + _oldSecretFor).UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1 ? secret : null;
    }

    /// <returns>Whether there was something.</returns>
    public async Task<bool> RemoveAsync(ProjectId project, bool isTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
