using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>GET /templates/{id}/experiments/{experiment}: with its results as they are now, by arm, and what they show.</summary>
public static class GetExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) => experiments.MapGet("/{experiment}", Handle).RequireScope(Scopes.ReadTemplates).ProducesApiError(404);

    public static async Task<Results<Ok<ExperimentResponse>, ApiError>> Handle(string id, string experiment, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Experiment> found = await setup.FindAsync(project.Id, id, experiment, ct);
        return found.IsSuccess ? TypedResults.Ok(ExperimentResponse.Of(found.Value, await setup.ResultsAsync(project.Id, found.Value, ct))) : found.Failure.ToApiError();
    }
}
