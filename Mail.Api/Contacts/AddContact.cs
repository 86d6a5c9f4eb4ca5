using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>POST /contacts: a new contact; 409 when there is one of this address.</summary>
public static class AddContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapPost("/", Handle).RequireScope(Scopes.WriteContacts).Accepts<ContactRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Created<ContactResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, ContactStore contacts, TimeProvider clock, CancellationToken ct)
    {
        Result<ContactRequest> request = await ContactRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<string> email = ContactRequest.Address(request.Value.Email, "email");
        if (!email.IsSuccess) return email.Failure.ToApiError();
        Result<Contact> contact = request.Value.ToContact(email.Value, clock.GetUtcNow());
        if (!contact.IsSuccess) return contact.Failure.ToApiError();
        return await contacts.AddAsync(project.Id, contact.Value, ct)
            ? TypedResults.Created($"/contacts/{contact.Value.Id}", ContactResponse.Of(contact.Value))
            : new Failure(FailureKind.Conflict, "contact_exists", "`email` has a contact already. Change it by PATCH, or replace it by PUT.").ToApiError();
    }
}
