using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Domains;
using Mail.Core.Feedback;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>Steps 4 and 5 of a message's way: compose, route, send. Every parcel ends here with an outcome for each delivery, or with its leases given back.</summary>
internal sealed partial class ParcelSender(
    MessageComposer composer, UnsubscribeLinks links, TrackingLinks trackingLinks, ProjectSigning signing, RelayDirectory relays, SimulatorRelay simulator, RouteWalk walk, DeliveryQueue queue, DeliveryLeases leases, DeliveryRecorder recorder,
    ReturnPaths returnPaths, HeldCaller held, RelayAlerts alerts, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<ParcelSender> logger)
{
    private readonly RouteTable _simulator = RouteTable.Of(simulator, new RelayOptions(), clock);

    private static readonly RelayFault _closing = new("The relay is just coming back.", IsPermanent: false) { IsOnTrial = true };

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
            Settle(parcel, delivery => delivery.Delay($"{e.Message} It waits for a worker of another version.", schedule, clock.GetUtcNow(), CauseCodes.OtherVersion));
        }
        catch (CompositionException e)
        {
            LogNotComposed(e, parcel.Message.Id);
            Settle(parcel, delivery => delivery.Fail(e.Message, CauseCodes.NotComposed));
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
            Settle(parcel, delivery => delivery.Fail($"Given up: {delivery.Takeovers} workers stopped while they held it, and no attempt came to an end.", CauseCodes.WorkersDied));
            return;
        }

        RouteTable table = parcel.ToTestAddresses ? _simulator : await relays.ForAsync(message, abort);
        IReadOnlyList<RelayRoute> routes = table.For(message, Random.Shared);
        if (routes.Count == 0)
        {
            Park(parcel, null, table.NoRoute(message), table, schedule);
            return;
        }

        if (routes.All(route => route.Breaker.Fault is not null))
        {
            Park(parcel, routes[0], routes[0].Breaker.Fault ?? _closing, table, schedule);
            return;
        }

        EmailAddress from = Address(message.Envelope.From);
        ReadOnlyMemory<byte>? mime = null;
        TransferStart start = new(parcel, queue, leases);
        WalkResult result = await walk.RunAsync(parcel, routes, Offer, start, abort);
        span?.SetTag("mail.relay", string.Join(',', result.Replies.Values.Select(reply => reply.Relay).Distinct()));
        Record(parcel, result.Replies, schedule, span);
        if (result.Holds is { Count: > 0 } holds) Hold(message, holds);
        if (result.Fault is { } fault) Park(parcel, fault.Route, fault.Fault, table, schedule);
        else if (result.Withdrawn && start.Fault is { } cause)
        {
            LogInterrupted(cause, message.Id);
            Settle(parcel, delivery => delivery.Delay($"The database did not answer before the transfer could begin ({cause.GetType().Name}); nothing was sent.", schedule, clock.GetUtcNow(), CauseCodes.DatabaseSlow));
        }
        else if (Open(parcel) is { Count: > 0 } unsent) await recorder.ReleaseAsync(unsent);

        async ValueTask<RelayMessage> Offer(List<Delivery> deliveries)
        {
            if (mime is null) // not before a relay has room for it
            {
                long began = Stopwatch.GetTimestamp();
                ReadOnlyMemory<byte> composed = (await composer.ComposeAsync(message, abort, await UnsubscribeUrlAsync(parcel, abort), await MarksAsync(parcel, abort))).Mime;
                mime = message.Content.Raw is { IsSigned: true } ? composed : await signing.SignAsync(message.ProjectId, from, composed, abort);
                DeliveryMetrics.Composed(message.Lane, Stopwatch.GetElapsedTime(began));
            }

            Func<ProjectId, DeliveryId, EmailAddress>? returnPath = await returnPaths.WriterAsync(message.ProjectId, from, abort);
            return new RelayMessage(
                message.ProjectId, message.Id, message.Lane, from,
                [
                    .. deliveries.Select(delivery => new RelayRecipient(delivery.Id, Address(delivery.Recipient), delivery.Attempts + 1)
                    {
                        ReturnPath = returnPath?.Invoke(message.ProjectId, delivery.Id),
                    }),
                ], mime.Value, start.MayBeginAsync);
        }
    }

    /// <summary>A message with such a link comes in parcels of one recipient (<see cref="DeliveryClaimer"/>).</summary>
    private async ValueTask<string?> UnsubscribeUrlAsync(Parcel parcel, CancellationToken ct)
    {
        StoredMessage message = parcel.Message;
        if (message.Content.LinksTo is not { } linksTo) return null;
        UnsubscribeTarget target = new(message.ProjectId, message.Id, NormalAddress.Of(parcel.Deliveries.Single().Recipient), message.Content.TopicId ?? "", message.IsTest);
        return await links.UrlAsync(linksTo, target, ct);
    }

    /// <summary>Tracked mail comes in parcels of one recipient, too.</summary>
    private async ValueTask<MailMarks?> MarksAsync(Parcel parcel, CancellationToken ct) => parcel.IsTracked
        ? new MailMarks(parcel.Message.Content.Tracking!, await trackingLinks.KeyAsync(ct), parcel.Message.ProjectId, parcel.Message.Id, parcel.Deliveries.Single().Id)
        : null;

    private void Record(Parcel parcel, Dictionary<Delivery, WalkReply> replies, RetrySchedule schedule, Activity? span)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((Delivery delivery, WalkReply answer) in replies)
        {
            delivery.Record(answer.Reply, answer.Relay, parcel.Message.Guarantee, schedule, now);
            if (delivery.Detours.Count > 0) alerts.ServedByAnother(delivery, parcel.Message);
            if (logger.IsEnabled(LogLevel.Information)) Log(delivery);
            recorder.Add(delivery);
        }

        if (replies.Count > 0) span?.SetTag("mail.state", DeliveryStates.Worst(replies.Keys.Select(delivery => delivery.State)).Name());
    }

    private void Log(Delivery delivery)
    {
        string recipient = MaskedAddress.Of(delivery.Recipient), state = delivery.State.Name();
        if (delivery.State == DeliveryState.Sent) LogSent(delivery.MessageId, recipient, delivery.Relay, delivery.Attempts);
        else LogNotSent(delivery.MessageId, recipient, state, delivery.Attempts, delivery.Reply?.Code, delivery.Reply?.EnhancedCode, delivery.NextAttemptAt);
    }

    /// <summary>Those that no relay could be offered wait for any of them.</summary>
    private void Park(Parcel parcel, RelayRoute? first, RelayFault fault, RouteTable table, RetrySchedule schedule)
    {
        DateTimeOffset until = (first ?? table.Routes[0]).Breaker.MessagesWaitUntil();
        Settle(parcel, delivery => delivery.Park(fault, first?.Relay.Name, table.Name, until, schedule, clock.GetUtcNow()));
    }

    /// <summary>Those for whom every usable relay is full wait for the first that has room.</summary>
    private void Hold(StoredMessage message, Dictionary<Delivery, RelayHold> holds)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((Delivery delivery, RelayHold hold) in holds)
        {
            delivery.Hold(hold, message.PlannedAt ?? message.CreatedAt, options.Value.LongestHoldFor(message.Lane), now);
            recorder.Add(delivery);
            held.Held(hold.WaitsAs);
        }
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
