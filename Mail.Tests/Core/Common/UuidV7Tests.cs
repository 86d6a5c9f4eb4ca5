using Mail.Core.Common;

namespace Mail.Tests.Core.Common;

public sealed class UuidV7Tests
{
    private static readonly DateTimeOffset _noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_millisecond_sort_in_the_order_they_were_made()
    {
        Guid[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => UuidV7.New(_noon))];

        Assert.Equal(ids, ids.OrderBy(id => id.ToString(), StringComparer.Ordinal));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 8), (id.Version, id.Variant & 0xC)));
    }

    [Fact]
    public void The_first_id_of_an_instant_bounds_the_ids_made_at_it()
    {
        DateTimeOffset at = _noon.AddDays(1);

        string id = UuidV7.New(at).ToString();

        Assert.True(string.CompareOrdinal(UuidV7.First(at).ToString(), id) <= 0);
        Assert.True(string.CompareOrdinal(UuidV7.First(at.AddMilliseconds(100)).ToString(), id) > 0);
    }

    [Fact]
    public void Clocks_of_different_times_do_not_disturb_each_other()
    {
        DateTimeOffset[] clocks = [_noon.AddDays(9), _noon.AddDays(9).AddMinutes(-7), _noon.AddDays(12)];

        Guid[] ids = [.. Enumerable.Range(0, 9_000).Select(i => UuidV7.New(clocks[i % 3]))];

        foreach (int clock in (int[])[0, 1, 2])
            Assert.Equal(ids.Where((_, i) => i % 3 == clock), ids.Where((_, i) => i % 3 == clock).OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void A_clock_that_goes_back_a_little_goes_on_from_the_last_id()
    {
        Guid last = UuidV7.New(_noon.AddDays(20).AddMilliseconds(900));

        Guid id = UuidV7.New(_noon.AddDays(20).AddMilliseconds(400));

        Assert.True(string.CompareOrdinal(id.ToString(), last.ToString()) > 0);
    }

    [Fact]
    public void A_clock_that_is_set_back_far_is_followed()
    {
        UuidV7.New(_noon.AddDays(30));

        Guid id = UuidV7.New(_noon.AddDays(2));

        Assert.True(string.CompareOrdinal(id.ToString(), UuidV7.First(_noon.AddDays(2).AddSeconds(1)).ToString()) < 0);
    }
}
