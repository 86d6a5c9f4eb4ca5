using System.Text.Json;
using Mail.Api.Access;
using Mail.Core.Audit;
using Microsoft.Extensions.Primitives;

namespace Mail.Api.Audit;

/// <summary>What an endpoint changes; set on its group by <see cref="AuditTrailExtensions.Audited"/>.</summary>
/// <param name="Kind">Of the thing: `relay`.</param>
/// <param name="Shown">The path of the GET endpoint that shows it, such as `/relays/{id}`; null where nothing is shown.</param>
public sealed record AuditedAs(string Kind, string? Shown);

/// <summary>An endpoint that is no GET and yet is not in the audit log.</summary>
public sealed record NotAudited(string Why);

/// <summary>
/// Writes the audit log for every endpoint that changes what is set up: once, here. What changed is what the thing's own GET endpoint shows before and after,
/// so that a secret, which no GET shows, cannot get into the log. The change and its line are not one transaction: the line comes first and is completed
/// after, and one without an end says that it is not known whether the change was made.
/// </summary>
public sealed class AuditTrail(RequestDelegate next, EndpointDataSource endpoints)
{
    public async Task InvokeAsync(HttpContext context, AuditLog log)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(log);
        EndpointMetadataCollection? metadata = context.GetEndpoint()?.Metadata;
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || metadata?.GetMetadata<AuditedAs>() is not { } audited
            || metadata.GetMetadata<NotAudited>() is not null || context.Features.Get<CurrentProject>() is not { } project)
        {
            await next(context);
            return;
        }

        string? subject = context.Request.RouteValues.Values.FirstOrDefault()?.ToString();
        if (subject is { Length: > 200 } || subject?.Contains('\0', StringComparison.Ordinal) == true) subject = null; // names nothing
        if (audited.Shown is null && !Guid.TryParse(subject, out _)) subject = null; // an address, which has no place in a log
        JsonElement? before = await ShowAsync(context, project, audited, subject);
        Guid line = await log.BeginAsync(project.Id, project.Actor, ActionOf(context, audited), before is null && audited.Shown is not null ? null : subject, context.RequestAborted);
        string? made = await RunAsync(context);

        int status = context.Response.StatusCode;
        if (status >= 400)
        {
            await log.CancelAsync(project.Id, line, CancellationToken.None);
            return;
        }

        (string? old, string? now) = AuditDifference.Of(before, await ShowAsync(context, project, audited, subject ?? made));
        await log.EndAsync(project.Id, line, status, subject is null ? made : null, old, now, CancellationToken.None);
    }

    /// <summary>The last word of the path when it is one: `/relays/{id}/doctor`; else what the method does.</summary>
    private static string ActionOf(HttpContext context, AuditedAs audited)
    {
        string path = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!.TrimEnd('/');
        string last = path[(path.LastIndexOf('/') + 1)..];
        // A list below another thing is a place, and no word: `/templates/{id}/experiments`, `/members/invitations`.
        bool isWord = path.Count(c => c == '/') > 1 && !last.StartsWith('{') && last != audited.Kind + "s" && audited.Shown != $"{path}/{{id}}";
        return $"{audited.Kind}.{(isWord ? last.Replace('-', '_') : context.Request.Method switch { "POST" => "create", "PUT" or "PATCH" => "change", "DELETE" => "remove", string method => method })}";
    }

    /// <summary>Carries the request out.</summary>
    /// <returns>The `id` of the answer: of what is new.</returns>
    private async Task<string?> RunAsync(HttpContext context)
    {
        Stream answer = context.Response.Body;
        using MemoryStream kept = new();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = answer;
        }

        kept.Position = 0;
        await kept.CopyToAsync(answer, context.RequestAborted);
        return Read(kept) is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("id", out JsonElement id) && id.ValueKind is JsonValueKind.String ? id.GetString() : null;
    }

    /// <summary>Asks the GET endpoint as if the caller had.</summary>
    private async Task<JsonElement?> ShowAsync(HttpContext context, CurrentProject project, AuditedAs audited, string? subject)
    {
        if (audited.Shown is null || (subject is null && audited.Shown.Contains('{', StringComparison.Ordinal))) return null;
        RouteEndpoint shows = Find(audited.Shown) ?? throw new InvalidOperationException($"No endpoint answers GET {audited.Shown}.");
        await using AsyncServiceScope scope = context.RequestServices.CreateAsyncScope();
        using MemoryStream body = new();
        DefaultHttpContext asked = new() { RequestServices = scope.ServiceProvider, RequestAborted = context.RequestAborted };
        asked.Request.Method = HttpMethods.Get;
        asked.Request.Headers.AcceptLanguage = StringValues.Empty;
        foreach (string name in shows.RoutePattern.Parameters.Select(parameter => parameter.Name)) asked.Request.RouteValues[name] = subject;
        asked.Response.Body = body;
        asked.Features.Set(project);
        asked.SetEndpoint(shows);
        await shows.RequestDelegate!(asked);
        return asked.Response.StatusCode == StatusCodes.Status200OK ? Read(body) : null;
    }

    private RouteEndpoint? Find(string path) => endpoints.Endpoints.OfType<RouteEndpoint>().FirstOrDefault(endpoint =>
        endpoint.RoutePattern.RawText!.TrimEnd('/') == path && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true);

    private static JsonElement? Read(MemoryStream body)
    {
        if (body.Length == 0) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // an answer that is no JSON has no id
        }
    }
}

public static class AuditTrailExtensions
{
    /// <summary>Everything in the group that is no GET stands in the audit log.</summary>
    /// <param name="kind">What is changed: `relay`.</param>
    /// <param name="shown">The path of the GET endpoint that shows it; null where nothing of it may stand in the log.</param>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoints, string kind, string? shown) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new AuditedAs(kind, shown));

    /// <summary>It is no GET, and yet changes nothing of the project's set-up, or is told elsewhere.</summary>
    public static TBuilder IsNotAudited<TBuilder>(this TBuilder endpoints, string why) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new NotAudited(why));
}
