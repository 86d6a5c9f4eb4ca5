using Mail.Core.Relays.Limits;

namespace Mail.Tests.Core.Relays.Limits;

public sealed class PaceTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_complaint_halves_what_is_configured_or_usual() =>
        Assert.Equal((5d, Pace.UsualStart / 2), (Pace.First(10, _noon).Rate, Pace.First(null, _noon).Rate));

    [Fact]
    public void Complaints_about_what_was_under_way_count_as_one_and_later_ones_halve_again_down_to_the_floor()
    {
        Pace pace = Pace.First(8, _noon);
        for (int i = 0; i < 100; i++) pace = pace.Refused(_noon.AddSeconds(2));
        Assert.Equal(4, pace.Rate);

        pace = pace.Refused(_noon.AddSeconds(5));
        Assert.Equal(2, pace.Rate);

        for (int i = 2; i < 20; i++) pace = pace.Refused(_noon.AddSeconds(5 * i));
        Assert.Equal(Pace.Floor, pace.Rate);
    }

    [Fact]
    public void Good_answers_raise_it_step_by_step_until_it_is_forgotten()
    {
        Pace pace = Pace.First(10, _noon);
        List<double> rates = [];
        for (int second = 1; !pace.IsOver(_noon.AddSeconds(second)); second++)
        {
            Pace next = pace.Accepted(_noon.AddSeconds(second));
            if (next.Rate > pace.Rate) rates.Add(next.Rate);
            pace = next;
        }

        Assert.Equal([6, 7, 8, 9, 10, 20, 40, 80, 160], rates);
    }

    [Fact]
    public void Good_answers_right_after_a_complaint_do_not_raise_it()
    {
        Pace pace = Pace.First(10, _noon).Refused(_noon.AddSeconds(4));

        Assert.Equal(5, pace.Accepted(_noon.AddSeconds(8)).Rate);
        Assert.Equal(6, pace.Accepted(_noon.AddSeconds(9)).Rate);
    }

    [Fact]
    public void One_from_a_clock_that_was_far_ahead_is_forgotten_and_does_not_last_until_then()
    {
        Assert.True(Pace.First(10, _noon.AddDays(30)).IsOver(_noon));
        Assert.False(Pace.First(10, _noon.AddMinutes(1)).IsOver(_noon));
    }

    [Fact]
    public void Without_complaints_it_is_forgotten_also_when_nothing_is_sent()
    {
        Assert.False(Pace.First(10, _noon).IsOver(_noon.AddMinutes(15)));
        Assert.True(Pace.First(10, _noon).IsOver(_noon.AddMinutes(16)));
    }
}
