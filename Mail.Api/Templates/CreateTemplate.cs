using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>POST /templates: a new draft. Nothing of it is sent before it is published.</summary>
public static class CreateTemplate
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/", Handle).RequireScope(Scopes.WriteTemplates).Accepts<TemplateRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Created<TemplateResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<TemplateRequest> request = await TemplateRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.WantedKey is not { } key) return Failure.Missing("key").ToApiError();
        if (request.Value.Revision is not null) return Failure.Field("revision", "is for changes of a template that is there.").ToApiError();
        Result<StoredTemplate> added = await setup.AddAsync(project.Id, key, request.Value.Apply(new TemplateSource { Name = key }), ct);
        return added.IsSuccess ? TypedResults.Created($"/templates/{added.Value.Id}", TemplateResponse.Of(added.Value)) : added.Failure.ToApiError();
    }
}
