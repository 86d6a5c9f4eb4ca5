using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>DELETE /templates/{id}/experiments/{experiment}: one that does not run, and which message took which arm. Messages and conversions stay.</summary>
public static class RemoveExperiment
{
    public static void Map(IEndpointRouteBuilder experiments) => experiments.MapDelete("/{experiment}", Handle).RequireScope(Scopes.WriteTemplates).ProducesApiError(404).ProducesApiError(409);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, string experiment, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<Experiment> removed = await setup.RemoveAsync(project.Id, id, experiment, ct);
        return removed.IsSuccess ? TypedResults.Ok(new Response("experiment", removed.Value.Id.ToString(), Deleted: true)) : removed.Failure.ToApiError();
    }
}
