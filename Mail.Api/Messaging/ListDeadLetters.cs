using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>GET /dead-letters: the project's, the last to die first, by pages.</summary>
public static class ListDeadLetters
{
    /// <summary>No wire name is longer.</summary>
    private const int LongestType = 200;

    public static void Map(IEndpointRouteBuilder letters) => letters.MapGet("/", Handle).RequireScope(Scopes.ReadDeadLetters);

    /// <param name="Types">How many there are of each type in all, the most first; whatever the page shows.</param>
    public sealed record Response(string Object, bool HasMore, IReadOnlyList<DeadLetterResponse> Data, IReadOnlyList<TypeFacts> Types);

    /// <param name="Type">What the messages are.</param>
    /// <param name="LastDiedAt">When the last of them was given up.</param>
    public sealed record TypeFacts(string Type, long Count, DateTimeOffset LastDiedAt);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="type">Only messages of this type.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, DeadLetters letters, CancellationToken ct, string? limit = null, string? after = null, string? type = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a dead letter.").ToApiError();
        if (type is not null && ProblemOf(type) is { } problem) return Failure.Field("type", problem).ToApiError();
        (IReadOnlyList<DeadLetter> page, bool hasMore) = await letters.ListAsync(project.Id, after is null ? null : afterId, type, count, ct);
        IReadOnlyList<(string Name, long Count, DateTimeOffset Last)> types = await letters.TypesAsync(project.Id, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(DeadLetterResponse.Of)], [.. types.Select(one => new TypeFacts(one.Name, one.Count, one.Last))]));
    }

    /// <returns>Null when it may be a type.</returns>
    internal static string? ProblemOf(string type) => type.Length is > 0 and <= LongestType && !type.Contains('\0', StringComparison.Ordinal) ? null : $"must be the type of a message, of at most {LongestType} characters.";
}
