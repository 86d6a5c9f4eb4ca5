using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>POST /emails/batch: 1 to 100 messages, committed together.</summary>
public static class SendBatch
{
    private const int Limit = 100;

    public static void Map(IEndpointRouteBuilder messages) =>
        messages.MapPost("/batch", Handle).RequireScope(Scopes.SendMessages).Accepts<EmailRequest[]>("application/json").Produces<BatchAnswer>()
            .ProducesApiError(409).ProducesApiError(413).ProducesApiError(503);

    /// <summary>`x-batch-validation: permissive` takes what can be taken; without it one bad message refuses all.</summary>
    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpRequest http, CurrentProject project, MessageIntake intake, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<EmailRequest[]> requests = JsonBody.Parse(body, EmailRequestJson.Default.EmailRequestArray);
        if (!requests.IsSuccess) return requests.Failure.ToApiError();
        if (requests.Value.Length is 0 or > Limit) return new Failure(FailureKind.Invalid, "validation_error", $"The batch has {requests.Value.Length} messages; 1 to {Limit} are allowed.").ToApiError();
        if (Array.IndexOf(requests.Value, null) is >= 0 and var index) return Failure.Field($"{index}", "must be an object.").ToApiError();

        string? mode = http.Headers["x-batch-validation"].FirstOrDefault();
        if (mode is not (null or "strict" or "permissive")) return Failure.Field("x-batch-validation", "must be `strict` or `permissive`.").ToApiError();
        Result<string> accepted = await intake.AcceptBatchAsync(project.Sender, requests.Value, mode is "permissive", key.Value, ct);
        if (!accepted.IsSuccess) return accepted.Failure.ToApiError();
        LoggedCall.Made(http.HttpContext, accepted.Value);
        return TypedResults.Content(accepted.Value, "application/json");
    }
}
