using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Experiments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates.Experiments;

/// <summary>GET /templates/{id}/experiments: the newest first, without results.</summary>
public static class ListExperiments
{
    public static void Map(IEndpointRouteBuilder experiments) => experiments.MapGet("/", Handle).RequireScope(Scopes.ReadTemplates).ProducesApiError(404);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ExperimentResponse> Data);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, ExperimentSetup setup, CancellationToken ct)
    {
        Result<IReadOnlyList<Experiment>> found = await setup.ListAsync(project.Id, id, ct);
        return found.IsSuccess ? TypedResults.Ok(new Response("list", false, [.. found.Value.Select(experiment => ExperimentResponse.Of(experiment))])) : found.Failure.ToApiError();
    }
}
