using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>POST /templates/{id}/experiments/{experiment}/stop: messages take the published version again. It can be started again, or concluded.</summary>
public static class StopExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) => experiments.MapPost("/{experiment}/stop", Handle).RequireScope(Scopes.WriteTemplates).ProducesApiError(404).ProducesApiError(409);

    public static async Task<Results<Ok<ExperimentResponse>, ApiError>> Handle(string id, string experiment, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Experiment> stopped = await setup.StopAsync(project.Id, id, experiment, ct);
        return stopped.IsSuccess ? TypedResults.Ok(ExperimentResponse.Of(stopped.Value)) : stopped.Failure.ToApiError();
    }
}
