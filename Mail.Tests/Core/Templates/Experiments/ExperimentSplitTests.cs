using Mail.Core.Templates.Experiments;

namespace Mail.Tests.Core.Templates.Experiments;

public sealed class ExperimentSplitTests
{
    private static readonly Guid _experiment = Guid.Parse("01930f6e-5a3c-7c21-9a4d-0123456789ab");

    /// <summary>Written down, because a change of it would give people another version in the midst of an experiment.</summary>
    [Theory]
    [InlineData("ada@example.com", 7178283010363300173, 1, 38)]
    [InlineData("bob@example.com", 16977348175918550060, 3, 92)]
    [InlineData("zoé@example.com", 7064852930594628244, 1, 38)]
    public void Split_is_the_same_for_ever(string address, ulong person, int ofFour, int ofHundred)
    {
        Assert.Equal(person, ExperimentSplit.PersonOf(_experiment, address));
        Assert.Equal(ofFour, ExperimentSplit.ArmOf(person, [1, 1, 1, 1]));
        Assert.Equal(ofHundred, ExperimentSplit.ArmOf(person, [.. Enumerable.Repeat(1, 100)]));
    }

    [Theory]
    [InlineData(1, 1), InlineData(9, 1), InlineData(1, 2, 3, 4, 5, 6, 7, 8), InlineData(10000, 1)]
    public void People_are_parted_as_the_weights_say(params int[] weights)
    {
        long[] counts = new long[weights.Length];
        for (int i = 0; i < 100_000; i++) counts[ExperimentSplit.ArmOf(ExperimentSplit.PersonOf(_experiment, $"person{i}@example.com"), weights)]++;

        Assert.True(Statistics.GoodnessOfFit(counts, weights).PValue > 0.001, string.Join(", ", counts));
    }

    [Fact]
    public void Two_experiments_part_people_independently()
    {
        Guid other = Guid.Parse("01930f6e-5a3c-7c21-9a4d-0123456789ac");
        long[] together = new long[4];
        for (int i = 0; i < 40_000; i++)
        {
            string address = $"person{i}@example.com";
            together[(2 * ExperimentSplit.ArmOf(ExperimentSplit.PersonOf(_experiment, address), [1, 1])) + ExperimentSplit.ArmOf(ExperimentSplit.PersonOf(other, address), [1, 1])]++;
        }

        Assert.True(Statistics.GoodnessOfFit(together, [1, 1, 1, 1]).PValue > 0.001, string.Join(", ", together));
    }

    [Theory]
    [InlineData(0UL, 0), InlineData(ulong.MaxValue, 2), InlineData(ulong.MaxValue / 2, 1)]
    public void Ends_belong_to_the_first_and_the_last(ulong person, int arm) => Assert.Equal(arm, ExperimentSplit.ArmOf(person, [1, 1, 1]));
}
