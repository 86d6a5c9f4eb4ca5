using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Environments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Templates;

/// <summary>POST /templates/apply: makes the project's templates what a folder says: all written and published at once, or nothing, and then everything that hinders it is told.</summary>
public static class ApplyTemplates
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/apply", Handle).RequireScope(Scopes.WriteTemplates).WithMetadata(new RequestSizeLimitAttribute(FolderFiles.LargestTotal)).Accepts<EnvironmentRequest>("application/json", "application/zip")
            .ProducesApiError(409).ProducesApiError(413).ProducesApiError(429).ProducesApiError(503);

    /// <param name="Versions">By template the version that was published.</param>
    public sealed record Response(string Object, IReadOnlyList<PlanResponse.Change> Changes, IReadOnlyDictionary<string, int> Versions, IReadOnlyList<ProblemResponse> Problems);

    public static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> Handle(HttpRequest http, CurrentProject project, TemplateEnvironments environments, CancellationToken ct)
    {
        Result<(EnvironmentRequest Request, FolderFiles Folder)> read = await EnvironmentRequest.ReadAsync(http, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (EnvironmentRequest request, FolderFiles folder) = read.Value;
        if (request.State is not { } state) return Failure.Missing("state").ToApiError();
        Result<AppliedPlan> applied = await environments.ApplyAsync(project.Id, folder, request.Prune == true, state, request.Note, ct);
        if (!applied.IsSuccess) return applied.Failure.ToApiError();
        if (!applied.Value.IsApplied) return TypedResults.UnprocessableEntity(TemplateRefusal.Of(applied.Value.Plan.Problems));
        PlanResponse plan = PlanResponse.Of(applied.Value.Plan);
        return TypedResults.Ok(new Response("template_apply", plan.Changes, applied.Value.Versions, plan.Problems));
    }
}
