using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>GET /contacts: what came last first, by pages.</summary>
public static class ListContacts
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapGet("/", Handle).RequireScope(Scopes.ReadContacts);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ContactResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="email">Part of the address.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, ContactStore contacts, CancellationToken ct, string? limit = null, string? after = null, string? email = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a contact.").ToApiError();
        if (email?.Contains('\0', StringComparison.Ordinal) == true) return Failure.Field("email", "must not contain NUL.").ToApiError();
        (IReadOnlyList<Contact> page, bool hasMore) = await contacts.ListAsync(project.Id, count, after is null ? null : afterId, string.IsNullOrEmpty(email) ? null : email, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(contact => ContactResponse.Of(contact))]));
    }
}
