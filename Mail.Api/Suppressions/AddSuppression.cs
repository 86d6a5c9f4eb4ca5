using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>POST /suppressions: from now on nothing is sent there, not even what waits. What stands there already stays, with a new note and a new end.</summary>
public static class AddSuppression
{
    public static void Map(IEndpointRouteBuilder suppressions) =>
        suppressions.MapPost("/", Handle).RequireScope(Scopes.WriteSuppressions).WithMetadata(SuppressionRequest.SizeLimit).Accepts<SuppressionRequest>("application/json").ProducesApiError(413);

    /// <returns>201 for a new entry, 200 for one that stood there.</returns>
    public static async Task<Results<Created<SuppressionResponse>, Ok<SuppressionResponse>, ApiError>> Handle(
        HttpRequest http, CurrentProject project, SuppressionList list, TimeProvider clock, CancellationToken ct)
    {
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal.ToApiError();
        Result<SuppressionRequest> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.SuppressionRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<NewSuppression> wish = request.Value.Read("", clock.GetUtcNow());
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        (Suppression entry, bool isNew) = (await list.AddAsync(project.Id, [wish.Value], tell: true, ct))[0];
        return isNew ? TypedResults.Created($"/suppressions/{entry.Id}", SuppressionResponse.Of(entry)) : TypedResults.Ok(SuppressionResponse.Of(entry));
    }
}
