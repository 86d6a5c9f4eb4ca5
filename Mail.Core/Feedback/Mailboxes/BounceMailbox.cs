using Mail.Core.Alerts;
using Mail.Core.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>
/// Looks into the bounce mailbox now and then (<see cref="MailboxLook"/>) and says how that goes: in the table, to people when it fails for long. Of all workers one looks at a time, and together they
/// look no more often than one would.
/// </summary>
internal sealed partial class BounceMailbox(
    MailboxSettings settings, MailboxLook look, MailboxStore store, NpgsqlDataSource dataSource, IAlerts alerts, IOptions<BounceMailboxOptions> options, IOptions<FeedbackOptions> feedback,
    TimeProvider clock, ILogger<BounceMailbox> logger) : BackgroundService
{
    /// <summary>One name for all mailboxes: an installation has one.</summary>
    private const long AdvisoryLock = 0x4D61696C504F5033;

    private static readonly TimeSpan _alertLasts = TimeSpan.FromMinutes(30); // beyond the next look, which raises it anew
    private static readonly TimeSpan _longestRest = TimeSpan.FromHours(1); // whatever the server asks for

    private readonly IMailbox? _mailbox = settings.Open(options.Value, feedback.Value.MaxReportBytes);
    private bool _mayHaveAlert = true; // of before the start

    /// <summary>Looks once.</summary>
    /// <returns>How many mails are gone from the mailbox, because what they said is recorded; null when another worker looks just now, or the mailbox cannot be read.</returns>
    public async Task<int?> LookAsync(CancellationToken ct) => (await LookAsync(TimeSpan.Zero, ct))?.Removed;

    public override void Dispose()
    {
        _mailbox?.Dispose();
        base.Dispose();
    }

    /// <param name="interval">Nothing is done when it was looked into less than this ago.</param>
    internal async Task<LookResult?> LookAsync(TimeSpan interval, CancellationToken ct)
    {
        if (_mailbox is null) return null;
        await using NpgsqlConnection turn = await dataSource.OpenConnectionAsync(ct);
        if (!await TryLockAsync(turn, ct)) return null;
        try
        {
            return await store.RestsAsync(_mailbox.Name, interval, ct) ? null : await LookAsync(_mailbox, ct);
        }
        finally
        {
            await UnlockAsync(turn);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_mailbox is null) return;
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                LookResult? looked = await LookAsync(options.Value.Interval * 0.9, stoppingToken);
                if (looked is { Removed: > 0 }) LogFetched(looked.Removed, _mailbox.Name);
                while (looked is { HasMore: true } && !stoppingToken.IsCancellationRequested) looked = await LookAsync(TimeSpan.Zero, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(e, _mailbox.Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(options.Value.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LookResult?> LookAsync(IMailbox mailbox, CancellationToken ct)
    {
        LookProgress progress = new();
        try
        {
            LookResult result = await look.RunAsync(mailbox, progress, ct);
            if (await store.ReadAsync(mailbox.Name, progress.Recorded, ct) || _mayHaveAlert) alerts.Resolve(Alert(mailbox));
            _mayHaveAlert = false;
            return result;
        }
        catch (MailboxException e)
        {
            await FailedAsync(mailbox, e.Message, e.RetryAfter > _longestRest ? _longestRest : e.RetryAfter, progress, ct);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !DatabaseAway.IsCauseOf(e))
        {
            LogFault(e, mailbox.Name);
            await FailedAsync(mailbox, $"A fault in the mail system ({e.GetType().Name}).", null, progress, ct);
            return null;
        }
    }

    private async Task FailedAsync(IMailbox mailbox, string problem, TimeSpan? rest, LookProgress progress, CancellationToken ct)
    {
        DateTimeOffset since = await store.FailedAsync(mailbox.Name, problem, rest, progress.Recorded, ct), now = clock.GetUtcNow();
        LogFailed(mailbox.Name, since, problem);
        if (now - since >= options.Value.AlertAfter)
            alerts.Raise(Alert(mailbox), new AlertFacts { Reason = problem, Since = since }, endsAt: now + (options.Value.Interval * 2) + (rest ?? TimeSpan.Zero) + _alertLasts);
        _mayHaveAlert = true;
    }

    private static AlertKey Alert(IMailbox mailbox) => new(null, AlertKind.BounceMailboxFailing, mailbox.Name);

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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} reports were fetched from the bounce mailbox {Mailbox}")]
    private partial void LogFetched(int count, string mailbox);

    [LoggerMessage(Level = LogLevel.Error, Message = "The bounce mailbox {Mailbox} could not be read (since {Since}), so bounces in it are not known; it is tried again. {Problem}")]
    private partial void LogFailed(string mailbox, DateTimeOffset since, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A look into the bounce mailbox {Mailbox} was interrupted; it is tried again")]
    private partial void LogFault(Exception e, string mailbox);
}
