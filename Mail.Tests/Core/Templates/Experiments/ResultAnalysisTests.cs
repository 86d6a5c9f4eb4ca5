using Mail.Core.Templates.Experiments;

namespace Mail.Tests.Core.Templates.Experiments;

public sealed class ResultAnalysisTests
{
    private static readonly string[] _three = ["a", "b", "c"];
    private static readonly DateTimeOffset _noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Difference_is_told_with_its_interval_and_its_doubt()
    {
        ExperimentResults results = Analyse([("a", 1000, 200), ("b", 1000, 250)]);

        MetricResult opened = results.Arms[1].Metrics["opened"];
        Assert.Equal((0.25, 0.05, Verdicts.Higher), (opened.Rate!.Value, Math.Round(opened.Comparison!.Difference!.Value, 12), opened.Comparison.Verdict));
        Assert.Equal(0.007419649261, opened.Comparison.AdjustedPValue!.Value, 1e-11);
        Assert.InRange(opened.Rate.Value, opened.Low!.Value, opened.High!.Value);
        Assert.Null(results.Arms[0].Metrics["opened"].Comparison);
    }

    [Fact]
    public void Each_further_arm_makes_a_difference_harder_to_show()
    {
        const long Count = 240; // p = 0.031 beside 200 of 1000

        Assert.Equal(Verdicts.Higher, Analyse([("a", 1000, 200), ("b", 1000, Count)]).Arms[1].Metrics["opened"].Comparison!.Verdict);
        Comparison among = Analyse([("a", 1000, 200), ("b", 1000, Count), ("c", 1000, 200)]).Arms[1].Metrics["opened"].Comparison!;
        Assert.Equal(Verdicts.NoDifference, among.Verdict);
        Assert.Equal(among.PValue * 2, among.AdjustedPValue);
    }

    [Theory]
    [InlineData(99, 10, 99, 90)] // too few people
    [InlineData(1000, 1, 1000, 4)] // too few who did
    [InlineData(1000, 1000, 1000, 998)] // too few who did not
    [InlineData(0, 0, 1000, 500)]
    [InlineData(1000, 500, 0, 0)]
    public void Little_data_shows_nothing(long firstOf, long first, long of, long count)
    {
        ExperimentResults results = Analyse([("a", firstOf, first), ("b", of, count)]);

        Comparison comparison = results.Arms[1].Metrics["opened"].Comparison!;
        Assert.Equal((Verdicts.NotEnoughData, (double?)null), (comparison.Verdict, comparison.PValue));
        Assert.Null(ResultAnalysis.Decide(Rule("opened"), results).Arm);
    }

    [Fact]
    public void Shares_that_chance_does_not_explain_are_warned_of()
    {
        ExperimentResults skewed = Analyse([("a", 5400, 1000), ("b", 4600, 1000)]), fair = Analyse([("a", 5100, 1000), ("b", 4900, 1000)]);

        Assert.True(skewed.SampleRatio!.IsSuspicious);
        Assert.Contains(skewed.Warnings, warning => warning.Code == "sample_ratio_mismatch");
        Assert.False(fair.SampleRatio!.IsSuspicious);
        Assert.DoesNotContain(fair.Warnings, warning => warning.Code == "sample_ratio_mismatch");
        Assert.Contains(fair.Warnings, warning => warning.Code == "peeking");
    }

    [Theory]
    [InlineData(200, 250, 200, "b")]
    [InlineData(200, 250, 260, "c")] // of two that are above the first, the higher
    [InlineData(250, 200, 200, "a")] // the first, when all others are below it
    [InlineData(250, 200, 240, null)]
    [InlineData(200, 205, 195, null)]
    public void Rule_names_an_arm_only_where_something_is_shown(long a, long b, long c, string? winner)
    {
        (string? arm, string reason) = ResultAnalysis.Decide(Rule("opened"), Analyse([("a", 1000, a), ("b", 1000, b), ("c", 1000, c)]));

        Assert.Equal(winner, arm);
        Assert.Contains("1000", reason, StringComparison.Ordinal);
    }

    /// <summary>What the confidence promises, over 2,000 experiments between three equal versions.</summary>
    [Fact]
    public void Equal_versions_have_a_winner_in_one_of_twenty_experiments_at_most()
    {
        Random random = new(20261121);
        int wrong = 0;
        for (int i = 0; i < 2000; i++)
        {
            (string, long, long)[] arms = [.. _three.Select(name => (name, 1000L, (long)Enumerable.Range(0, 1000).Count(_ => random.NextDouble() < 0.2)))];
            if (ResultAnalysis.Decide(Rule("opened"), Analyse(arms)).Arm is not null) wrong++;
        }

        Assert.InRange(wrong, 20, 115); // 5 % are 100; a rule that never finds anything would keep the promise too
    }

    private static WinnerRule Rule(string metric) => new(metric, 100, 1, 0.95, WinnerRule.GoOn);

    private static ExperimentResults Analyse((string Name, long Reached, long Opened)[] arms)
    {
        Experiment experiment = new(Guid.Empty, Guid.Empty, "x", ExperimentStates.Running, [.. arms.Select((arm, i) => new ExperimentArm(arm.Name, i + 1, 1))], null, null, null, null, null, _noon, _noon, null);
        return ResultAnalysis.Analyse(experiment, [.. arms.Select(arm => new ArmCounts(arm.Name, arm.Reached, arm.Reached, arm.Reached, 0, 0, arm.Opened, 0, 0, 0, 0))], [], _noon);
    }
}
