using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>POST /templates/{id}/experiments: two to eight published versions of the template, to be compared. Nothing changes before it is started.</summary>
public static class CreateExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments.MapPost("/", Handle).RequireScope(Scopes.WriteTemplates).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    /// <param name="Name">For people.</param>
    /// <param name="Arms">The first is what the others are compared with.</param>
    /// <param name="Rule">How the winner is chosen without a person; without it somebody concludes.</param>
    public sealed record Request(string? Name, ArmRequest?[]? Arms, RuleRequest? Rule);

    /// <param name="Name">Small letters, digits, dashes, underscores.</param>
    /// <param name="Version">A published version of the template.</param>
    /// <param name="Weight">Its share of the recipients, beside the other arms' weights; 1 when it is not given.</param>
    public sealed record ArmRequest(string? Name, int? Version, int? Weight);

    /// <param name="Metric">`opened`, `clicked` or `converted`.</param>
    /// <param name="MinimumRecipients">Reached by each arm before it looks; 1000 when it is not given, at least 100.</param>
    /// <param name="AfterHours">Since the start, before it looks; 24 when it is not given.</param>
    /// <param name="Confidence">Of the whole comparison; 0.95 when it is not given.</param>
    /// <param name="Otherwise">What becomes of it when nothing is found: `continue`, which is the default, or `stop`.</param>
    public sealed record RuleRequest(string? Metric, int? MinimumRecipients, int? AfterHours, double? Confidence, string? Otherwise);

    public static async Task<Results<Created<ExperimentResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.CreateExperimentRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Arms is not { } wanted) return Failure.Missing("arms").ToApiError();
        List<ExperimentArm> arms = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] is not { } arm) return Failure.Field($"arms.{i}", "must be an object with `name`, `version` and `weight`.").ToApiError();
            if (arm.Name is null) return Failure.Missing($"arms.{i}.name").ToApiError();
            if (arm.Version is not { } version) return Failure.Missing($"arms.{i}.version").ToApiError();
            arms.Add(new ExperimentArm(arm.Name, version, arm.Weight ?? 1));
        }

        if (request.Value.Rule is { Metric: null }) return Failure.Missing("rule.metric").ToApiError();
        WinnerRule? rule = request.Value.Rule is { } wish ? new WinnerRule(wish.Metric!, wish.MinimumRecipients ?? 1000, wish.AfterHours ?? 24, wish.Confidence ?? ResultAnalysis.Confidence, wish.Otherwise ?? WinnerRule.GoOn) : null;
        Result<Experiment> added = await setup.AddAsync(project.Id, id, request.Value.Name, arms, rule, ct);
        return added.IsSuccess ? TypedResults.Created($"/templates/{added.Value.TemplateId}/experiments/{added.Value.Id}", ExperimentResponse.Of(added.Value)) : added.Failure.ToApiError();
    }
}
