using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Tracking;

/// <summary>POST /tracking/objections: from now on this person's reading is not measured, not even in mail that is out.</summary>
public static class AddObjection
{
    public static void Map(IEndpointRouteBuilder objections) =>
        objections.MapPost("/", Handle).RequireScope(Scopes.WriteTracking).Accepts<Request>("application/json").ProducesApiError(413);

    public sealed record Request(string? Email);

    /// <returns>201 for a new one, 200 for one that stood there.</returns>
    public static async Task<Results<Created<ObjectionResponse>, Ok<ObjectionResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, TrackingObjections objections, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.AddObjectionRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(request.Value.Email)) return Failure.Missing("email").ToApiError();
        if (!NormalAddress.TryParse(request.Value.Email, out string? email, out string? error)) return Failure.Field("email", $"is not an address: {error}").ToApiError();
        if (!TextRules.IsStorable(email)) return Failure.Field("email", "is not an address that can be stored.").ToApiError();
        (TrackingObjection objection, bool isNew) = await objections.AddAsync(project.Id, email, TrackingObjections.ByApi, ct);
        return isNew ? TypedResults.Created($"/tracking/objections/{objection.Id}", ObjectionResponse.Of(objection)) : TypedResults.Ok(ObjectionResponse.Of(objection));
    }
}
