using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>DELETE /contacts/{id}: with what the person agreed to. To have everything forgotten that is known of a person: POST /privacy/erase.</summary>
public static class RemoveContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteContacts).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, ContactStore contacts, CancellationToken ct) =>
        ContactRequest.Key(id) is { } key && await contacts.FindAsync(project.Id, key, ct) is { } contact && await contacts.RemoveAsync(project.Id, contact.Email, ct)
            ? TypedResults.Ok(new Response("contact", contact.Id.ToString(), Deleted: true))
            : Failure.NotFound("Contact").ToApiError();
}
