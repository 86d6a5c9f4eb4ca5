using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>PUT /template-layouts/{key}: the whole layout. Templates that use it show the change when they are published again.</summary>
public static class PutLayout
{
    public static void Map(IEndpointRouteBuilder layouts) =>
        layouts.MapPut("/{key}", Handle).RequireScope(Scopes.WriteTemplates).Accepts<LayoutRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Ok<LayoutResponse>, ApiError>> Handle(string key, HttpRequest http, CurrentProject project, LayoutStore layouts, TimeProvider clock, CancellationToken ct)
    {
        Result<LayoutRequest> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.LayoutRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        LayoutSource layout = request.Value.ToSource(key);
        if ((SourceRules.ProblemWithLayoutKey(key) ?? SourceRules.ProblemWith(layout)) is { } problem) return problem.ToApiError();
        if (!await layouts.PutAsync(project.Id, key, layout, clock.GetUtcNow(), TemplateSetup.MostPerProject, ct))
            return new Failure(FailureKind.Conflict, "too_many_layouts", $"A project has {TemplateSetup.MostPerProject} layouts at most. Remove one that is not used.").ToApiError();
        return TypedResults.Ok(LayoutResponse.Of(key, layout, builtIn: false));
    }
}
