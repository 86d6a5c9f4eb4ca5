using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>POST /templates/{id}/experiments/{experiment}/start: from now on each recipient gets one of its arms, and the template is not published anew until it ends.</summary>
public static class StartExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) => experiments.MapPost("/{experiment}/start", Handle).RequireScope(Scopes.WriteTemplates).ProducesApiError(404).ProducesApiError(409);

    public static async Task<Results<Ok<ExperimentResponse>, ApiError>> Handle(string id, string experiment, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Experiment> started = await setup.StartAsync(project.Id, id, experiment, ct);
        return started.IsSuccess ? TypedResults.Ok(ExperimentResponse.Of(started.Value)) : started.Failure.ToApiError();
    }
}
