using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

public sealed class DeliveryTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetrySchedule _once = RetrySchedule.Of(TimeSpan.FromMinutes(5));
    private static readonly RelayFault _down = new("The mail server is down.", IsPermanent: false);

    [Fact]
    public void A_relay_that_takes_it_ends_it_as_sent_without_a_reason()
    {
        Claimed delivery = New();

        Record(delivery, RelayVerdict.Accepted, 250);

        Assert.Equal((DeliveryState.Sent, null, null, 1), (delivery.State, delivery.NextAttemptAt, delivery.Reason, delivery.Attempts));
    }

    [Theory, InlineData(421), InlineData(451)]
    public void A_transient_reply_delays_the_next_attempt_by_the_schedule(int code)
    {
        Claimed delivery = New();

        Record(delivery, RelayVerdict.Transient, code, "try later");

        Assert.Equal((DeliveryState.DeliveryDelayed, _noon.AddMinutes(5), 1), (delivery.State, delivery.NextAttemptAt, delivery.Attempts));
        Assert.Contains($"{code} try later", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transient_reply_after_the_last_retry_gives_up()
    {
        Claimed delivery = New(attempts: 1);

        Record(delivery, RelayVerdict.Transient, 451, "try later");

        Assert.Equal((DeliveryState.Failed, null), (delivery.State, delivery.NextAttemptAt));
        Assert.StartsWith("Given up after 2 attempts.", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permanent_reply_bounces_at_once()
    {
        Claimed delivery = New();

        Record(delivery, RelayVerdict.Permanent, 550, "no such user");

        Assert.Equal((DeliveryState.Bounced, null), (delivery.State, delivery.NextAttemptAt));
        Assert.Contains("550 no such user", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_outcome_is_sent_again_unless_it_must_not_arrive_twice()
    {
        Claimed again = New(), never = New();

        Record(again, RelayVerdict.Unknown, null, guarantee: DeliveryGuarantee.AtLeastOnce);
        Record(never, RelayVerdict.Unknown, null, guarantee: DeliveryGuarantee.AtMostOnce);

        Assert.Equal((DeliveryState.DeliveryDelayed, _noon.AddMinutes(5)), (again.State, again.NextAttemptAt));
        Assert.Equal((DeliveryState.Failed, null), (never.State, never.NextAttemptAt));
        Assert.Contains("at_most_once", never.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_a_relay_that_is_down_is_no_attempt()
    {
        Claimed delivery = New(attempts: 1);

        delivery.Park(_down, "default", "default", _noon.AddSeconds(30), _once, _noon);

        Assert.Equal((DeliveryState.DeliveryDelayed, _noon.AddSeconds(30), "default", 1, _down.Reason), (delivery.State, delivery.NextAttemptAt, delivery.ParkedBy, delivery.Attempts, delivery.Reason));
    }

    [Fact]
    public void Waiting_for_a_relay_ends_when_the_schedules_time_is_over()
    {
        Claimed delivery = New();

        delivery.Park(_down, "default", "default", _noon.AddSeconds(330), _once, _noon.AddMinutes(5).AddSeconds(1));

        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains(_down.Reason, delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_its_turn_is_no_attempt_and_no_news_and_what_was_never_tried_is_still_queued()
    {
        Claimed fresh = New(), tried = New(attempts: 1);

        foreach (Claimed delivery in new[] { fresh, tried }) delivery.Hold(Holds.Turn(_noon), _noon, TimeSpan.FromDays(1), _noon);

        Assert.Equal((DeliveryState.Queued, 0, Holds.TurnName, "rate_wait"), (fresh.State, fresh.Attempts, fresh.ParkedBy, fresh.Cause));
        Assert.Equal((DeliveryState.DeliveryDelayed, 1), (tried.State, tried.Attempts));
        Assert.Equal((null, null), (DeliveryEvents.TypeOf(fresh), DeliveryEvents.TypeOf(tried)));
    }

    [Fact]
    public void One_that_waits_for_a_quota_is_looked_at_when_it_grows_too_old_and_not_only_when_the_quota_begins_anew()
    {
        Claimed old = New();

        old.Hold(Holds.Quota(_noon), _noon.AddHours(-23), TimeSpan.FromDays(1), _noon);

        Assert.InRange(old.NextAttemptAt!.Value, _noon.AddHours(1), _noon.AddHours(1).AddMinutes(1));
    }

    [Fact]
    public void Waiting_for_a_quota_is_told_and_ends_when_the_message_is_too_old_to_be_wanted()
    {
        Claimed waits = New(), old = New();

        waits.Hold(Holds.Quota(_noon), _noon.AddHours(-23), TimeSpan.FromDays(1), _noon);
        old.Hold(Holds.Quota(_noon), _noon.AddHours(-25), TimeSpan.FromDays(1), _noon);

        Assert.Equal((DeliveryState.DeliveryDelayed, "email.delivery_delayed"), (waits.State, DeliveryEvents.TypeOf(waits)));
        Assert.Equal((DeliveryState.Failed, "Given up: it waited for room for more than 24 hours. The quota is used up."), (old.State, old.Reason));
    }

    [Theory, InlineData(60, 300), InlineData(3600, 3600)]
    public void A_retry_is_never_earlier_than_the_relay_asked_for(int asked, int expected)
    {
        Claimed delivery = New();

        delivery.Record(new RelayReply(RelayVerdict.Transient, 429, null, "slow down") { RetryAfter = TimeSpan.FromSeconds(asked) }, "default", DeliveryGuarantee.AtLeastOnce, _once, _noon);

        Assert.Equal(_noon.AddSeconds(expected), delivery.NextAttemptAt);
    }

    /// <summary>Every outcome, one after the other, on every delivery: the first one is kept, whatever comes after it.</summary>
    [Fact]
    public void Only_a_delivery_that_is_being_sent_takes_an_outcome()
    {
        Action<Claimed>[] outcomes =
        [
            d => Record(d, RelayVerdict.Accepted, 250), d => Record(d, RelayVerdict.Transient, 450), d => Record(d, RelayVerdict.Permanent, 550), d => Record(d, RelayVerdict.Unknown, null),
            d => d.Park(_down, "default", "default", _noon, _once, _noon), d => d.Delay("fault", _once, _noon), d => d.Fail("poison"),
            d => d.Hold(Holds.Turn(_noon), _noon, TimeSpan.FromDays(1), _noon), d => d.Hold(Holds.Quota(_noon), _noon, TimeSpan.FromDays(1), _noon),
        ];
        foreach (Action<Claimed> first in outcomes)
        {
            foreach (Action<Claimed> second in outcomes)
            {
                Claimed delivery = New();
                first(delivery);
                var before = (delivery.State, delivery.Attempts, delivery.Reason, delivery.NextAttemptAt);

                Assert.Throws<InvalidOperationException>(() => second(delivery));

                Assert.Equal(before, (delivery.State, delivery.Attempts, delivery.Reason, delivery.NextAttemptAt));
            }
        }
    }

    /// <summary>Nothing waits silently.</summary>
    [Fact]
    public void A_waiting_outcome_always_has_a_time_and_a_reason_and_a_final_one_never_has_a_time()
    {
        foreach (RelayVerdict verdict in Enum.GetValues<RelayVerdict>())
        {
            foreach (DeliveryGuarantee guarantee in Enum.GetValues<DeliveryGuarantee>())
            {
                for (int attempts = 0; attempts < 3; attempts++)
                {
                    Claimed delivery = New(attempts);

                    Record(delivery, verdict, 450, guarantee: guarantee);

                    Assert.Equal(delivery.State.IsWaiting(), delivery.NextAttemptAt is not null);
                    Assert.NotEqual(DeliveryState.Sending, delivery.State);
                    Assert.Equal(delivery.State == DeliveryState.Sent, delivery.Reason is null);
                }
            }
        }
    }

    [Fact]
    public void What_a_server_says_is_cut_and_cleaned_so_that_it_can_be_stored()
    {
        Claimed delivery = New();

        Record(delivery, RelayVerdict.Permanent, 550, "nul \0 half \uD83D end" + new string('x', 2000));

        Assert.Equal("nul  half \uFFFD end", delivery.Reply!.Text[..18].TrimEnd('x'));
        Assert.InRange(delivery.Reply.Text.Length, 900, 1001);
        Assert.InRange(delivery.Reason!.Length, 900, 1001);
    }

    private static Claimed New(int attempts = 0) =>
        new(ProjectId.New(_noon), DeliveryId.New(_noon), MessageId.New(_noon), "a@example.com", Lane.Normal, attempts) { FirstAttemptAt = _noon };

    private static void Record(Claimed delivery, RelayVerdict verdict, int? code, string text = "text", DeliveryGuarantee guarantee = DeliveryGuarantee.AtLeastOnce) =>
        delivery.Record(new RelayReply(verdict, code, null, text), "default", guarantee, _once, _noon);
}
