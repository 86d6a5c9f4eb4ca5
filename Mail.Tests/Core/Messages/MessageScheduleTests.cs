using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Suppressions;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Messages;

/// <summary>Cancel and reschedule against a queue that workers claim from.</summary>
public sealed class MessageScheduleTests(PostgresFixture postgres)
{
    private static readonly RetrySchedule _retries = RetrySchedule.Of(TimeSpan.FromMinutes(5));
    private static readonly ProjectId _project = DeliveryDatabase.Project;

    [Fact]
    public async Task What_waits_is_canceled_with_an_event_for_each_recipient_and_never_claimed()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com", "b@example.com"], bcc: ["c@example.com"]);

        Result<Cancellation> result = await Schedule(database).CancelAsync(_project, id, CancellationToken.None);

        Assert.Equal(3, result.Value.Canceled.Count);
        Assert.Empty(result.Value.NotCanceled);
        var canceled = await database.RecipientAsync("c@example.com");
        Assert.Equal(("canceled", 0, "Canceled by the sender before any attempt.", null), (canceled.State, canceled.Attempts, canceled.Reason, canceled.NextAttemptAt));
        Assert.Equal(["email.canceled"], await database.EventsAsync("b@example.com"));
        await using DeliveryQueue queue = Queue(database);
        Assert.Empty(await ClaimAsync(queue));
    }

    [Fact]
    public async Task Canceling_again_changes_nothing_and_answers_the_same()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        MessageSchedule schedule = Schedule(database);
        Result<Cancellation>[] atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => schedule.CancelAsync(_project, id, CancellationToken.None)));

        Result<Cancellation> later = await schedule.CancelAsync(_project, id, CancellationToken.None);

        Assert.All([.. atOnce, later], result => Assert.Equal("a@example.com", Assert.Single(result.Value.Canceled).Email));
        Assert.Equal(["email.canceled"], await database.EventsAsync("a@example.com"));
    }

    [Fact]
    public async Task It_is_too_late_for_what_a_worker_holds_and_the_worker_goes_on()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await ClaimAsync(queue);

        Result<Cancellation> cancel = await Schedule(database).CancelAsync(_project, id, CancellationToken.None);
        Result<DateTimeOffset> reschedule = await Schedule(database).RescheduleAsync(_project, id, "in 1 hour", CancellationToken.None);

        Assert.Equal((FailureKind.Conflict, "too_late", "It is too late to cancel this message: a@example.com is being handed over right now."), (cancel.Failure!.Kind, cancel.Failure.Code, cancel.Failure.Detail));
        Assert.Equal((FailureKind.Conflict, "too_late"), (reschedule.Failure!.Kind, reschedule.Failure.Code));
        Record(claimed[0], RelayVerdict.Accepted);
        Assert.Single(await queue.RecordAsync(claimed, CancellationToken.None));
        Assert.Equal(["email.sent"], await database.EventsAsync("a@example.com"));
    }

    [Fact]
    public async Task Of_a_message_that_is_half_sent_the_rest_is_canceled_and_the_answer_says_which()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["sent@example.com", "later@example.com", "never@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await ClaimAsync(queue);
        Record(Of("sent@example.com"), RelayVerdict.Accepted);
        Record(Of("later@example.com"), RelayVerdict.Transient);
        Record(Of("never@example.com"), RelayVerdict.Permanent);
        await queue.RecordAsync(claimed, CancellationToken.None);

        Result<Cancellation> result = await Schedule(database).CancelAsync(_project, id, CancellationToken.None);

        Assert.Equal("later@example.com", Assert.Single(result.Value.Canceled).Email);
        Assert.Equal(["never@example.com Bounced", "sent@example.com Sent"], result.Value.NotCanceled.Select(recipient => $"{recipient.Email} {recipient.State}").Order(StringComparer.Ordinal));
        var later = await database.RecipientAsync("later@example.com");
        Assert.Equal(("canceled", 1, 450), (later.State, later.Attempts, later.Code)); // what was known stays
        Assert.StartsWith("Canceled by the sender. Until then: The relay 'default' did not take it for now", later.Reason, StringComparison.Ordinal);
        Assert.Equal(["email.delivery_delayed", "email.canceled"], await database.EventsAsync("later@example.com"));

        Claimed Of(string recipient) => claimed.Single(delivery => delivery.Recipient == recipient);
    }

    /// <summary>Workers claim as fast as they can while every message is canceled: each recipient belongs to the one or the other.</summary>
    [Fact]
    public async Task Against_claims_at_the_same_moment_each_row_has_exactly_one_fate()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        List<MessageId> ids = [];
        for (int i = 0; i < 150; i++) ids.Add(await database.AddMessageAsync([$"a{i}@example.com", $"b{i}@example.com"]));
        MessageSchedule schedule = Schedule(database);
        using SemaphoreSlim atATime = new(8);

        Task<List<Claimed>[]> claiming = Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using DeliveryQueue queue = Queue(database);
            List<Claimed> all = [];
            for (int empty = 0; empty < 20;)
            {
                List<Claimed> claimed = await queue.ClaimDueAsync(3);
                empty = claimed.Count == 0 ? empty + 1 : 0;
                all.AddRange(claimed);
            }

            return all;
        }));
        Result<Cancellation>[] canceled = await Task.WhenAll(ids.AsEnumerable().Reverse().Select(async id =>
        {
            await atATime.WaitAsync();
            try
            {
                return await schedule.CancelAsync(_project, id, CancellationToken.None);
            }
            finally
            {
                atATime.Release();
            }
        }));
        string[] held = [.. (await claiming).SelectMany(claimed => claimed).Select(delivery => delivery.Recipient)];

        string[] spared = [.. canceled.Where(result => result.IsSuccess).SelectMany(result => result.Value.Canceled).Select(recipient => recipient.Email)];
        Assert.Equal(300, held.Concat(spared).Distinct().Count());
        Assert.Equal(300, held.Length + spared.Length);
        Assert.Equal(spared.Length, await database.CountAsync("finished_deliveries WHERE state = 'canceled'"));
        Assert.Equal(spared.Length, await database.CountAsync("events WHERE type = 'email.canceled'"));
        Assert.Equal(held.Length, await database.CountAsync("deliveries WHERE state = 'sending'"));
        Assert.NotEmpty(held);
        Assert.NotEmpty(spared);
    }

    [Fact]
    public async Task A_message_is_rescheduled_whole_and_is_due_at_its_new_time()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow);
        MessageId id = await database.AddMessageAsync(["a@example.com", "b@example.com"], due: clock.GetUtcNow().AddHours(-1));

        Result<DateTimeOffset> at = await Schedule(database, clock).RescheduleAsync(_project, id, "in 2 hours", CancellationToken.None);

        Assert.Equal(clock.GetUtcNow().AddHours(2), at.Value);
        var waiting = await database.RecipientAsync("a@example.com");
        Assert.Equal(("scheduled", "Scheduled by the sender."), (waiting.State, waiting.Reason));
        Assert.Equal(at.Value, waiting.NextAttemptAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(["email.scheduled"], await database.EventsAsync("b@example.com"));
        await using DeliveryQueue queue = Queue(database, clock);
        Assert.Empty(await ClaimAsync(queue));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, (await ClaimAsync(queue)).Count);
    }

    [Fact]
    public async Task A_time_that_is_past_makes_it_due_atOnce_and_the_same_time_again_is_no_news()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        string tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToString("O");
        MessageSchedule schedule = Schedule(database);

        Assert.True((await schedule.RescheduleAsync(_project, id, tomorrow, CancellationToken.None)).IsSuccess);
        Assert.True((await schedule.RescheduleAsync(_project, id, tomorrow, CancellationToken.None)).IsSuccess);
        Assert.True((await schedule.RescheduleAsync(_project, id, "2020-01-01T00:00:00Z", CancellationToken.None)).IsSuccess);

        Assert.Equal(["email.scheduled", "email.queued"], await database.EventsAsync("a@example.com"));
        await using DeliveryQueue queue = Queue(database);
        Assert.Single(await ClaimAsync(queue));
    }

    [Fact]
    public async Task A_message_that_only_waits_for_its_relay_can_be_rescheduled_and_has_its_whole_time_then()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await ClaimAsync(queue);
        claimed[0].Park(new RelayFault("down", IsPermanent: false), "default", "default", DateTimeOffset.UtcNow.AddMinutes(1), _retries, DateTimeOffset.UtcNow);
        await queue.RecordAsync(claimed, CancellationToken.None);

        Assert.True((await Schedule(database).RescheduleAsync(_project, id, "in 3 days", CancellationToken.None)).IsSuccess);

        Assert.Equal(0, await queue.UnparkAsync("default", 10, CancellationToken.None)); // the relay's return does not send it early
        Assert.Equal(1, await database.CountAsync("deliveries WHERE state = 'scheduled' AND first_attempt_at IS NULL AND parked_by IS NULL AND next_attempt_at > now() + interval '71 hours'"));
    }

    [Theory, InlineData(RelayVerdict.Transient), InlineData(RelayVerdict.Unknown)]
    public async Task A_message_that_was_offered_to_a_relay_is_not_rescheduled(RelayVerdict verdict)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["later@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await ClaimAsync(queue);
        Record(claimed[0], verdict);
        await queue.RecordAsync(claimed, CancellationToken.None);
        var before = await database.RecipientAsync("later@example.com");

        Result<DateTimeOffset> result = await Schedule(database).RescheduleAsync(_project, id, "in 1 hour", CancellationToken.None);

        Assert.Equal("too_late", result.Failure?.Code);
        Assert.Contains("nothing was changed: later@example.com has been tried already", result.Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal(before, await database.RecipientAsync("later@example.com"));
        Assert.Equal(0, await database.CountAsync("messages WHERE rescheduled_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_canceled_message_has_no_new_time()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        await Schedule(database).CancelAsync(_project, id, CancellationToken.None);

        Result<DateTimeOffset> result = await Schedule(database).RescheduleAsync(_project, id, "in 1 hour", CancellationToken.None);

        Assert.Equal((FailureKind.Conflict, "email_canceled"), (result.Failure!.Kind, result.Failure.Code));
        Assert.Equal(["email.canceled"], await database.EventsAsync("a@example.com"));
    }

    [Fact]
    public async Task Canceling_and_rescheduling_atOnce_leave_one_consistent_fate()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageSchedule schedule = Schedule(database);
        for (int i = 0; i < 30; i++)
        {
            MessageId id = await database.AddMessageAsync([$"a{i}@example.com", $"b{i}@example.com", $"c{i}@example.com"]);

            Task<Result<DateTimeOffset>> moving = schedule.RescheduleAsync(_project, id, "in 1 hour", CancellationToken.None);
            Task<Result<Cancellation>> canceling = schedule.CancelAsync(_project, id, CancellationToken.None);
            Result<DateTimeOffset> moved = await moving;
            Result<Cancellation> canceled = await canceling;

            Assert.Equal(3, canceled.Value.Canceled.Count); // the one before or after the other; canceled in the end
            Assert.True(moved.IsSuccess || moved.Failure.Code == "email_canceled");
        }
    }

    [Fact]
    public async Task Another_projects_message_is_not_found_and_not_touched()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        ProjectId other = ProjectId.New(DateTimeOffset.UtcNow);

        Result<Cancellation> cancel = await Schedule(database).CancelAsync(other, id, CancellationToken.None);
        Result<DateTimeOffset> reschedule = await Schedule(database).RescheduleAsync(other, id, "in 1 hour", CancellationToken.None);

        Assert.Equal((FailureKind.NotFound, FailureKind.NotFound), (cancel.Failure!.Kind, reschedule.Failure!.Kind));
        Assert.Equal("queued", (await database.RecipientAsync("a@example.com")).State);
    }

    private static MessageSchedule Schedule(DeliveryDatabase database, TimeProvider? clock = null) =>
        new(database.Source, new MessageReader(database.Source), new DeliverySignal(), Options.Create(new MessageOptions()), clock ?? TimeProvider.System);

    private static DeliveryQueue Queue(DeliveryDatabase database, TimeProvider? clock = null) => new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), clock ?? TimeProvider.System);

    private static Task<List<Claimed>> ClaimAsync(DeliveryQueue queue) => queue.ClaimDueAsync(10);

    private static void Record(Claimed delivery, RelayVerdict verdict) =>
        delivery.Record(new RelayReply(verdict, 450, null, "text"), "default", DeliveryGuarantee.AtLeastOnce, _retries, DateTimeOffset.UtcNow);
}
