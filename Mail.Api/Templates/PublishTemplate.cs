using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>POST /templates/{id}/publish: the draft becomes a version, which all messages take that are accepted from now on, at every node.</summary>
public static class PublishTemplate
{
    private const int LongestNote = 500;

    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/{id}/publish", Handle).RequireScope(Scopes.WriteTemplates).Accepts<Request>(isOptional: true, "application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(503);

    /// <param name="Note">What is new, for colleagues.</param>
    public sealed record Request(string? Note);

    /// <param name="Problems">Warnings and notes.</param>
    public sealed record Response(string Object, string Id, string Key, int Version, IReadOnlyList<ProblemResponse> Problems);

    public static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> request = body.Length == 0 ? new Request(null) : JsonBody.Parse(body, ApiJson.Default.PublishTemplateRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Note is { } note && (note.Length > LongestNote || note.Contains((char)0, StringComparison.Ordinal))) return Failure.Field("note", $"must be text of at most {LongestNote} characters.").ToApiError();
        Result<Publication> published = await setup.PublishAsync(project.Id, id, request.Value.Note, ct);
        if (!published.IsSuccess) return published.Failure.ToApiError();
        if (published.Value.Version is not { } version) return TypedResults.UnprocessableEntity(TemplateRefusal.Of(published.Value.Problems));
        return TypedResults.Ok(new Response("template", published.Value.Template.Id.ToString(), published.Value.Template.Key, version, ProblemResponse.Of(published.Value.Problems)));
    }
}
