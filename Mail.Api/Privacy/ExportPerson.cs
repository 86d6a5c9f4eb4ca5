using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Privacy;
using Mail.Core.Projects;

namespace Mail.Api.Privacy;

/// <summary>GET /privacy/export?email=: everything that is known of a person, as one JSON document. Written as it is read, however long it is.</summary>
public static class ExportPerson
{
    public static void Map(IEndpointRouteBuilder privacy) => privacy.MapGet("/export", Handle).RequireScope(Scopes.ReadPrivacy)
        .WithSummary("Export person").WithDescription("Everything that is known of an address in the project (GDPR art. 15 and 20)").Produces<string>(contentType: "application/json").ProducesApiError(422).ProducesApiError(403);

    /// <param name="email">The whole address.</param>
    public static async Task<IResult> Handle(HttpContext http, CurrentProject project, PersonExport export, CancellationToken ct, string? email = null)
    {
        if (PrivacyRequests.Refusal(project) is { } refusal) return refusal.ToApiError();
        Result<PersonAddress> person = PrivacyRequests.Person(email);
        if (!person.IsSuccess) return person.Failure.ToApiError();
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await export.WriteAsync(project.Id, person.Value, http.Response.Body, ct);
        return Results.Empty;
    }
}
