using Mail.Core.Delivery;
using Mail.Core.Messages;

namespace Mail.Tests.Core.Delivery;

public sealed class RetryScheduleTests
{
    [Theory, InlineData(Lane.Critical), InlineData(Lane.Normal), InlineData(Lane.Bulk)]
    public void It_lasts_a_day_with_at_least_ten_attempts(Lane lane)
    {
        RetrySchedule schedule = RetrySchedule.For(lane);

        Assert.InRange(schedule.Total, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
        Assert.True(schedule.Retries >= 10);
        TimeSpan varied = Delays(schedule).Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay);
        Assert.InRange(varied, TimeSpan.FromHours(21.6), TimeSpan.FromHours(26.4));
        Assert.Null(schedule.DelayAfter(schedule.Retries + 1));
    }

    [Theory, InlineData(Lane.Critical), InlineData(Lane.Normal)]
    public void The_waits_grow(Lane lane)
    {
        TimeSpan[] delays = [.. Delays(RetrySchedule.For(lane))];

        for (int i = 1; i < delays.Length; i++) Assert.True(delays[i] > delays[i - 1] * 0.8, $"wait {i} is {delays[i]} after {delays[i - 1]}");
        Assert.True(delays[^1] > TimeSpan.FromHours(5));
    }

    /// <summary>A server that greylists takes a message at an attempt 1 to 15 minutes after the first (most: 5), which a reader of the mail should hardly notice.</summary>
    [Theory, InlineData(Lane.Critical), InlineData(Lane.Normal)]
    public void A_greylisted_message_is_offered_again_soon_after_five_minutes(Lane lane)
    {
        TimeSpan at = TimeSpan.Zero;
        List<TimeSpan> attempts = [];
        foreach (TimeSpan delay in Delays(RetrySchedule.For(lane))) attempts.Add(at += delay);

        Assert.Contains(attempts, attempt => attempt > TimeSpan.FromMinutes(5) && attempt < TimeSpan.FromMinutes(12));
    }

    [Fact]
    public void A_critical_message_is_tried_more_often_in_the_first_minutes()
    {
        Assert.True(AttemptsWithin(RetrySchedule.Critical) >= 2 * AttemptsWithin(RetrySchedule.Normal));

        static int AttemptsWithin(RetrySchedule schedule)
        {
            TimeSpan at = TimeSpan.Zero;
            return Delays(schedule).TakeWhile(delay => (at += delay) < TimeSpan.FromMinutes(12)).Count();
        }
    }

    [Fact]
    public void Two_messages_refused_together_do_not_come_back_together()
    {
        HashSet<TimeSpan?> delays = [.. Enumerable.Range(0, 20).Select(_ => RetrySchedule.Normal.DelayAfter(3))];

        Assert.True(delays.Count > 15);
        Assert.All(delays, delay => Assert.InRange(delay!.Value, TimeSpan.FromMinutes(5.4), TimeSpan.FromMinutes(6.6)));
    }

    private static IEnumerable<TimeSpan> Delays(RetrySchedule schedule) => Enumerable.Range(1, schedule.Retries).Select(attempt => schedule.DelayAfter(attempt)!.Value);
}
