using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>PATCH /contacts/{id}: what is given changes; null empties. Attributes are merged.</summary>
public static class ChangeContact
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteContacts).Accepts<ContactRequest>("application/json").ProducesApiError(404).ProducesApiError(413);

    public static async Task<Results<Ok<ContactResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ContactStore contacts, SuppressionList list, TimeProvider clock, CancellationToken ct)
    {
        Result<ContactRequest> request = await ContactRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (ContactPreferences.Problem(request.Value.Preferences, project) is { } problem) return problem.ToApiError();
        Result<ContactChange> change = request.Value.ToChange(clock.GetUtcNow());
        if (!change.IsSuccess) return change.Failure.ToApiError();
        if (ContactRequest.Key(id) is not { } key || await contacts.FindAsync(project.Id, key, ct) is not { } there) return Failure.NotFound("Contact").ToApiError();
        if (await contacts.ChangeAsync(project.Id, there.Email, change.Value, clock.GetUtcNow(), ct) is not { } changed) return Failure.NotFound("Contact").ToApiError();
        await ContactPreferences.ApplyAsync(list, project.Id, there.Email, request.Value.Preferences, ct);
        return TypedResults.Ok(ContactResponse.Of(changed, await ContactPreferences.ReadAsync(list, project.Id, there.Email, ct)));
    }
}
