using Mail.Protocol.Pop3;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>
/// Fetches reports from a mailbox over POP3 and hands them to <see cref="ReportIntake"/>. What was recorded is deleted there, and only then: a session that breaks
/// leaves it all, and the same report twice changes nothing. Of all workers one looks at a time.
/// </summary>
public sealed partial class BounceMailbox(
    ReportIntake intake, NpgsqlDataSource dataSource, IOptions<BounceMailboxOptions> options, IOptions<FeedbackOptions> feedback, TimeProvider clock, ILogger<BounceMailbox> logger) : BackgroundService
{
    /// <summary>POP3 locks a mailbox for one session; the others would only hear a refusal.</summary>
    private const long AdvisoryLock = 0x4D61696C504F5033;

    // What stays there is not fetched again. As many names as a large mailbox has; beyond them it is fetched once more.
    private const int MostKnown = 100_000;

    private readonly HashSet<string> _known = [];

    /// <summary>Looks once.</summary>
    /// <returns>How many mails were reports about ours and are gone from the mailbox; null when another worker looks just now.</returns>
    /// <exception cref="Pop3Exception">The server did not let us.</exception>
    public async Task<int?> LookAsync(CancellationToken ct)
    {
        await using NpgsqlConnection turn = await dataSource.OpenConnectionAsync(ct);
        if (!await TryLockAsync(turn, ct)) return null;
        try
        {
            return await FetchAsync(ct);
        }
        finally
        {
            await UnlockAsync(turn);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Host is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await LookAsync(stoppingToken) is > 0 and { } count) LogFetched(count, options.Value.Host);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e, options.Value.Host);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(options.Value.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> FetchAsync(CancellationToken ct)
    {
        BounceMailboxOptions mailbox = options.Value;
        await using Pop3Connection connection = await Pop3Connection.ConnectAsync(
            new()
            {
                Host = mailbox.Host!, Port = mailbox.Port, Tls = mailbox.Tls, UserName = mailbox.UserName!, Password = mailbox.Password, TrustedCaFile = mailbox.TrustedCaFile,
                MaxMessageSize = feedback.Value.MaxReportBytes,
            },
            ct);
        int deleted = 0;
        foreach (Pop3Message message in (await connection.ListAsync(ct)).Where(message => message.Uid is null || !_known.Contains(message.Uid)).Take(mailbox.MostAtOnce))
        {
            if (message.Size > feedback.Value.MaxReportBytes)
            {
                LogTooLarge(message.Size, mailbox.Host!);
                Remember(message);
                continue;
            }

            ReportResult result = await intake.RecordAsync(new InboundReport(await connection.RetrieveAsync(message.Number, ct), ReportSource.Mailbox), ct);
            if (result.IsTooEarly) continue; // the next look finds it again
            if (!mailbox.DeleteOthers && result.Fates.All(fate => fate.Effect == ReportEffect.Unmatched))
            {
                Remember(message);
                continue;
            }

            await connection.DeleteAsync(message.Number, ct);
            deleted++;
        }

        await connection.QuitAsync(ct);
        return deleted;
    }

    private void Remember(Pop3Message message)
    {
        if (_known.Count >= MostKnown) _known.Clear();
        if (message.Uid is { } uid) _known.Add(uid);
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = new($"SELECT pg_try_advisory_lock({AdvisoryLock})", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand command = new($"SELECT pg_advisory_unlock({AdvisoryLock})", connection);
        await command.ExecuteScalarAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} reports were fetched from the mailbox at {Host}")]
    private partial void LogFetched(int count, string host);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail of {Bytes} bytes in the mailbox at {Host} is larger than Feedback__MaxReportBytes; it stays there unread")]
    private partial void LogTooLarge(long bytes, string host);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mailbox at {Host} could not be read, so bounces in it are not known; it is tried again")]
    private partial void LogFailed(Exception e, string host);
}
