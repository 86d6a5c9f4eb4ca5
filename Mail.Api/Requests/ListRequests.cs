using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Requests;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Requests;

/// <summary>GET /requests: what came last first, by pages.</summary>
public static class ListRequests
{
    public static void Map(IEndpointRouteBuilder requests) => requests.MapGet("/", Handle).RequireScope(Scopes.ReadRequests);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<RequestResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="state">`pending`, `decided`, `expired` or `canceled`.</param>
    /// <param name="email">The person's whole address.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, RequestStore requests, CancellationToken ct, string? limit = null, string? after = null, string? state = null, string? email = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a request.").ToApiError();
        RequestState wanted = default;
        if (state is not null && !RequestNames.TryParse(state, out wanted)) return Failure.Field("state", $"must be one of {string.Join(", ", RequestNames.All)}.").ToApiError();
        string? address = null;
        if (email is not null && !NormalAddress.TryParse(email, out address, out _)) return Failure.Field("email", "is not an address.").ToApiError();
        (IReadOnlyList<DecisionRequest> page, bool hasMore) = await requests.ListAsync(project.Id, project.IsTest, count, after is null ? null : afterId, state is null ? null : wanted, address, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(request => RequestResponse.Of(request))]));
    }
}
