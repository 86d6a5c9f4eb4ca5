using Mail.Core.Templates.Experiments;

namespace Mail.Tests.Core.Templates.Experiments;

/// <summary>Beside values of Python's `statistics` and `math` (NormalDist, erfc), of closed forms, and of printed tables.</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(10, 100, 0.95, 0.0552291370606751, 0.17436566150491345)]
    [InlineData(81, 263, 0.95, 0.2552885198782743, 0.3662095769828001)] // Newcombe 1998, example (a): 0.2553 to 0.3662
    [InlineData(15, 148, 0.95, 0.0623863995307363, 0.160487241723308)] // (b): 0.0624 to 0.1605
    [InlineData(0, 20, 0.95, 0, 0.1611251580528193)] // (c): 0 to 0.1611
    [InlineData(50, 50, 0.99, 0.8828479082823721, 1)]
    public void Wilson_s_interval(long count, long of, double confidence, double low, double high)
    {
        (double from, double to) = Statistics.Wilson(count, of, confidence);

        Assert.Equal(low, from, 1e-12);
        Assert.Equal(high, to, 1e-12);
    }

    [Theory]
    [InlineData(200, 1000, 250, 1000, 0.007419649261025693)]
    [InlineData(30, 100, 45, 100, 0.02845973691631057)]
    [InlineData(5000, 100000, 5200, 100000, 0.04207171530471452)]
    [InlineData(120, 1190, 200, 1200, 2.301064168505585e-06)]
    [InlineData(1000, 10000, 2000, 10000, 2.807559107324261e-87)]
    [InlineData(7, 50, 7, 50, 1)]
    [InlineData(0, 50, 0, 70, 1)]
    [InlineData(50, 50, 70, 70, 1)]
    public void Two_proportions_are_compared_from_both_sides(long count1, long of1, long count2, long of2, double p)
    {
        Assert.Equal(1, Statistics.TwoProportions(count1, of1, count2, of2) / p, 1e-9);
        Assert.Equal(1, Statistics.TwoProportions(count2, of2, count1, of1) / p, 1e-9);
    }

    [Theory]
    [InlineData(3.841, 1, 0.05), InlineData(6.635, 1, 0.01), InlineData(5.991, 2, 0.05), InlineData(13.816, 2, 0.001), InlineData(18.307, 10, 0.05), InlineData(29.588, 10, 0.001), InlineData(2.733, 8, 0.95)]
    public void Chi_square_is_that_of_the_tables(double chi, int degrees, double p) => Assert.Equal(p, Statistics.UpperChiSquare(chi, degrees), p * 0.001);

    [Theory]
    [InlineData(5.991, 2, 0.05001161502657909), InlineData(13.816, 2, 0.0009997553089238825), InlineData(18.307, 10, 0.05000058909139812), InlineData(40, 6, 4.555149505589213e-07)] // closed forms
    [InlineData(36, 1, 1.9731752900754024e-09)] // six standard deviations
    [InlineData(0, 3, 1)]
    public void Chi_square_is_exact_far_out(double chi, int degrees, double p) => Assert.Equal(1, Statistics.UpperChiSquare(chi, degrees) / p, 1e-10);

    [Theory]
    [InlineData(0.8, 1.2815515655446004), InlineData(0.95, 1.959963984540054), InlineData(0.99, 2.5758293035489004), InlineData(0.9999, 3.890591886413124)]
    public void Quantiles_are_those_of_the_normal_distribution(double confidence, double z) => Assert.Equal(z, Statistics.Quantile(confidence), 1e-9);

    [Fact]
    public void Shares_are_compared_with_weights()
    {
        (double chi, double p) = Statistics.GoodnessOfFit([5100, 4900], [1, 1]);
        Assert.Equal((4.0, 0.0455002639), (chi, Math.Round(p, 10)));
        (chi, p) = Statistics.GoodnessOfFit([820, 180], [3, 1]);
        Assert.Equal(26.1333333, chi, 1e-6);
        Assert.Equal(1, p / 3.186355462846918e-07, 1e-9);
        (chi, p) = Statistics.GoodnessOfFit([500, 260, 240], [2, 1, 1]);
        Assert.Equal((0.8, 0.6703200460), (chi, Math.Round(p, 10)));
    }
}
