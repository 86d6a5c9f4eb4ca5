using System.Threading.Channels;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>Wakes <see cref="PasswordResetWorker"/> in this process. It only shortens the wait.</summary>
public sealed class PasswordResetSignal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>After the commit of a request.</summary>
    public void Raise() => _raised.Writer.TryWrite(true);

    internal async Task WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        try
        {
            await _raised.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
    }
}

/// <summary>
/// Works off requests for a code, after their answer: so that the answer takes the same time for every address. What a process leaves behind when it dies is found at
/// the next look of any.
/// </summary>
public sealed partial class PasswordResetWorker(
    NpgsqlDataSource dataSource, AccountStore accounts, CodeStore codes, AccountMail mail, PasswordResetSignal signal, IOptions<AccountOptions> options, TimeProvider clock,
    ILogger<PasswordResetWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(5), _hour = TimeSpan.FromHours(1), _kept = TimeSpan.FromDays(1);

    private const string NextSql = "SELECT id, email, ip, browser, requested_at FROM password_reset_requests WHERE done_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";

    // Up to and with this one: a burst is counted one by one, whatever is worked off when.
    private const string CountSql = "SELECT count(*)::int FROM password_reset_requests WHERE address_hash = $1 AND requested_at > $2 AND id <= $3";

    private const string DoneSql = """
        WITH gone AS (DELETE FROM password_reset_requests WHERE id IN (SELECT id FROM password_reset_requests WHERE requested_at < $3 AND done_at IS NOT NULL LIMIT 10 FOR UPDATE SKIP LOCKED))
        UPDATE password_reset_requests SET done_at = $2, email = NULL, ip = NULL WHERE id = $1
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await WorkAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }

            await signal.WaitAsync(_look, stoppingToken);
        }
    }

    /// <returns>Whether there was one.</returns>
    internal async Task<bool> WorkAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        (Guid Id, string Email, AccountClient Client) request;
        await using (NpgsqlCommand next = new(NextSql, connection))
        await using (NpgsqlDataReader reader = await next.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct)) return false;
            request = (reader.GetGuid(0), reader.GetString(1), new AccountClient(reader.OptionalText(2), reader.GetString(3)));
        }

        DateTimeOffset now = clock.GetUtcNow();
        int count = await CountAsync(connection, request.Email, request.Id, now, ct);
        if (count <= options.Value.ResetsPerAddress) await MailAsync(connection, request.Email, count, request.Client, ct);
        await using (NpgsqlCommand done = new(DoneSql, connection))
        {
            done.Parameters.AddTyped(request.Id).AddTyped(now.UtcDateTime).AddTyped((now - _kept).UtcDateTime);
            await done.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        mail.Wake();
        return true;
    }

    private async Task MailAsync(NpgsqlConnection connection, string email, int count, AccountClient client, CancellationToken ct)
    {
        // Every address has a code, so that a wrong one is refused by the same work whether or not there is an account.
        CodeIssue issue = await codes.IssueAsync(PasswordResets.Subject(email), null, connection, ct);
        if (await accounts.FindAsync(email, ct, connection) is not { } account) return;
        if (issue.Issued is { } issued)
        {
            int minutes = (int)Math.Round((issued.ExpiresAt - clock.GetUtcNow()).TotalMinutes);
            await mail.SendAsync(connection, account, "password-reset", new() { ["code"] = PlatformMail.Text(issued.Code), ["expires_in_minutes"] = PlatformMail.Number(minutes) }, ct);
            LogSent(account.Id);
        }

        if (count != options.Value.ManyResets) return;
        await mail.TellAsync(connection, account, AccountNotice.ManyResetRequests, client, ct, new() { ["request_count"] = PlatformMail.Number(count), ["period_minutes"] = PlatformMail.Number((int)_hour.TotalMinutes) });
    }

    private static async Task<int> CountAsync(NpgsqlConnection connection, string email, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(CountSql, connection);
        command.Parameters.AddTyped(SignInFailures.HashOf(email)).AddTyped((now - _hour).UtcDateTime).AddTyped(id);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A code that resets the password was mailed to user {UserId}")]
    private partial void LogSent(Guid userId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Requests for a new password could not be worked off; they are tried again")]
    private partial void LogFailed(Exception e);
}
