using Mail.Core.Relays.Limits;

namespace Mail.Tests.Core.Relays.Limits;

public sealed class TokenBucketTests
{
    [Fact]
    public void A_clock_that_was_far_ahead_for_a_moment_does_not_stop_it_until_then()
    {
        TokenBucket bucket = default;
        const long Noon = 1_000_000_000;
        bucket.Spend(1, 3, Noon + 86_400_000);

        Assert.Equal(0, bucket.Wait(1, critical: false, Noon));
        bucket.Spend(1, 1, Noon);
        Assert.InRange(bucket.Wait(1, critical: false, Noon + 1), 1, 1000);
    }

    [Theory, InlineData(0.2), InlineData(1), InlineData(7.5), InlineData(100)]
    public void In_any_time_no_more_goes_than_the_rate_and_half_a_second_of_it(double rate)
    {
        TokenBucket bucket = default;
        int sent = 0;
        const int Seconds = 60;
        for (long now = 1_000_000; now < 1_000_000 + Seconds * 1000; now += 3)
        {
            if (bucket.Wait(rate, critical: false, now) > 0) continue;
            bucket.Spend(rate, 1, now);
            sent++;
        }

        Assert.InRange(sent, rate * Seconds * 0.97 - 1, rate * Seconds + TokenBucket.Capacity(rate) + 1);
    }

    [Fact]
    public void The_wait_that_it_tells_is_the_time_until_there_is_room()
    {
        TokenBucket bucket = default;
        bucket.Spend(2, 1, 1000);

        Assert.Equal(500, bucket.Wait(2, critical: false, 1000));
        Assert.Equal(1, bucket.Wait(2, critical: false, 1499));
        Assert.Equal(0, bucket.Wait(2, critical: false, 1500));
    }

    [Fact]
    public void A_message_to_many_goes_whole_and_the_next_one_waits_for_its_debt()
    {
        TokenBucket bucket = default;
        bucket.Spend(10, 55, 1000);

        Assert.Equal(5100, bucket.Wait(10, critical: false, 1000));
    }

    [Fact]
    public void The_last_tenth_is_for_critical_messages()
    {
        TokenBucket bucket = default;
        int others = 0, critical = 0;
        for (; bucket.Wait(100, critical: false, 1000) == 0; others++) bucket.Spend(100, 1, 1000);
        for (; bucket.Wait(100, critical: true, 1000) == 0; critical++) bucket.Spend(100, 1, 1000);

        Assert.Equal((46, 4), (others, critical));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_and_takes_nothing()
    {
        TokenBucket bucket = default;
        bucket.Spend(1, 1, 10_000);

        Assert.Equal(1000, bucket.Wait(1, critical: false, 5000));
        Assert.Equal(0, bucket.Wait(1, critical: false, 11_000));
    }
}
