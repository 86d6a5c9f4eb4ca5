using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Projects;

/// <summary>POST /projects: another project, owned by whoever is signed in. The projects that one is in are said by GET /auth/session.</summary>
public static class CreateProject
{
    private const int LongestName = 100;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/projects", Handle).WithTags("Project").WithMetadata(new RequestSizeLimitAttribute(16 * 1024)).Accepts<Request>("application/json").ProducesApiError(409).ProducesApiError(413)
            .IsNotAudited("there is no project yet whose log could say it; its owner and time stand with it");

    /// <param name="DefaultLocale">The language of a template when a call names none (BCP 47); `en` without it.</param>
    public sealed record Request(string? Name, string? DefaultLocale);

    public static async Task<Results<Created<ProjectResponse>, ApiError>> Handle(HttpContext context, ConsoleSessions sessions, ProjectSetup setup, CancellationToken ct)
    {
        if (await sessions.FindAsync(context) is not { } session) return new Failure(FailureKind.Unauthenticated, "missing_session", "Projects are made in the console: sign in first.").ToApiError();
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole.ToApiError();
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.CreateProjectRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        string name = request.Value.Name?.Trim() ?? "", locale = request.Value.DefaultLocale ?? "en";
        if (name.Length == 0) return Failure.Missing("name").ToApiError();
        if (name.Length > LongestName || name.Any(char.IsControl) || !TextRules.IsStorable(name)) return Failure.Field("name", $"must be one line of at most {LongestName} characters.").ToApiError();
        if (!Locale.IsWellFormed(locale)) return Failure.Field("default_locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.").ToApiError();
        Result<Project> made = await setup.AddAsync(session.UserId, name, locale, ct);
        return made.IsSuccess ? TypedResults.Created("/project", ProjectResponse.Of(made.Value)) : made.Failure.ToApiError();
    }
}
