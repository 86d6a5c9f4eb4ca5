using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Templates.Experiments;

/// <summary>What an experiment may be, and which versions can be compared.</summary>
public static partial class ExperimentRules
{
    public const int MostArms = 8;
    private const int MostPercent = 10_000, LongestName = 200, MostHours = 24 * 90;

    private static readonly string[] _metrics = ["opened", "clicked", "converted"];

    public static Failure? ProblemWith(string? name, IReadOnlyList<ExperimentArm> arms, WinnerRule? rule)
    {
        ArgumentNullException.ThrowIfNull(arms);
        if (string.IsNullOrWhiteSpace(name)) return Failure.Missing("name");
        if (name.Length > LongestName || !TextRules.IsStorable(name) || TextRules.HasControlCharacter(name)) return Failure.Field("name", $"must be one line of at most {LongestName} characters.");
        if (arms.Count is < 2 or > MostArms) return Failure.Field("arms", $"must be 2 to {MostArms}; the first is what the others are compared with.");
        for (int i = 0; i < arms.Count; i++)
        {
            if (!ArmName().IsMatch(arms[i].Name)) return Failure.Field($"arms.{i}.name", "must be 1 to 32 small letters, digits, dashes or underscores.");
            if (arms.Take(i).Any(other => other.Name == arms[i].Name)) return Failure.Field($"arms.{i}.name", $"is that of another arm: '{arms[i].Name}'.");
            if (arms[i].Weight is < 1 or > MostPercent) return Failure.Field($"arms.{i}.weight", $"must be a number from 1 to {MostPercent}.");
        }

        return rule is null ? null : ProblemWith(rule);
    }

    private static Failure? ProblemWith(WinnerRule rule)
    {
        if (!_metrics.Contains(rule.Metric)) return Failure.Field("rule.metric", $"must be one of {string.Join(", ", _metrics)}.");
        if (rule.MinimumRecipients is < ResultAnalysis.MinimumRecipients or > 100_000_000) return Failure.Field("rule.minimum_recipients", $"must be a number from {ResultAnalysis.MinimumRecipients} to 100000000: people reached by each arm.");
        if (rule.AfterHours is < 1 or > MostHours) return Failure.Field("rule.after_hours", $"must be a number from 1 to {MostHours}.");
        if (rule.Confidence is not (>= 0.8 and <= 0.9999)) return Failure.Field("rule.confidence", "must be a number from 0.8 to 0.9999.");
        return rule.Otherwise is WinnerRule.GoOn or WinnerRule.Stop ? null : Failure.Field("rule.otherwise", $"must be `{WinnerRule.GoOn}` or `{WinnerRule.Stop}`: what becomes of it when nothing is found.");
    }

    /// <summary>
    /// The arms must take every call that is right for what is published now: a start breaks nobody's mail. And they must differ in nothing that makes their counts
    /// mean different things.
    /// </summary>
    public static Failure? ProblemWith(PublishedTemplate published, IReadOnlyList<PublishedTemplate> arms)
    {
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(arms);
        for (int i = 0; i < arms.Count; i++)
        {
            string path = $"arms.{i}.version";
            if (arms[i].Lane != published.Lane) return Failure.Field(path, $"is of the lane `{arms[i].Lane.Name()}`, and what is published is not: versions that are sent in different ways cannot be compared.");
            if (arms[i].Unsubscribe != published.Unsubscribe) return Failure.Field(path, "differs from what is published in `unsubscribe`: versions that are sent in different ways cannot be compared.");
            if (arms[i].Tracking != published.Tracking) return Failure.Field(path, "differs from what is published in `tracking`: where one is not tracked, there is nothing to compare.");
            if (ProblemWith(published.Variables, arms[i].Variables) is { } problem) return Failure.Field(path, $"{problem}, so calls that are right now would be refused. Publish a version that goes with both first.");
        }

        return null;
    }

    private static string? ProblemWith(IReadOnlyList<TemplateVariable> published, IReadOnlyList<TemplateVariable> arm, string prefix = "")
    {
        foreach (TemplateVariable variable in arm)
        {
            string name = prefix + variable.Name;
            TemplateVariable? known = published.FirstOrDefault(one => one.Name == variable.Name);
            if (known is null && variable.Required) return $"requires the variable `{name}`, which what is published does not have";
            if (known is null) continue;
            if (variable.Required && !known.Required) return $"requires the variable `{name}`, which what is published does not";
            if (variable.Type != known.Type) return $"has another type for the variable `{name}` than what is published";
            if (ProblemWith(known.Fields, variable.Fields, $"{name}.") is { } field) return field;
        }

        return null;
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}\\z")]
    private static partial Regex ArmName();
}
