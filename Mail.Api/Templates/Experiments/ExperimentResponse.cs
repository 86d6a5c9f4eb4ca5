using System.Text.Json.Serialization;
using Mail.Core.Templates.Experiments;

namespace Mail.Api.Templates.Experiments;

/// <param name="Status">`draft`, `running`, `stopped` or `concluded`.</param>
/// <param name="Arms">The first is what the others are compared with.</param>
/// <param name="Rule">By which the winner is chosen; null when somebody chooses by hand.</param>
/// <param name="RuleOutcome">What the rule found when it looked, once; null before.</param>
/// <param name="Winner">The arm whose version was published in the end.</param>
/// <param name="EndedBy">`hand` or `rule`.</param>
/// <param name="Results">As they are now, of messages that are still kept; absent in lists.</param>
/// <param name="ResultsAtEnd">As they were when it ended last: what the decision was made on.</param>
public sealed record ExperimentResponse(
    string Object, string Id, string TemplateId, string Name, string Status, IReadOnlyList<ExperimentArm> Arms, WinnerRule? Rule, RuleOutcome? RuleOutcome, string? Winner, string? EndedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExperimentResults? Results, ExperimentResults? ResultsAtEnd)
{
    public static ExperimentResponse Of(Experiment experiment, ExperimentResults? results = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new(
            "experiment", experiment.Id.ToString(), experiment.TemplateId.ToString(), experiment.Name, experiment.State, experiment.Arms, experiment.Rule, experiment.Outcome, experiment.Winner, experiment.EndedBy,
            experiment.CreatedAt, experiment.StartedAt, experiment.EndedAt, results, experiment.Results);
    }
}
