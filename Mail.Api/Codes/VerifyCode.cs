using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Codes;

/// <summary>POST /codes/verify: whether this is the code. If it is, it is used up; if not, a try is.</summary>
public static class VerifyCode
{
    public static void Map(IEndpointRouteBuilder codes) => codes.MapPost("/verify", Handle).RequireScope(Scopes.VerifyCodes).Accepts<Request>("application/json").ProducesApiError(413).ProducesApiError(429)
        .WithSummary("Ask whether a code is right").WithDescription("A right code is used up by it. Otherwise 422 says why in `name`: wrong_code, expired_code, used_code, revoked_code, unknown_code, or too_many_tries (5 wrong tries for a code); 429 too_many_tries when the purpose and subject have had 10 wrong tries in an hour, whatever number of codes there was. Show people one text for all of them.");

    /// <param name="To">The address that the code was mailed to; or `subject`, as it was asked for.</param>
    /// <param name="Code">As the person typed it; spaces and dashes do not count.</param>
    public sealed record Request(string? To, string? Subject, string? Purpose, string? Code);

    /// <param name="Id">The code's.</param>
    public sealed record Response(bool Valid, string Id);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpContext context, CurrentProject project, CodeStore codes, TimeProvider clock, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.VerifyCodeRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<CodeSubject> subject = CodeSubjects.Of(project, request.Value.Purpose, request.Value.Subject, request.Value.To);
        if (!subject.IsSuccess) return subject.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(request.Value.Code)) return Failure.Missing("code").ToApiError(); // costs no try: nobody has tried anything
        CodeCheck check = await codes.VerifyAsync(subject.Value, request.Value.Code, ct);
        if (check.IsRight) return TypedResults.Ok(new Response(true, check.Id!.Value.ToString()));
        if (check is { Outcome: CodeOutcome.TooManyTries, RetryAt: { } retryAt })
        {
            context.Response.Headers.RetryAfter = CodeSubjects.Seconds(retryAt, clock);
            return new Failure(FailureKind.TooMany, "too_many_tries", "Too many wrong codes were tried for this purpose and subject. No code is looked at, and none is made, until the time in Retry-After.").ToApiError();
        }

        (string name, string detail) = check.Outcome switch
        {
            CodeOutcome.Wrong => ("wrong_code", $"This is not the code. {check.TriesLeft} more {(check.TriesLeft == 1 ? "try" : "tries")}."),
            CodeOutcome.Expired => ("expired_code", "The code's time is over. Ask for another one."),
            CodeOutcome.Used => ("used_code", "The code was used before. Ask for another one."),
            CodeOutcome.Revoked => ("revoked_code", "The code was taken back. Ask for another one."),
            CodeOutcome.TooManyTries => ("too_many_tries", "Too many wrong codes were tried, and this one is over. Ask for another one."),
            _ => ("unknown_code", "There is no code for this purpose and subject. Ask for one."),
        };
        return new Failure(FailureKind.Invalid, name, detail).ToApiError();
    }
}
