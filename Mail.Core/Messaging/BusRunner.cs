using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messaging;

/// <summary>One attempt at one claimed message: its handler in a scope of its own, and what became of it. Never fails.</summary>
internal sealed partial class BusRunner(
    IServiceScopeFactory scopes, BusRegistry registry, BusBodies bodies, BusQueue queue, BusSteps steps, IEnumerable<IDeadLetterObserver> observers, IOptions<BusOptions> options, TimeProvider clock,
    ILogger<BusRunner> logger)
{
    private const int LongestReason = 1000;
    private static readonly TimeSpan _unknownRetry = TimeSpan.FromSeconds(30);

    /// <param name="abort">The host stops: the message is given back.</param>
    /// <param name="lost">The lease is over: nothing of it counts any more.</param>
    public async Task RunAsync(ClaimedMessage message, CancellationToken abort, CancellationToken lost)
    {
        long started = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            outcome = await AttemptAsync(message, abort, lost);
        }
        catch (Exception e)
        {
            LogUnrecorded(e, message.Id, message.Handler); // its lease ends, and another worker takes it
            outcome = "lost";
        }

        BusMetrics.Attempted(registry.Find(message.Handler) is null ? "unknown" : message.Handler, outcome, Stopwatch.GetElapsedTime(started));
    }

    private async Task<string> AttemptAsync(ClaimedMessage message, CancellationToken abort, CancellationToken lost)
    {
        await steps.AfterAsync(BusStep.Claimed, message);
        if (registry.Find(message.Handler) is not { } binding) return await UnknownAsync(message);
        if (message.Attempts > options.Value.MaxAttempts) return await BuryAsync(message, "Its worker stopped each time that it was being handled.");
        object body;
        try
        {
            body = bodies.Read(binding, message.Body, message.IsEncrypted);
        }
        catch (Exception e) when (e is JsonException or CryptographicException or NotSupportedException or ArgumentException or FormatException)
        {
            return await BuryAsync(message, $"Its body cannot be read: {Words(e, binding.IsSensitive)}");
        }

        using Activity? activity = MailTelemetry.Source.StartActivity($"bus {message.Handler}", ActivityKind.Consumer, message.TraceParent);
        activity?.SetTag("messaging.message.id", message.MessageId).SetTag("mail.attempt", message.Attempts);
        using CancellationTokenSource timeout = new(options.Value.HandlerTimeout);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(abort, lost, timeout.Token);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        BusContext context = scope.ServiceProvider.GetRequiredService<BusContext>();
        context.Begin(message);
        try
        {
            await HandleAsync(binding, scope.ServiceProvider, body, context, stop.Token);
            BusMetrics.Handled(clock.GetUtcNow() - message.DueAt);
            return "handled";
        }
        catch (Exception e) when (context.IsCompleted)
        {
            LogAfterwards(binding.IsSensitive ? null : e, message.Id, message.Handler);
            return "handled";
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            return await FailedAsync(message, binding, e, abort, timeout.Token);
        }
    }

    private static async Task HandleAsync(BusBinding binding, IServiceProvider services, object body, BusContext context, CancellationToken ct)
    {
        if (binding.HoldsTransaction)
        {
            await context.CompleteAsync(ct => binding.InvokeAsync(services, body, context, ct), ct);
            return;
        }

        await binding.InvokeAsync(services, body, context, ct);
        if (!context.IsCompleted) await context.CompleteAsync(_ => Task.CompletedTask, ct);
    }

    private async Task<string> FailedAsync(ClaimedMessage message, BusBinding binding, Exception e, CancellationToken abort, CancellationToken timeout)
    {
        await steps.AfterAsync(BusStep.Failed, message);
        switch (e)
        {
            case BusLeaseLostException:
                LogLost(message.Id, message.Handler);
                return "lost";
            case OperationCanceledException when abort.IsCancellationRequested:
                await queue.ReleaseAsync(message, CancellationToken.None);
                return "given_back";
            case BusFatalException:
                return await BuryAsync(message, Words(e, binding.IsSensitive), e);
        }

        string words = e is OperationCanceledException && timeout.IsCancellationRequested ? $"It was not handled within {options.Value.HandlerTimeout}." : Words(e, binding.IsSensitive);
        if (options.Value.DelayAfter(message.Attempts) is not { } delay) return await BuryAsync(message, words, e);
        if (!await queue.RetryAsync(message, clock.GetUtcNow() + delay, $"Attempt {message.Attempts} failed: {words}", CancellationToken.None))
        {
            LogLost(message.Id, message.Handler);
            return "lost";
        }

        LogRetried(binding.IsSensitive ? null : e, message.Id, message.Handler, message.Attempts, delay);
        return "retried";
    }

    /// <summary>A host of the next version may know it.</summary>
    private async Task<string> UnknownAsync(ClaimedMessage message)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - message.DueAt >= options.Value.UnknownFor) return await BuryAsync(message, $"No handler is named '{message.Handler}'.");
        await queue.RetryAsync(message, now + _unknownRetry, $"Waiting for a host that knows the handler '{message.Handler}'.", CancellationToken.None);
        return "retried";
    }

    private async Task<string> BuryAsync(ClaimedMessage message, string error, Exception? e = null)
    {
        if (!await queue.BuryAsync(message, error, CancellationToken.None))
        {
            LogLost(message.Id, message.Handler);
            return "lost";
        }

        LogDead(registry.Find(message.Handler) is { IsSensitive: false } ? e : null, message.Id, message.Handler, message.Project, message.Attempts);
        foreach (IDeadLetterObserver observer in observers) observer.Buried(message.ProjectId, message.Handler);
        return "dead";
    }

    /// <summary>For a person. PostgreSQL takes no NUL.</summary>
    private static string Words(Exception e, bool isSensitive)
    {
        if (isSensitive) return e.GetType().Name;
        string words = (e is BusFatalException ? e.Message : $"{e.GetType().Name}: {e.Message}").Replace("\0", "", StringComparison.Ordinal);
        return words.Length <= LongestReason ? words : $"{words[..LongestReason]}…";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} of the bus for {Handler}: attempt {Attempt} failed; the next one is in {Delay}")]
    private partial void LogRetried(Exception? e, Guid id, string handler, int attempt, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} of the bus for {Handler}, project {Project}, is a dead letter after {Attempts} attempts")]
    private partial void LogDead(Exception? e, Guid id, string handler, Guid project, int attempts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {Id} of the bus for {Handler} was no longer this worker's; nothing has changed")]
    private partial void LogLost(Guid id, string handler);

    [LoggerMessage(Level = LogLevel.Error, Message = "The handler {Handler} failed after message {Id} was completed; its effect stands")]
    private partial void LogAfterwards(Exception? e, Guid id, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of message {Id} of the bus for {Handler} could not be stored; it is tried again when its lease ends")]
    private partial void LogUnrecorded(Exception e, Guid id, string handler);
}
