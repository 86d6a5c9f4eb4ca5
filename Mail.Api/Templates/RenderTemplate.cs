using System.Text;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>
/// POST /templates/{id}/render: the draft, or a version, as a recipient would see it. POST /templates/render, or /templates/validate: the same for a template that is
/// not stored. Nothing is sent.
/// </summary>
public static class RenderTemplate
{
    public static void Map(IEndpointRouteBuilder templates)
    {
        templates.MapPost("/{id}/render", StoredAsync).WithSummary("Render template").IsNotAudited("it changes nothing").ForTestKeys(TestKeyReach.All).RequireScope(Scopes.ReadTemplates).Accepts<Request>(isOptional: true, "application/json").ProducesApiError(404).ProducesApiError(503);
        foreach (string path in (string[])["/render", "/validate"])
            templates.MapPost(path, UnstoredAsync).WithSummary(path == "/render" ? "Render template that is not stored" : "Validate template that is not stored").IsNotAudited("it changes nothing").ForTestKeys(TestKeyReach.All).RequireScope(Scopes.ReadTemplates).Accepts<Request>("application/json").ProducesApiError(413).ProducesApiError(503);
    }

    /// <param name="Locale">A language tag; the template's default language when it is not given.</param>
    /// <param name="Variables">What the sample lacks is filled in, so that a preview never fails for want of data.</param>
    /// <param name="Version">A published version; the draft when it is not given.</param>
    /// <param name="Template">For a template that is not stored.</param>
    public sealed record Request(string? Locale, Dictionary<string, JsonElement>? Variables, int? Version, TemplateRequest? Template);

    /// <param name="Size">Of the HTML, in bytes; Gmail cuts off what exceeds 102 KB.</param>
    public sealed record Response(string Object, string Locale, string Subject, string Html, string Text, int Size, IReadOnlyList<ProblemResponse> Problems);

    public static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> StoredAsync(
        string id, HttpRequest http, CurrentProject project, TemplateSetup setup, TemplateDirectory directory, TemplateRenderer renderer, CancellationToken ct)
    {
        Result<Request> request = await ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Template is not null) return Failure.Field("template", "is for POST /templates/render.").ToApiError();
        return await RenderStoredAsync(id, request.Value, project, setup, directory, renderer, ct);
    }

    /// <summary>Also for a test mail, which is what the preview shows.</summary>
    internal static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> RenderStoredAsync(
        string id, Request request, CurrentProject project, TemplateSetup setup, TemplateDirectory directory, TemplateRenderer renderer, CancellationToken ct)
    {
        Result<StoredTemplate> found = await setup.FindAsync(project.Id, id, ct);
        if (request.Version is { } version)
        {
            Result<StoredVersion> one = await setup.VersionAsync(project.Id, id, version, ct);
            return one.IsSuccess ? Render(one.Value.ToTemplate(found.Value.Id), one.Value.Source.Sample, setup.Inspect(one.Value, found.Value.Id), request, renderer) : one.Failure.ToApiError();
        }

        if (found.IsSuccess) return await BuildAsync(found.Value.Key, found.Value.Draft, request, project, setup, renderer, ct);
        if (BuiltInSources.Template(id) is not { } builtIn) return found.Failure.ToApiError();
        return await directory.PublishedAsync(project.Id, id, ct) is { } published ? Render(published, builtIn.Sample, [], request, renderer) : found.Failure.ToApiError();
    }

    public static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> UnstoredAsync(HttpRequest http, CurrentProject project, TemplateSetup setup, TemplateRenderer renderer, CancellationToken ct)
    {
        Result<Request> request = await ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Template is not { } template) return Failure.Missing("template").ToApiError();
        if (request.Value.Version is not null) return Failure.Field("version", "is for templates that are stored.").ToApiError();
        string key = template.WantedKey ?? "preview";
        TemplateSource source = template.Apply(new TemplateSource { Name = key });
        return (SourceRules.ProblemWithKey(key) ?? SourceRules.ProblemWith(source)) is { } problem ? problem.ToApiError() : await BuildAsync(key, source, request.Value, project, setup, renderer, ct);
    }

    private static async Task<Result<Request>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        if (body.Length == 0) return new Request(null, null, null, null);
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.RenderTemplateRequest);
        if (!request.IsSuccess) return request;
        if (request.Value.Locale is { } locale && !Locale.IsWellFormed(locale)) return Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (request.Value.Template is not { } template) return request;
        using JsonDocument document = JsonDocument.Parse(body);
        Result<TemplateRequest> readable = template.Checked(document.RootElement.GetProperty("template"), "template.");
        return readable.IsSuccess ? request.Value with { Template = readable.Value } : readable.Failure;
    }

    private static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> BuildAsync(
        string key, TemplateSource source, Request request, CurrentProject project, TemplateSetup setup, TemplateRenderer renderer, CancellationToken ct)
    {
        Result<BuiltTemplate> built = await setup.BuildAsync(project.Id, key, source, ct);
        if (!built.IsSuccess) return built.Failure.ToApiError();
        if (built.Value.Template is null) return TypedResults.UnprocessableEntity(TemplateRefusal.Of(built.Value.Problems));
        return Render(built.Value.Template, source.Sample, built.Value.Problems, request, renderer);
    }

    private static Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError> Render(
        PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> sample, IReadOnlyList<TemplateProblem> problems, Request request, TemplateRenderer renderer)
    {
        Dictionary<string, JsonElement> variables = new(sample, StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in request.Variables ?? []) variables[name] = value;
        variables = SampleData.Complete(template, variables);
        if (renderer.Validate(template, variables) is [{ } wrong, ..]) return Failure.Field($"variables.{wrong.Name}", wrong.Detail).ToApiError();
        try
        {
            RenderedEmail mail = renderer.Render(template, variables, request.Locale);
            return TypedResults.Ok(new Response("rendered_template", mail.Locale, mail.Subject, mail.Html, mail.Text, Encoding.UTF8.GetByteCount(mail.Html), ProblemResponse.Of(problems)));
        }
        catch (TemplateDefectException e)
        {
            return new Failure(FailureKind.Invalid, "template_has_errors", $"It cannot be rendered with these variables: {e.InnerException?.Message ?? e.Message}").ToApiError();
        }
    }
}
