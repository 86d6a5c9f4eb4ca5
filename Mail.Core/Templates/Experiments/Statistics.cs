namespace Mail.Core.Templates.Experiments;

/// <summary>The formulas by which results are judged.</summary>
public static class Statistics
{
    private static readonly double[] _lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Wilson's score interval for a share (Wilson 1927): it holds for small samples and for shares near 0 and 1, where the usual one leaves the scale.</summary>
    public static (double Low, double High) Wilson(long count, long of, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        double z = Quantile(confidence), n = of, p = count / n, z2 = z * z;
        double middle = (p + (z2 / (2 * n))) / (1 + (z2 / n)), half = z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>How likely shares this far apart are where there is no difference: two-sided test of two proportions with the pooled variance.</summary>
    public static double TwoProportions(long count1, long of1, long count2, long of2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(of2, 1);
        double n1 = of1, n2 = of2, pooled = (count1 + count2) / (n1 + n2), variance = pooled * (1 - pooled) * ((1 / n1) + (1 / n2));
        if (variance <= 0) return 1; // nobody did, or everybody
        double difference = (count1 / n1) - (count2 / n2);
        return UpperChiSquare(difference * difference / variance, 1); // z squared
    }

    /// <summary>How far counts are from the shares that were wanted, and how likely that is by chance (Pearson).</summary>
    public static (double ChiSquare, double PValue) GoodnessOfFit(IReadOnlyList<long> counts, IReadOnlyList<int> weights)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        double total = counts.Sum(), sum = weights.Sum(weight => (long)weight), chi = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            double expected = total * weights[i] / sum, off = counts[i] - expected;
            chi += off * off / expected;
        }

        return (chi, UpperChiSquare(chi, counts.Count - 1));
    }

    /// <summary>The probability of a value above <paramref name="chi"/>.</summary>
    public static double UpperChiSquare(double chi, int degrees) => UpperGamma(degrees / 2.0, chi / 2);

    /// <summary>How many standard deviations to each side hold this share of a normal distribution: 1.96 for 0.95.</summary>
    public static double Quantile(double confidence)
    {
        (double low, double high) = (0, 40);
        for (int i = 0; i < 100 && high - low > 1e-13; i++)
        {
            double middle = (low + high) / 2;
            if (UpperChiSquare(middle * middle, 1) > 1 - confidence) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The regularized upper incomplete gamma function: a series below, a continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).</summary>
    private static double UpperGamma(double a, double x)
    {
        if (x <= 0) return 1;
        double scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (int n = 1; n < 1000 && Math.Abs(term) > Math.Abs(sum) * 1e-16; n++) sum += term *= x / (a + n);
            return 1 - (sum * scale);
        }

        const double Tiny = 1e-300; // Lentz's way to evaluate the fraction
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, fraction = d;
        for (int n = 1; n < 1000; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = NotZero((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            d = 1 / d;
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16) break;
        }

        return fraction * scale;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>Lanczos's approximation, for positive arguments; good to some 15 digits.</summary>
    private static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x--;
        double sum = _lanczos[0], t = x + 7.5;
        for (int i = 1; i < _lanczos.Length; i++) sum += _lanczos[i] / (x + i);
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
