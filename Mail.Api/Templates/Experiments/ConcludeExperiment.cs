using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>POST /templates/{id}/experiments/{experiment}/conclude: publishes the version of an arm, whatever the results say, and ends the experiment.</summary>
public static class ConcludeExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments.MapPost("/{experiment}/conclude", Handle).RequireScope(Scopes.WriteTemplates).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409);

    /// <param name="Arm">Whose version messages take from now on.</param>
    public sealed record Request(string? Arm);

    public static async Task<Results<Ok<ExperimentResponse>, ApiError>> Handle(string id, string experiment, HttpRequest http, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ConcludeExperimentRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<Experiment> concluded = await setup.ConcludeAsync(project.Id, id, experiment, request.Value.Arm, ct);
        return concluded.IsSuccess ? TypedResults.Ok(ExperimentResponse.Of(concluded.Value)) : concluded.Failure.ToApiError();
    }
}
