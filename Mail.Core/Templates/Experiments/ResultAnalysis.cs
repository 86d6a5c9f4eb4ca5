using System.Globalization;

namespace Mail.Core.Templates.Experiments;

/// <summary>Says of counts what they show, and no more than that.</summary>
public static class ResultAnalysis
{
    /// <summary>Of intervals, and of comparisons where no rule says another.</summary>
    public const double Confidence = 0.95;

    /// <summary>Fewer people reached than this in either arm, and their difference is not judged.</summary>
    public const int MinimumRecipients = 100;

    /// <summary>The test of two proportions is an approximation: it holds from about five expected of each kind (Cochran).</summary>
    private const double MinimumExpected = 5;

    /// <summary>Shares this unlikely come from a fault. Stricter than for arms, because it is looked at with every result.</summary>
    private const double SuspiciousShares = 0.001;

    public static ExperimentResults Analyse(Experiment experiment, IReadOnlyList<ArmCounts> counts, IReadOnlyList<(string Arm, ConvertedValue Value)> values, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(values);
        double confidence = experiment.Rule?.Confidence ?? Confidence;
        ArmCounts[] each = [.. experiment.Arms.Select(arm => counts.FirstOrDefault(one => one.Arm == arm.Name) ?? new ArmCounts(arm.Name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))];
        ArmResults[] arms = [.. experiment.Arms.Select((arm, i) => new ArmResults(
            arm.Name, arm.Version, arm.Weight, each[i], Metrics(each[0], each[i], i == 0, experiment.Arms.Count - 1, confidence), [.. values.Where(value => value.Arm == arm.Name).Select(value => value.Value)]))];
        SampleRatio? ratio = Ratio(experiment, each);
        return new ExperimentResults(now, confidence, MinimumRecipients, arms, ratio, Warnings(experiment, ratio));
    }

    /// <summary>The arm that a rule chooses, or none, and why.</summary>
    public static (string? Arm, string Reason) Decide(WinnerRule rule, ExperimentResults results)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(results);
        ArmResults control = results.Arms[0];
        (ArmResults Arm, MetricResult Metric)[] others = [.. results.Arms.Skip(1).Select(arm => (arm, arm.Metrics[rule.Metric]))];
        (ArmResults Arm, MetricResult Metric)[] higher = [.. others.Where(other => other.Metric.Comparison!.Verdict == Verdicts.Higher).OrderByDescending(other => other.Metric.Rate)];
        if (higher is [(ArmResults best, MetricResult metric), ..])
            return (best.Name, $"{Share(best, metric)}, {Share(control, control.Metrics[rule.Metric])}: p = {P(metric)}." + (higher.Length > 1 ? $" Others are above `{control.Name}` too; of them it has the highest rate." : ""));
        if (others.All(other => other.Metric.Comparison!.Verdict == Verdicts.Lower))
            return (control.Name, $"Each other arm is below `{control.Name}` ({Share(control, control.Metrics[rule.Metric])}): {string.Join(", ", others.Select(other => $"{Share(other.Arm, other.Metric)}, p = {P(other.Metric)}"))}.");
        return (null, others.Any(other => other.Metric.Comparison!.Verdict == Verdicts.NotEnoughData)
            ? $"Nothing can be said: too few people {rule.Metric} to compare the arms."
            : $"No arm is above `{control.Name}`, or below it, by more than chance explains: {Share(control, control.Metrics[rule.Metric])}, {string.Join(", ", others.Select(other => $"{Share(other.Arm, other.Metric)} (p = {P(other.Metric)})"))}.");
    }

    private static Dictionary<string, MetricResult> Metrics(ArmCounts first, ArmCounts arm, bool isFirst, int comparisons, double confidence) => new()
    {
        ["reached"] = Metric(first.Reached, first.Reached + first.Bounced, arm.Reached, arm.Reached + arm.Bounced, isFirst, comparisons, confidence),
        ["opened"] = Metric(first.Opened, first.Reached, arm.Opened, arm.Reached, isFirst, comparisons, confidence),
        ["clicked"] = Metric(first.Clicked, first.Reached, arm.Clicked, arm.Reached, isFirst, comparisons, confidence),
        ["converted"] = Metric(first.Converted, first.Reached, arm.Converted, arm.Reached, isFirst, comparisons, confidence),
    };

    private static MetricResult Metric(long firstCount, long firstOf, long count, long of, bool isFirst, int comparisons, double confidence)
    {
        if (of == 0) return new MetricResult(count, of, null, null, null, isFirst ? null : new Comparison(null, null, null, Verdicts.NotEnoughData));
        (double low, double high) = Statistics.Wilson(count, of, confidence);
        double rate = (double)count / of;
        return new MetricResult(count, of, rate, low, high, isFirst ? null : Compare(firstCount, firstOf, count, of, comparisons, confidence));
    }

    private static Comparison Compare(long firstCount, long firstOf, long count, long of, int comparisons, double confidence)
    {
        if (firstOf == 0) return new Comparison(null, null, null, Verdicts.NotEnoughData);
        double difference = ((double)count / of) - ((double)firstCount / firstOf), pooled = (double)(count + firstCount) / (of + firstOf), smaller = Math.Min(of, firstOf);
        if (smaller < MinimumRecipients || smaller * Math.Min(pooled, 1 - pooled) < MinimumExpected) return new Comparison(difference, null, null, Verdicts.NotEnoughData);
        double p = Statistics.TwoProportions(count, of, firstCount, firstOf), adjusted = Math.Min(1, p * comparisons);
        return new Comparison(difference, p, adjusted, adjusted >= 1 - confidence ? Verdicts.NoDifference : difference > 0 ? Verdicts.Higher : Verdicts.Lower);
    }

    private static SampleRatio? Ratio(Experiment experiment, ArmCounts[] counts)
    {
        long total = counts.Sum(arm => arm.Recipients), weights = experiment.Arms.Sum(arm => (long)arm.Weight);
        if (experiment.Arms.Any(arm => (double)total * arm.Weight / weights < MinimumExpected)) return null;
        (double chi, double p) = Statistics.GoodnessOfFit([.. counts.Select(arm => arm.Recipients)], [.. experiment.Arms.Select(arm => arm.Weight)]);
        return new SampleRatio(chi, p, p < SuspiciousShares);
    }

    private static List<ResultWarning> Warnings(Experiment experiment, SampleRatio? ratio)
    {
        List<ResultWarning> warnings = [];
        if (ratio is { IsSuspicious: true })
            warnings.Add(new ResultWarning("sample_ratio_mismatch", "The arms did not get the shares of people that their weights promise, by far more than chance explains. Something else chose, such as mail to one arm that was canceled or sent another way; do not trust any difference before that is understood."));
        if (experiment.State == ExperimentStates.Running && experiment.Outcome is null)
            warnings.Add(new ResultWarning("peeking", "It is still running. Whoever looks again and again until a difference shows will see one in the end, also between equal versions: decide on the number of people beforehand, or leave it to a rule, which looks once."));
        return warnings;
    }

    private static string Share(ArmResults arm, MetricResult metric) => string.Create(CultureInfo.InvariantCulture, $"`{arm.Name}` {(metric.Rate ?? 0) * 100:0.0} % of {metric.Of}");

    private static string P(MetricResult metric) => metric.Comparison?.AdjustedPValue is { } p ? p < 0.0001 ? "under 0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture) : "unknown";
}
