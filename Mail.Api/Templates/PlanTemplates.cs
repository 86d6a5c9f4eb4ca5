using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Environments;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Templates;

/// <summary>POST /templates/plan: what would change if a folder became the project's templates, file by file, and everything that hinders it. Nothing is stored.</summary>
public static class PlanTemplates
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/plan", Handle).IsNotAudited("it changes nothing").ForTestKeys(TestKeyReach.All).RequireScope(Scopes.ReadTemplates).WithMetadata(new RequestSizeLimitAttribute(FolderFiles.LargestTotal)).Accepts<EnvironmentRequest>("application/json", "application/zip")
            .ProducesApiError(413).ProducesApiError(429).ProducesApiError(503);

    public static async Task<Results<Ok<PlanResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, TemplateEnvironments environments, CancellationToken ct)
    {
        Result<(EnvironmentRequest Request, FolderFiles Folder)> request = await EnvironmentRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<TemplatePlan> plan = await environments.PlanAsync(project.Id, request.Value.Folder, request.Value.Request.Prune == true, ct);
        return plan.IsSuccess ? TypedResults.Ok(PlanResponse.Of(plan.Value)) : plan.Failure.ToApiError();
    }
}
