using Mail.Core.Audit;
using Mail.Core.Flows;
using Mail.Core.Logs;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Retention;

/// <summary>Removes what is not to be kept: codes when they have arrived, the rest by its age. Every worker may run it; each step is safe to repeat and to share.</summary>
public sealed partial class RetentionLoop(
    ContentRemoval content, HistoryRemoval history, FlowRemoval flows, MailboxSends sends, MessageCounter counts, MailboxLog mailboxes, AuditLog audit, RequestLogReader calls, IOptions<RetentionOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<RetentionLoop> logger) : BackgroundService
{
    /// <summary>Looking for finished ones among many that wait takes time; never more than this share of it.</summary>
    private const int LongestShare = 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        options.Value.RemoveCriticalContent ?? !environment.IsDevelopment() ? RepeatAsync(options.Value.CriticalInterval, content.RemoveCriticalAsync, stoppingToken) : Task.CompletedTask,
        RepeatAsync(options.Value.Interval, RemoveOldAsync, stoppingToken));

    private async Task RemoveOldAsync(CancellationToken ct)
    {
        await content.RemoveOldAsync(ct);
        await content.RemoveCapturedAsync(ct);
        (int partitions, long messages) = await history.RunAsync(ct);
        await flows.RunAsync(ct);
        await sends.FoldAsync(ct);
        await counts.FoldAsync(ct);
        await mailboxes.RemoveOldAsync(ct);
        await audit.RemoveBeforeAsync(clock.GetUtcNow().AddDays(-options.Value.AuditDays), ct);
        await calls.RemoveBeforeAsync(clock.GetUtcNow().AddDays(-options.Value.RequestLogDays), ct);
        if (partitions > 0 || messages > 0) LogRemoved(partitions, messages);
    }

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            long began = clock.GetTimestamp();
            try
            {
                await step(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // it is all there for the next time
            }

            TimeSpan atLeast = clock.GetElapsedTime(began) * LongestShare;
            await Task.Delay(interval > atLeast ? interval : atLeast, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention: {Partitions} partitions were dropped, and {Messages} messages deleted from others")]
    private partial void LogRemoved(int partitions, long messages);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is not to be kept could not be removed; it is tried again")]
    private partial void LogFailed(Exception e);
}

public static class RetentionRegistration
{
    /// <summary>For a host that runs in the background. Needs an NpgsqlDataSource and the database's maintenance.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddOptions<RetentionOptions>().BindConfiguration("Retention", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<ContentRemoval>();
        services.AddSingleton<HistoryRemoval>();
        services.AddSingleton<FlowRemoval>();
        services.TryAddSingleton<MailboxSends>();
        services.AddMessageCounts();
        services.TryAddSingleton<MailboxLog>();
        services.AddAudit();
        services.TryAddSingleton<RequestLogReader>();
        services.AddHostedService<RetentionLoop>();
        return services;
    }
}
