using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>PUT /contacts/{address}: the whole contact, new or in place of what was there; for apps that keep their users in step.</summary>
public static class PutContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapPut("/{id}", Handle).RequireScope(Scopes.WriteContacts).Accepts<ContactRequest>("application/json").ProducesApiError(413);

    public static async Task<Results<Ok<ContactResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ContactStore contacts, SuppressionList list, TimeProvider clock, CancellationToken ct)
    {
        Result<string> email = ContactRequest.Address(id, "id");
        if (!email.IsSuccess) return email.Failure.ToApiError();
        Result<ContactRequest> request = await ContactRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (ContactPreferences.Problem(request.Value.Preferences, project) is { } problem) return problem.ToApiError();
        if (request.Value.Email is { } named && ContactRequest.Key(named) != email.Value) return Failure.Field("email", "is not the address of the path.").ToApiError();
        Result<Contact> contact = request.Value.ToContact(email.Value, clock.GetUtcNow());
        if (!contact.IsSuccess) return contact.Failure.ToApiError();
        await contacts.PutAsync(project.Id, contact.Value, ct);
        await ContactPreferences.ApplyAsync(list, project.Id, email.Value, request.Value.Preferences, ct);
        return await contacts.FindAsync(project.Id, email.Value, ct) is { } stored ? TypedResults.Ok(ContactResponse.Of(stored, await ContactPreferences.ReadAsync(list, project.Id, email.Value, ct))) : Failure.NotFound("Contact").ToApiError();
    }
}
