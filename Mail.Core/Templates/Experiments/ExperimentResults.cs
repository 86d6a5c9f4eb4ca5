namespace Mail.Core.Templates.Experiments;

/// <summary>What came of an experiment so far. People are counted, not mails: who got three mails is one, and counts as having opened when one of them was.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Confidence">Of intervals and comparisons.</param>
/// <param name="MinimumRecipients">Fewer reached than this, and nothing is said about an arm.</param>
/// <param name="Warnings">What a reader should know before they believe it.</param>
public sealed record ExperimentResults(DateTimeOffset At, double Confidence, int MinimumRecipients, IReadOnlyList<ArmResults> Arms, SampleRatio? SampleRatio, IReadOnlyList<ResultWarning> Warnings);

/// <param name="Counts">What was counted.</param>
/// <param name="Metrics">By name: `reached`, `opened`, `clicked`, `converted`.</param>
/// <param name="Values">What its conversions were worth, by currency.</param>
public sealed record ArmResults(string Name, int Version, int Weight, ArmCounts Counts, IReadOnlyDictionary<string, MetricResult> Metrics, IReadOnlyList<ConvertedValue> Values);

/// <param name="Messages">Mails that were accepted for the arm.</param>
/// <param name="Recipients">People that they were for.</param>
/// <param name="Reached">Whom a mail was delivered to, or, where the relay reports no delivery, taken over for: rates are shares of these.</param>
/// <param name="Delivered">Of those, by whose server a delivery was reported.</param>
/// <param name="Bounced">Whom none reached, and one bounced or failed.</param>
/// <param name="Opened">People alone; what machines open and click is not in any of these.</param>
/// <param name="Converted">By the app's word or by a click on a link that counts as one.</param>
public sealed record ArmCounts(string Arm, long Messages, long Recipients, long Reached, long Delivered, long Bounced, long Opened, long Clicked, long Converted, long Unsubscribed, long Complained);

/// <param name="Currency">Null for what is no money.</param>
public sealed record ConvertedValue(string? Currency, decimal Total, long Conversions);

/// <param name="Count">How many of <paramref name="Of"/>.</param>
/// <param name="Rate">Null when there is nobody yet.</param>
/// <param name="Low">Of Wilson's interval.</param>
/// <param name="Comparison">With the first arm; null for that itself.</param>
public sealed record MetricResult(long Count, long Of, double? Rate, double? Low, double? High, Comparison? Comparison);

/// <param name="Difference">This arm's rate less the first's.</param>
/// <param name="PValue">Of a two-sided test of equal rates; null without enough data.</param>
/// <param name="AdjustedPValue">The same times the number of comparisons (Bonferroni).</param>
/// <param name="Verdict">One of <see cref="Verdicts"/>.</param>
public sealed record Comparison(double? Difference, double? PValue, double? AdjustedPValue, string Verdict);

/// <summary>What can be said of an arm beside the first.</summary>
public static class Verdicts
{
    public const string NotEnoughData = "not_enough_data", NoDifference = "no_difference_shown", Higher = "higher", Lower = "lower";
}

/// <summary>Whether the arms got the people that their weights promise: if not, something but chance chose, and no rate can be trusted.</summary>
/// <param name="PValue">Of a chi-square test.</param>
public sealed record SampleRatio(double ChiSquare, double PValue, bool IsSuspicious);

/// <param name="Code">For programs.</param>
public sealed record ResultWarning(string Code, string Message);
