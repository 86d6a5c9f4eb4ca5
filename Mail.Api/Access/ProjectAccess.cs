using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.Extensions.Primitives;

namespace Mail.Api.Access;

/// <summary>What an endpoint demands; set on it or on its group by <see cref="ProjectAccessExtensions.RequireScope"/>.</summary>
public sealed record RequiredScope(string Scope);

/// <summary>
/// Finds the project of a request before anything of it is read: by an API key (`Authorization: Bearer mk_...`) or by the console's session.
/// An endpoint that demands a scope is not reached without one.
/// </summary>
public sealed class ProjectAccess(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ApiKeyLookup keys)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
        {
            await next(context);
            return;
        }

        string? authorization = context.Request.Headers.Authorization;
        Result<CurrentProject> access = authorization is null ? await BySessionAsync(context) : await ByKeyAsync(authorization, keys, context.RequestAborted);
        if (access.IsSuccess && !access.Value.Scopes.Contains(required.Scope))
            access = new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"This needs the scope `{required.Scope}`, which this key or role does not have.");
        if (!access.IsSuccess)
        {
            await access.Failure.ToApiError().ExecuteAsync(context);
            return;
        }

        context.Features.Set(access.Value);
        await next(context);
    }

    private static async Task<Result<CurrentProject>> ByKeyAsync(string authorization, ApiKeyLookup keys, CancellationToken ct)
    {
        const string Bearer = "Bearer ";
        string? key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        if (string.IsNullOrEmpty(key)) return Missing;
        return await keys.FindAsync(key, ct) is { } known
            ? new CurrentProject(known.ProjectId, known.ProjectName, known.Locale, known.IsTest, known.Scopes)
            : new Failure(FailureKind.Forbidden, "invalid_api_key", "API key is invalid");
    }

    private static async Task<Result<CurrentProject>> BySessionAsync(HttpContext context)
    {
        ConsoleSessions sessions = context.RequestServices.GetRequiredService<ConsoleSessions>(); // here only: it takes a database context, which a key does not need
        if (await sessions.FindAsync(context) is not { } session) return Missing;
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole;
        string? asked = First(context.Request.Headers["X-Mail-Project"]) ?? First(context.Request.Query["project"]);
        ConsoleProject? project = asked is null ? (session.Projects is [ConsoleProject first, ..] ? first : null) : session.Projects.FirstOrDefault(known => known.Id.ToString() == asked);
        return project is null
            ? Failure.NotFound("Project")
            : new CurrentProject(project.Id, project.Name, project.Locale, IsTest: false, Scopes.Of(project.Role));
    }

    private static string? First(StringValues values) => values.Count == 0 ? null : values[0];

    private static Failure Missing => new(FailureKind.Unauthenticated, "missing_api_key", "Missing API key in the authorization header. Use: Authorization: Bearer mk_live_...");
}

public static class ProjectAccessExtensions
{
    /// <summary>Only a key or role with this scope reaches the endpoint.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RequiredScope(scope));
}
