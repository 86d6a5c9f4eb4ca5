using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Invitations;

/// <summary>GET /interview/keys/{project}: the keys that verify a project's tickets, as a JWK set (RFC 7517) that every library for JWTs reads. POST /campaigns/ticket-keys/rotate: another one signs.</summary>
public static class InterviewKeys
{
    public static void MapShown(IEndpointRouteBuilder interview) =>
        interview.MapGet("/keys/{project}", ShowAsync).Produces<KeySet>().ProducesApiError(404).WithSummary("Get the keys that verify tickets").WithDescription("Public. May be kept for five minutes; a ticket that names another key means: ask again.");

    public static void MapRotation(IEndpointRouteBuilder keys) => keys.MapPost("/rotate", RotateAsync).RequireScope(Scopes.WriteInvitations)
        .WithSummary("Renew the key that signs tickets").WithDescription("The one before is shown for a day longer.");

    public sealed record KeySet(IReadOnlyList<Key> Keys);

    /// <param name="Kid">As the ticket's header names it.</param>
    public sealed record Key(string Kty, string Crv, string Kid, string Use, string Alg, string X, string Y);

    public sealed record RotatedResponse(string Object, string Kid, string Url);

    public static async Task<Results<Ok<KeySet>, ApiError>> ShowAsync(string project, HttpContext http, TicketKeys keys, CancellationToken ct)
    {
        if (!Guid.TryParse(project, out Guid id) || await keys.ShownAsync(new ProjectId(id), ct) is not { Count: > 0 } shown) return Failure.NotFound("Keys").ToApiError();
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new KeySet([.. shown.Select(key => new Key("EC", "P-256", key.Kid, "sig", "ES256", key.X, key.Y))]));
    }

    public static async Task<Ok<RotatedResponse>> RotateAsync(CurrentProject project, TicketKeys keys, CancellationToken ct)
    {
        await keys.RotateAsync(project.Id, ct);
        IReadOnlyList<TicketKey> shown = await keys.ShownAsync(project.Id, ct);
        return TypedResults.Ok(new RotatedResponse("ticket_key", shown[0].Kid, $"/interview/keys/{project.Id}"));
    }
}
