using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>POST /contacts: a new contact; 409 when there is one of this address.</summary>
public static class AddContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapPost("/", Handle).RequireScope(Scopes.WriteContacts).Accepts<ContactRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Created<ContactResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, ContactStore contacts, SuppressionList list, TimeProvider clock, CancellationToken ct)
    {
        Result<ContactRequest> request = await ContactRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (ContactPreferences.Problem(request.Value.Preferences, project) is { } problem) return problem.ToApiError();
        Result<string> email = ContactRequest.Address(request.Value.Email, "email");
        if (!email.IsSuccess) return email.Failure.ToApiError();
        Result<Contact> contact = request.Value.ToContact(email.Value, clock.GetUtcNow());
        if (!contact.IsSuccess) return contact.Failure.ToApiError();
        if (!await contacts.AddAsync(project.Id, contact.Value, ct)) return new Failure(FailureKind.Conflict, "contact_exists", "`email` has a contact already. Change it by PATCH, or replace it by PUT.").ToApiError();
        await ContactPreferences.ApplyAsync(list, project.Id, contact.Value.Email, request.Value.Preferences, ct);
        return TypedResults.Created($"/contacts/{contact.Value.Id}", ContactResponse.Of(contact.Value, await ContactPreferences.ReadAsync(list, project.Id, contact.Value.Email, ct)));
    }
}
