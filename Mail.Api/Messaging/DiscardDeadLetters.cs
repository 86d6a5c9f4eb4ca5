using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>POST /dead-letters/discard: several will never be handled.</summary>
public static class DiscardDeadLetters
{
    public static void Map(IEndpointRouteBuilder letters) => letters.MapPost("/discard", Handle).RequireScope(Scopes.WriteDeadLetters).Accepts<Request>("application/json").ProducesApiError(413);

    /// <param name="Ids">1 to 100. Those that are gone meanwhile are passed over.</param>
    public sealed record Request(IReadOnlyList<string?>? Ids);

    /// <param name="Discarded">How many there were.</param>
    public sealed record Response(string Object, int Discarded);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, DeadLetters letters, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.DiscardDeadLettersRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Ids is not { } ids) return Failure.Missing("ids").ToApiError();
        Result<Guid[]> named = DeadLetterIds.Read(ids);
        return named.IsSuccess ? TypedResults.Ok(new Response("dead_letter_discard", await letters.DiscardAsync(project.Id, named.Value, ct))) : named.Failure.ToApiError();
    }
}
