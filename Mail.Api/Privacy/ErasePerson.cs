using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Privacy;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Privacy;

/// <summary>POST /privacy/erase: forgets a person. Nobody can undo it.</summary>
public static class ErasePerson
{
    public static void Map(IEndpointRouteBuilder privacy) =>
        privacy.MapPost("/erase", Handle).RequireScope(Scopes.WritePrivacy).WithMetadata(new RequestSizeLimitAttribute(16 * 1024)).Accepts<Request>("application/json")
            .WithSummary("Erase person").WithDescription("Removes every trace of an address from the project (GDPR art. 17)").ProducesApiError(409).ProducesApiError(413);

    /// <param name="Email">Without a display name.</param>
    /// <param name="KeepSuppressed">`true` keeps what stops mail to the address, by a keyed hash and without the address; without it nothing is kept.</param>
    /// <param name="EvenAsSender">`true` also for an address that the project sends from; without it that is refused with 409, because all mail from it would lose its content.</param>
    public sealed record Request(string? Email, bool? KeepSuppressed, bool? EvenAsSender);

    /// <returns>200 when it is finished, 202 when it goes on.</returns>
    public static async Task<Results<Ok<ErasureResponse>, Accepted<ErasureResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, Erasures erasures, CancellationToken ct)
    {
        if (PrivacyRequests.Refusal(project) is { } refusal) return refusal.ToApiError();
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.EraseRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<PersonAddress> person = PrivacyRequests.Person(request.Value.Email);
        if (!person.IsSuccess) return person.Failure.ToApiError();
        Result<Erasure> erasure = await erasures.EraseAsync(project.Id, person.Value, request.Value.KeepSuppressed ?? false, ct, request.Value.EvenAsSender ?? false);
        if (!erasure.IsSuccess) return erasure.Failure.ToApiError();
        ErasureResponse answer = ErasureResponse.Of(erasure.Value);
        return erasure.Value.FinishedAt is null ? TypedResults.Accepted($"/privacy/erasures/{answer.Id}", answer) : TypedResults.Ok(answer);
    }
}
