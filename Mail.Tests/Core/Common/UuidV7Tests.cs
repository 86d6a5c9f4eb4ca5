using Mail.Core.Common;

namespace Mail.Tests.Core.Common;

/// <summary>The order is kept for the process: tests with clocks of their own, at the same time, would be clocks that are set.</summary>
[CollectionDefinition(nameof(UuidV7Tests), DisableParallelization = true)]
public sealed class UuidV7Alone;

[Collection(nameof(UuidV7Tests))]
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
    public void A_clock_that_is_set_back_far_is_followed()
    {
        UuidV7.New(_noon.AddDays(30));

        Guid id = UuidV7.New(_noon.AddDays(2));

        Assert.True(string.CompareOrdinal(id.ToString(), UuidV7.First(_noon.AddDays(2).AddSeconds(1)).ToString()) < 0);
    }
}
