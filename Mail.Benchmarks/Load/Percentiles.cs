namespace Mail.Benchmarks.Load;

internal static class Percentiles
{
    /// <param name="sorted">In ascending order.</param>
    /// <param name="percent">0 to 100.</param>
    public static double At(this double[] sorted, double percent) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(sorted.Length * percent / 100))];
}
