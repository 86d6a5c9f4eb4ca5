using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>Steps 4 and 5 of a message's way: compose, route, send. Every parcel ends here with an outcome for each delivery, or with its leases given back.</summary>
internal sealed partial class ParcelSender(
    MessageComposer composer, RelayDirectory relays, SimulatorRelay simulator, RelayMonitor monitor, DeliveryQueue queue, DeliveryLeases leases, DeliveryRecorder recorder,
    IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<ParcelSender> logger)
{
    private readonly RelayRoute _simulator = new(simulator, new RelayPause(new RelayOptions(), clock));

    /// <param name="abort">The worker stops and its time for draining is over.</param>
    public async Task SendAsync(Parcel parcel, CancellationToken abort)
    {
        using Activity? span = StartSpan(parcel.Message);
        RetrySchedule schedule = options.Value.ScheduleFor(parcel.Message.Lane);
        try
        {
            await SendAsync(parcel, schedule, span, abort);
        }
        catch (CompositionException e) when (e.DependsOnVersion)
        {
            LogNotComposedHere(e, parcel.Message.Id);
            Settle(parcel, delivery => delivery.Delay($"{e.Message} It waits for a worker of another version.", schedule, clock.GetUtcNow()));
        }
        catch (CompositionException e)
        {
            LogNotComposed(e, parcel.Message.Id);
            Settle(parcel, delivery => delivery.Fail(e.Message));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            await recorder.ReleaseAsync(Open(parcel));
        }
        catch (Exception e)
        {
            LogInterrupted(e, parcel.Message.Id);
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            Settle(parcel, delivery => delivery.Delay($"A fault in the mail system interrupted this attempt ({e.GetType().Name}).", schedule, clock.GetUtcNow()));
        }
    }

    private async Task SendAsync(Parcel parcel, RetrySchedule schedule, Activity? span, CancellationToken abort)
    {
        StoredMessage message = parcel.Message;
        if (parcel.Deliveries.All(delivery => delivery.IsExhausted(schedule, clock.GetUtcNow())))
        {
            Settle(parcel, delivery => delivery.Fail($"Given up: {delivery.Takeovers} workers stopped while they held it, and no attempt came to an end."));
            return;
        }

        RelayRoute route = parcel.ToTestAddresses ? _simulator : relays.For(message);
        span?.SetTag("mail.relay", route.Relay.Name);
        if (route.Pause.Fault is { } fault)
        {
            Park(parcel, route, fault, schedule);
            return;
        }

        ComposedEmail email = await composer.ComposeAsync(message, abort);
        TransferStart start = new(parcel, queue, leases);
        RelayMessage offer = new(
            message.ProjectId, message.Id, message.Lane, Address(message.Envelope.From), [.. parcel.Deliveries.Select(delivery => new RelayRecipient(delivery.Id, Address(delivery.Recipient), delivery.Attempts + 1))],
            email.Mime, start.MayBeginAsync);

        long started = Stopwatch.GetTimestamp();
        RelayOutcome outcome = await OfferAsync(route.Relay, offer, start, abort);
        DeliveryMetrics.Sent(message.Lane, route.Relay.Name, Stopwatch.GetElapsedTime(started));
        switch (outcome.Kind)
        {
            case RelayOutcomeKind.Answered:
                monitor.Answered(route);
                Record(parcel, outcome.Replies, route.Relay.Name, schedule, span);
                break;
            case RelayOutcomeKind.Unavailable:
                monitor.Failed(route, outcome.Fault!);
                Park(parcel, route, outcome.Fault!, schedule);
                break;
            case RelayOutcomeKind.Withdrawn when start.Fault is { } cause:
                LogInterrupted(cause, message.Id);
                Settle(parcel, delivery => delivery.Delay($"The database did not answer before the transfer could begin ({cause.GetType().Name}); nothing was sent.", schedule, clock.GetUtcNow()));
                break;
            default:
                await recorder.ReleaseAsync(parcel.Deliveries);
                break;
        }
    }

    /// <summary>A relay that throws, in spite of its contract, leaves open what it did once it had begun.</summary>
    private async Task<RelayOutcome> OfferAsync(IRelay relay, RelayMessage offer, TransferStart start, CancellationToken abort)
    {
        try
        {
            return await relay.SendAsync(offer, abort);
        }
        catch (Exception e)
        {
            LogInterrupted(e, offer.Id);
            RelayVerdict verdict = start.HasBegun ? RelayVerdict.Unknown : RelayVerdict.Transient;
            return RelayOutcome.Answered(new RelayReply(verdict, null, null, $"A fault in the mail system interrupted this attempt ({e.GetType().Name})."), offer.Recipients.Count);
        }
    }

    private void Record(Parcel parcel, IReadOnlyList<RelayReply> replies, string relay, RetrySchedule schedule, Activity? span)
    {
        DateTimeOffset now = clock.GetUtcNow();
        for (int i = 0; i < parcel.Deliveries.Count; i++)
        {
            Delivery delivery = parcel.Deliveries[i];
            delivery.Record(replies[i], relay, parcel.Message.Guarantee, schedule, now);
            if (logger.IsEnabled(LogLevel.Information)) Log(delivery);
            recorder.Add(delivery);
        }

        span?.SetTag("mail.state", DeliveryStates.Worst(parcel.Deliveries.Select(delivery => delivery.State)).Name());
    }

    private void Log(Delivery delivery)
    {
        string recipient = MaskedAddress.Of(delivery.Recipient), state = delivery.State.Name();
        if (delivery.State == DeliveryState.Sent) LogSent(delivery.MessageId, recipient, delivery.Relay, delivery.Attempts);
        else LogNotSent(delivery.MessageId, recipient, state, delivery.Attempts, delivery.Reply?.Code, delivery.Reply?.EnhancedCode, delivery.NextAttemptAt);
    }

    private void Park(Parcel parcel, RelayRoute route, RelayFault fault, RetrySchedule schedule)
    {
        DateTimeOffset until = route.Pause.MessagesWaitUntil();
        Settle(parcel, delivery => delivery.Park(fault, route.Relay.Name, until, schedule, clock.GetUtcNow()));
    }

    /// <summary>Gives an outcome to each delivery that has none yet.</summary>
    private void Settle(Parcel parcel, Action<Delivery> outcome)
    {
        foreach (Delivery delivery in Open(parcel))
        {
            outcome(delivery);
            recorder.Add(delivery);
        }
    }

    private static List<Delivery> Open(Parcel parcel) => [.. parcel.Deliveries.Where(delivery => delivery.State == DeliveryState.Sending)];

    private static EmailAddress Address(string text) =>
        EmailAddress.TryParse(text, out EmailAddress? address, out string? error) ? address : throw new CompositionException($"An address cannot be used: {error}");

    /// <summary>One trace from the accepting request to the relay's reply.</summary>
    private static Activity? StartSpan(StoredMessage message)
    {
        if (!MailTelemetry.Source.HasListeners()) return null;
        ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out ActivityContext accepted);
        Activity? span = MailTelemetry.Source.StartActivity("mail.deliver", ActivityKind.Consumer, accepted);
        span?.SetTag("mail.message_id", message.Id.ToString()).SetTag("mail.lane", message.Lane.Name());
        return span;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} to {Recipient} was taken by the relay '{Relay}' at attempt {Attempt}")]
    private partial void LogSent(MessageId messageId, string recipient, string? relay, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} to {Recipient} is {State} after attempt {Attempt}: {Code} {EnhancedCode}, next attempt {NextAttemptAt}")]
    private partial void LogNotSent(MessageId messageId, string recipient, string state, int attempt, int? code, string? enhancedCode, DateTimeOffset? nextAttemptAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} cannot be composed and has failed")]
    private partial void LogNotComposed(Exception e, MessageId messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} cannot be composed by this version and waits for another one")]
    private partial void LogNotComposedHere(Exception e, MessageId messageId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An attempt to send message {MessageId} was interrupted by a fault")]
    private partial void LogInterrupted(Exception e, MessageId messageId);
}
