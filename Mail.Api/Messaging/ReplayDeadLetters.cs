using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>POST /dead-letters/replay: has all of one type handled again, as after the repair of what they stumbled over, or those that are named.</summary>
public static class ReplayDeadLetters
{
    public static void Map(IEndpointRouteBuilder letters) => letters.MapPost("/replay", Handle).RequireScope(Scopes.WriteDeadLetters).Accepts<Request>("application/json").ProducesApiError(413);

    /// <param name="Type">As a dead letter shows it: all of it.</param>
    /// <param name="Ids">In place of `type`: 1 to 100 of them. Those that are gone meanwhile are passed over.</param>
    public sealed record Request(string? Type, IReadOnlyList<string?>? Ids);

    public static async Task<Results<Accepted<ReplayDeadLetter.Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, DeadLetters letters, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ReplayDeadLettersRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Ids is { } ids)
        {
            if (request.Value.Type is not null) return Failure.Field("ids", "cannot be given beside `type`: name the letters or their type.").ToApiError();
            Result<Guid[]> named = DeadLetterIds.Read(ids);
            return named.IsSuccess ? TypedResults.Accepted((string?)null, new ReplayDeadLetter.Response("dead_letter_replay", await letters.ReplayAsync(project.Id, named.Value, ct))) : named.Failure.ToApiError();
        }

        if (request.Value.Type is not { } type) return Failure.Missing("type").ToApiError();
        if (ListDeadLetters.ProblemOf(type) is { } problem) return Failure.Field("type", problem).ToApiError();
        return TypedResults.Accepted((string?)null, new ReplayDeadLetter.Response("dead_letter_replay", await letters.ReplayAsync(project.Id, type, ct)));
    }
}
