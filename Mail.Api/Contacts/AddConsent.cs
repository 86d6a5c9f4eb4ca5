using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Contacts;

/// <summary>POST /contacts/{id}/consents: that the person agreed to something, or took it back. Written once, never changed.</summary>
public static class AddConsent
{
    public static void Map(IEndpointRouteBuilder contacts) => contacts.MapPost("/{id}/consents", Handle).RequireScope(Scopes.WriteContacts).Accepts<Request>("application/json").ProducesApiError(404);

    /// <param name="Purpose">To what, in the project's own words: `newsletter`.</param>
    /// <param name="Granted">True for an agreement, false for its end.</param>
    /// <param name="Source">Where it was said: `sign-up form`.</param>
    /// <param name="At">When; now without it.</param>
    public sealed record Request(string? Purpose, bool? Granted, string? Source, DateTimeOffset? At);

    public static async Task<Results<Created<ConsentResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ContactStore contacts, TimeProvider clock, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.AddConsentRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (ContactRules.ProblemWith(request.Value.Purpose, request.Value.Source) is { } problem) return problem.ToApiError();
        if (request.Value.Granted is not { } granted) return Failure.Missing("granted").ToApiError();
        DateTimeOffset now = clock.GetUtcNow();
        if (request.Value.At > now) return Failure.Field("at", "lies in the future.").ToApiError();
        if (ContactRequest.Key(id) is not { } key || await contacts.FindAsync(project.Id, key, ct) is not { } contact) return Failure.NotFound("Contact").ToApiError();
        Consent consent = new(UuidV7.New(now), request.Value.Purpose!, granted, request.Value.Source, request.Value.At ?? now);
        return await contacts.AddConsentAsync(project.Id, contact.Email, consent, ct) ? TypedResults.Created($"/contacts/{contact.Id}", ConsentResponse.Of(consent)) : Failure.NotFound("Contact").ToApiError();
    }
}
