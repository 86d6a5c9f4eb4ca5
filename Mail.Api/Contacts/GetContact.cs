using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>GET /contacts/{id}: by id or address, with what the person agreed to and which topics they want.</summary>
public static class GetContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapGet("/{id}", Handle).RequireScope(Scopes.ReadContacts).ProducesApiError(404);

    public static async Task<Results<Ok<ContactResponse>, ApiError>> Handle(string id, CurrentProject project, ContactStore contacts, SuppressionList list, CancellationToken ct) =>
        ContactRequest.Key(id) is { } key && await contacts.FindAsync(project.Id, key, ct) is { } contact
            ? TypedResults.Ok(ContactResponse.Of(contact, await ContactPreferences.ReadAsync(list, project.Id, contact.Email, ct), await contacts.ConsentsAsync(project.Id, contact.Email, ct)))
            : Failure.NotFound("Contact").ToApiError();
}
