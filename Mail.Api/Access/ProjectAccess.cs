using System.Net;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.Extensions.Primitives;

namespace Mail.Api.Access;

/// <summary>What an endpoint demands; set on it or on its group by <see cref="ProjectAccessExtensions.RequireScope"/>.</summary>
public sealed record RequiredScope(string Scope);

/// <summary>How far test keys come. They lie in test set-ups and in the hands of whoever builds there, and so must be worth nothing outside the sandbox.</summary>
public enum TestKeyReach
{
    /// <summary>It is the sandbox's own, or keeps the two apart itself.</summary>
    All,

    /// <summary>How live mail is set up may be seen and not changed.</summary>
    Reading,

    /// <summary>It is about live mail and its people.</summary>
    Nothing,
}

/// <summary>Endpoint metadata; the endpoint's own goes before its group's. See <see cref="ProjectAccessExtensions.ForTestKeys"/>.</summary>
public sealed record TestKeys(TestKeyReach Reach);

/// <summary>
/// Finds the project of a request before anything of it is read: by an API key (`Authorization: Bearer mk_...`) or by the console's session.
/// An endpoint that demands a scope is not reached without one.
/// </summary>
public sealed class ProjectAccess(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, ApiKeyLookup keys, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
        {
            await next(context);
            return;
        }

        string? authorization = context.Request.Headers.Authorization;
        Result<CurrentProject> access = authorization is null ? await BySessionAsync(context) : await ByKeyAsync(context, authorization, keys, clock);
        if (access.IsSuccess && !access.Value.Scopes.Contains(required.Scope))
            access = new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"This needs the scope `{required.Scope}`, which this key or role does not have.");
        if (access.IsSuccess && access.Value.IsTest && !MayUse(context))
            access = new Failure(FailureKind.Forbidden, "restricted_api_key", "A test key reaches the sandbox alone. What is known of live mail and its people, and what it depends on, is for live keys and the console.");
        if (!access.IsSuccess)
        {
            await access.Failure.ToApiError().ExecuteAsync(context);
            return;
        }

        context.Features.Set(access.Value);
        await next(context);
    }

    private static bool MayUse(HttpContext context) => (context.GetEndpoint()!.Metadata.GetMetadata<TestKeys>()?.Reach ?? TestKeyReach.All) switch
    {
        TestKeyReach.All => true,
        TestKeyReach.Reading => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method),
        _ => false,
    };

    private static async Task<Result<CurrentProject>> ByKeyAsync(HttpContext context, string authorization, ApiKeyLookup keys, TimeProvider clock)
    {
        const string Bearer = "Bearer ";
        string? key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        if (string.IsNullOrEmpty(key)) return Missing;
        if (await keys.FindAsync(key, context.RequestAborted) is not { } known) return new Failure(FailureKind.Forbidden, "invalid_api_key", "API key is invalid");
        LoggedCall.Begin(context, known, clock.GetUtcNow()); // refused or not: whose key it is wants to see it
        IPAddress? client = context.Connection.RemoteIpAddress;
        if (!known.MayBeUsedFrom(client)) return new Failure(FailureKind.Forbidden, "restricted_api_key", $"This key may not be used from {client}.");
        Actor actor = new(ActorKind.ApiKey, known.KeyId, null, known.Scopes, client) { IsTest = known.IsTest, IsRestricted = known.FromDomains.Count > 0 || known.Networks.Count > 0 || known.ExpiresAt is not null };
        return new CurrentProject(known.ProjectId, known.ProjectName, known.Locale, known.IsTest, actor) { FromDomains = known.FromDomains, Rates = known.Rates };
    }

    private static async Task<Result<CurrentProject>> BySessionAsync(HttpContext context)
    {
        ConsoleSessions sessions = context.RequestServices.GetRequiredService<ConsoleSessions>(); // here only: it takes a database context, which a key does not need
        if (await sessions.FindAsync(context) is not { } session) return Missing;
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole;
        string? asked = First(context.Request.Headers["X-Mail-Project"]) ?? First(context.Request.Query["project"]);
        SessionProject? project = asked is null ? (session.Projects is [SessionProject first, ..] ? first : null) : session.Projects.FirstOrDefault(known => known.Id.ToString() == asked);
        if (project is { RequiresTwoFactor: true } && !session.HasTwoFactor) return FreshTwoFactor.Required;
        return project is null
            ? Failure.NotFound("Project")
            : new CurrentProject(project.Id, project.Name, project.Locale, IsTest: false, new Actor(ActorKind.User, session.UserId, project.Role, Scopes.Of(project.Role), context.Connection.RemoteIpAddress));
    }

    private static string? First(StringValues values) => values.Count == 0 ? null : values[0];

    private static Failure Missing => new(FailureKind.Unauthenticated, "missing_api_key", "Missing API key in the authorization header. Use: Authorization: Bearer mk_live_...");
}

public static class ProjectAccessExtensions
{
    /// <summary>Only a key or role with this scope reaches the endpoint.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RequiredScope(scope));

    /// <summary>How far test keys come in the group, or at the endpoint; without it all the way.</summary>
    public static TBuilder ForTestKeys<TBuilder>(this TBuilder endpoints, TestKeyReach reach) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new TestKeys(reach));
}
