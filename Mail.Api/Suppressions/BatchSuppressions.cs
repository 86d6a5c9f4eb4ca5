using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>POST /suppressions/batch/add and /suppressions/batch/remove: up to 100 at once, all of them or none. For more there is the import of a file.</summary>
public static class BatchSuppressions
{
    private const int Limit = 100;

    public static void Map(IEndpointRouteBuilder suppressions)
    {
        suppressions.MapPost("/batch/add", AddAsync).WithSummary("Add many suppressions").RequireScope(Scopes.WriteSuppressions).WithMetadata(SuppressionRequest.SizeLimit).Accepts<AddRequest>("application/json").ProducesApiError(413);
        suppressions.MapPost("/batch/remove", RemoveAsync).WithSummary("Remove many suppressions").RequireScope(Scopes.WriteSuppressions).WithMetadata(SuppressionRequest.SizeLimit).Accepts<RemoveRequest>("application/json").ProducesApiError(413);
    }

    /// <param name="Suppressions">Each as for POST /suppressions.</param>
    public sealed record AddRequest(SuppressionRequest?[]? Suppressions);

    /// <param name="Suppressions">Ids, or addresses, whose entries all go.</param>
    public sealed record RemoveRequest(string?[]? Suppressions);

    public sealed record Response(string Object, IReadOnlyList<SuppressionResponse> Data);

    /// <returns>What stands there now.</returns>
    public static async Task<Results<Ok<Response>, ApiError>> AddAsync(HttpRequest http, CurrentProject project, SuppressionList list, TimeProvider clock, CancellationToken ct)
    {
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal.ToApiError();
        Result<AddRequest> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.BatchAddRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (Count(request.Value.Suppressions) is { } wrong) return wrong.ToApiError();
        Dictionary<(string, string, SuppressionReason), NewSuppression> wishes = [];
        for (int i = 0; i < request.Value.Suppressions!.Length; i++)
        {
            if (request.Value.Suppressions[i] is not { } one) return Failure.Field($"suppressions.{i}", "must be an object.").ToApiError();
            Result<NewSuppression> wish = one.Read($"suppressions.{i}.", clock.GetUtcNow());
            if (!wish.IsSuccess) return wish.Failure.ToApiError();
            wishes[(wish.Value.Address, wish.Value.Topic, wish.Value.Reason)] = wish.Value;
        }

        return TypedResults.Ok(new Response("list", [.. (await list.AddAsync(project.Id, [.. wishes.Values], tell: true, ct)).Select(one => SuppressionResponse.Of(one.Entry))]));
    }

    /// <returns>What is gone; what was not there is no failure.</returns>
    public static async Task<Results<Ok<Response>, ApiError>> RemoveAsync(HttpRequest http, CurrentProject project, SuppressionList list, CancellationToken ct)
    {
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal.ToApiError();
        Result<RemoveRequest> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.BatchRemoveRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (Count(request.Value.Suppressions) is { } wrong) return wrong.ToApiError();
        string?[] wanted = request.Value.Suppressions!;
        for (int i = 0; i < wanted.Length; i++)
            if (!Guid.TryParse(wanted[i], out _) && !NormalAddress.TryParse(wanted[i], out _, out _)) return Failure.Field($"suppressions.{i}", "must be the id of an entry, or an address.").ToApiError();
        return TypedResults.Ok(new Response("list", [.. (await list.RemoveAsync(project.Id, wanted!, ct)).Removed.Select(SuppressionResponse.Of)]));
    }

    private static Failure? Count<T>(T[]? all) => all switch
    {
        null => Failure.Missing("suppressions"),
        { Length: 0 or > Limit } => Failure.Field("suppressions", $"has {all.Length} entries; 1 to {Limit} are allowed."),
        _ => null,
    };
}
