using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mail.Core.Templates.Experiments;

/// <summary>Several published versions of one template, each for some of the recipients, to learn which of them works.</summary>
/// <param name="Arms">The first is what the others are compared with.</param>
/// <param name="Rule">By which the winner is chosen; null when somebody chooses by hand.</param>
/// <param name="Outcome">What the rule found; null before it looked.</param>
/// <param name="Results">As they were when it ended last; null while it never did.</param>
/// <param name="Winner">The arm whose version was published in the end; null for none.</param>
/// <param name="EndedBy">`hand` or `rule`.</param>
public sealed record Experiment(
    Guid Id, Guid TemplateId, string Name, string State, IReadOnlyList<ExperimentArm> Arms, WinnerRule? Rule, RuleOutcome? Outcome, ExperimentResults? Results, string? Winner, string? EndedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <summary>A version that takes part.</summary>
/// <param name="Weight">Its share, beside the other arms' weights.</param>
public sealed record ExperimentArm(string Name, int Version, int Weight);

/// <summary>The states of an experiment, as they are stored and shown.</summary>
public static class ExperimentStates
{
    public const string Draft = "draft", Running = "running", Stopped = "stopped", Concluded = "concluded";
}

/// <summary>How the winner is chosen without a person. It looks once, when its conditions are met: who looks until something shows finds something where there is nothing.</summary>
/// <param name="Metric">`opened`, `clicked` or `converted`.</param>
/// <param name="MinimumRecipients">Reached by each arm before it looks.</param>
/// <param name="AfterHours">Since the start, before it looks.</param>
/// <param name="Confidence">Of the whole comparison: 0.95 is wrong in one of twenty experiments between equal versions.</param>
/// <param name="Otherwise">What becomes of an experiment in which it finds nothing: `continue` or `stop`.</param>
public sealed record WinnerRule(string Metric, int MinimumRecipients, int AfterHours, double Confidence, string Otherwise)
{
    public const string GoOn = "continue", Stop = "stop";
}

/// <param name="Arm">Whose version was published; null when nothing was found.</param>
/// <param name="Reason">In words.</param>
public sealed record RuleOutcome(DateTimeOffset At, string? Arm, string Reason);

/// <summary>The stored forms.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<ExperimentArm>), TypeInfoPropertyName = "ArmList")]
[JsonSerializable(typeof(WinnerRule))]
[JsonSerializable(typeof(RuleOutcome))]
[JsonSerializable(typeof(ExperimentResults))]
internal sealed partial class ExperimentJson : JsonSerializerContext
{
    public static IReadOnlyList<ExperimentArm> Arms(string json) => JsonSerializer.Deserialize(json, Default.ArmList)!;
}
