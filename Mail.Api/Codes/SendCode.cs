using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Codes;

/// <summary>
/// POST /codes: makes a one-time code and mails it. The code and its mail are stored in one transaction, so that no mail tells a code that does not work; the answer never
/// says the code, unless the app delivers it by itself (`deliver: false`, scope `codes:reveal`).
/// </summary>
public static class SendCode
{
    private const string UsualTemplate = "verification-code", CodeVariable = "code", MinutesVariable = "expires_in_minutes";

    public static void Map(IEndpointRouteBuilder codes) => codes.MapPost("/", Handle).RequireScope(Scopes.SendCodes).Accepts<Request>("application/json").Produces<Response>()
        .ProducesApiError(409).ProducesApiError(413).ProducesApiError(429).ProducesApiError(503)
        .WithSummary("Make a one-time code and mail it").WithDescription("The subject's code before works no more. At most 5 codes in 15 minutes for each purpose and subject (429 with Retry-After). Takes an Idempotency-Key.");

    /// <param name="To">The address that the code is mailed to, and whose it is unless `subject` says otherwise.</param>
    /// <param name="Subject">Whose code it is, when that is not the address: an id of a user, say.</param>
    /// <param name="Purpose">What it is for, such as `sign-in`: it is wrong for anything else.</param>
    /// <param name="Template">Gets the variables `code` and `expires_in_minutes`; `verification-code` without it.</param>
    /// <param name="ExpiresInMinutes">1 to 1440; 15 without it.</param>
    /// <param name="Length">6 to 10 characters; 6 without it.</param>
    /// <param name="Letters">Capital letters and digits that nobody takes for one another, in place of digits alone.</param>
    /// <param name="Deliver">False for an app that delivers the code by itself: then no mail is sent and the answer says the code. Needs the scope `codes:reveal`.</param>
    public sealed record Request(
        string? To, string? Subject, string? Purpose, string? Template, Dictionary<string, JsonElement>? Variables, string? Locale, int? ExpiresInMinutes, int? Length, bool? Letters, bool? Deliver, string? From);

    /// <param name="EmailId">The mail's; null without one.</param>
    /// <param name="Code">With `deliver: false` only.</param>
    public sealed record Response(string Object, string Id, string? EmailId, DateTimeOffset ExpiresAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null);

    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpContext context, CurrentProject project, CodeStore codes, MessageIntake intake, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(context.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<Request> parsed = JsonBody.Parse(body, ApiJson.Default.SendCodeRequest);
        if (!parsed.IsSuccess) return parsed.Failure.ToApiError();
        Request request = parsed.Value;
        Result<CodeSubject> subject = CodeSubjects.Of(project, request.Purpose, request.Subject, request.To);
        if (!subject.IsSuccess) return subject.Failure.ToApiError();
        Result<CodeShape> shape = ShapeOf(request);
        if (!shape.IsSuccess) return shape.Failure.ToApiError();

        IssuedCode code = codes.New(shape.Value);
        if (request.Deliver == false)
        {
            if (!project.Scopes.Contains(Scopes.RevealCodes)) return new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"`deliver: false` needs the scope `{Scopes.RevealCodes}`, which this key or role does not have.").ToApiError();
            if (key.Value is not null) return new Failure(FailureKind.Malformed, "invalid_idempotency_key", "An Idempotency-Key cannot be used with `deliver: false`: the answer holds the code, which is stored nowhere. Ask again; the code before works no more then.").ToApiError();
            CodeIssue issue = await codes.StoreAsync(subject.Value, code, null, ct);
            return issue.Issued is null ? Refuse(context, issue, clock) : Answer(new Response("code", code.Id.ToString(), null, code.ExpiresAt, code.Code));
        }

        if (string.IsNullOrWhiteSpace(request.To)) return Failure.Missing("to").ToApiError();
        CodeIssue refused = default;
        IntakeCompanion with = new(
            async (connection, ct) => (refused = await codes.StoreAsync(subject.Value, code, connection, ct)).Issued is null ? CodeSubjects.TooMany : null,
            email => JsonSerializer.Serialize(new Response("code", code.Id.ToString(), email.ToString(), code.ExpiresAt), ApiJson.Default.SendCodeResponse));
        Result<string> accepted = await intake.AcceptWithAsync(project.Sender, MailOf(request, code, shape.Value), key.Value, with, ct);
        if (accepted.IsSuccess)
        {
            LoggedCall.Made(context, accepted.Value);
            return TypedResults.Content(accepted.Value, "application/json");
        }

        return refused.RetryAt is not null ? Refuse(context, refused, clock) : CodeSubjects.Renamed(accepted.Failure).ToApiError();
    }

    private static ContentHttpResult Answer(Response response) => TypedResults.Content(JsonSerializer.Serialize(response, ApiJson.Default.SendCodeResponse), "application/json");

    private static ApiError Refuse(HttpContext context, CodeIssue issue, TimeProvider clock)
    {
        context.Response.Headers.RetryAfter = CodeSubjects.Seconds(issue.RetryAt, clock);
        return CodeSubjects.TooMany.ToApiError();
    }

    private static Result<CodeShape> ShapeOf(Request request)
    {
        int length = request.Length ?? CodeText.Shortest, minutes = request.ExpiresInMinutes ?? (int)CodeShape.UsualLifetime.TotalMinutes;
        if (length is < CodeText.Shortest or > CodeText.Longest) return Failure.Field("length", $"must be {CodeText.Shortest} to {CodeText.Longest}.");
        if (minutes < (int)CodeShape.ShortestLifetime.TotalMinutes || minutes > (int)CodeShape.LongestLifetime.TotalMinutes) return Failure.Field("expires_in_minutes", "must be 1 to 1440 (a day).");
        return new CodeShape(length, request.Letters == true, TimeSpan.FromMinutes(minutes));
    }

    private static EmailRequest MailOf(Request request, IssuedCode code, CodeShape shape)
    {
        Dictionary<string, JsonElement> variables = new(request.Variables ?? []) // ours come last: what the mail says is what was stored
        {
            [CodeVariable] = JsonSerializer.SerializeToElement(code.Code, ApiJson.Default.String),
            [MinutesVariable] = JsonElement.Parse(((int)shape.Lifetime!.Value.TotalMinutes).ToString(CultureInfo.InvariantCulture)),
        };
        return new EmailRequest
        {
            From = request.From, To = [request.To!], Lane = Lane.Critical.Name(), Template = new Mail.Core.Messages.TemplateRequest(request.Template ?? UsualTemplate, variables, request.Locale),
            SecretVariables = [CodeVariable],
        };
    }
}
