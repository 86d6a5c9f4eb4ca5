using System.Text.Json;
using System.Threading.RateLimiting;
using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>POST /templates/{id}/test: sends the draft, or a version, as it is rendered now, to one address. It goes the way of every mail: senders are checked, suppressed recipients get nothing.</summary>
public static class SendTestMail
{
    public const int PerMinute = 5;

    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/{id}/test", Handle).IsNotAudited("it is a message like any other").ForTestKeys(TestKeyReach.All).RequireScope(Scopes.WriteTemplates).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(429).ProducesApiError(503);

    /// <param name="To">One address.</param>
    /// <param name="From">The installation's default sender when it is not given.</param>
    /// <param name="Locale">A language tag; the template's default language when it is not given.</param>
    /// <param name="Variables">What they lack is taken from the sample.</param>
    /// <param name="Version">A published version; the draft when it is not given.</param>
    public sealed record Request(string? To, string? From, string? Locale, Dictionary<string, JsonElement>? Variables, int? Version);

    /// <param name="Id">Of the message: GET /emails/{id} tells what became of it.</param>
    public sealed record Response(string Id, string Subject, string Locale);

    public static async Task<Results<Ok<Response>, UnprocessableEntity<TemplateRefusal>, ApiError>> Handle(
        string id, HttpRequest http, CurrentProject project, TemplateSetup setup, TemplateDirectory directory, TemplateRenderer renderer, MessageIntake intake, TestMailLimit limit, CancellationToken ct)
    {
        if (!project.Scopes.Contains(Scopes.SendMessages))
            return new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"A test mail needs the scope `{Scopes.SendMessages}` too, which this key or role does not have.").ToApiError();
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.TestMailRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Request test = request.Value;
        if (string.IsNullOrWhiteSpace(test.To)) return Failure.Missing("to").ToApiError();
        if (test.Locale is { } locale && !Locale.IsWellFormed(locale)) return Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.").ToApiError();
        Results<Ok<RenderTemplate.Response>, UnprocessableEntity<TemplateRefusal>, ApiError> rendered =
            await RenderTemplate.RenderStoredAsync(id, new RenderTemplate.Request(test.Locale, test.Variables, test.Version, null), project, setup, directory, renderer, ct);
        if (rendered.Result is ApiError refused) return refused;
        if (rendered.Result is UnprocessableEntity<TemplateRefusal> defect) return defect;
        RenderTemplate.Response mail = ((Ok<RenderTemplate.Response>)rendered.Result).Value!;
        if (!limit.TryTake(project.Id)) return new Failure(FailureKind.TooMany, "rate_limit_exceeded", $"At most {PerMinute} test mails a minute are sent for a project.").ToApiError();

        string subject = $"[Test] {mail.Subject}";
        EmailRequest email = new()
        {
            From = test.From, To = [test.To], Subject = subject, Html = mail.Html, Text = mail.Text, Lane = Lane.Normal.Name(), Tracking = new TrackingRequest(false, false), Unsubscribe = false,
            Tags = [new TagRequest("template_test", "true")],
        };
        Result<string> accepted = await intake.AcceptAsync(project.Sender, email, null, ct);
        if (!accepted.IsSuccess) return accepted.Failure.ToApiError();
        using JsonDocument answer = JsonDocument.Parse(accepted.Value);
        return TypedResults.Ok(new Response(answer.RootElement.GetProperty("id").GetString()!, subject, mail.Locale));
    }
}

/// <summary>Who writes a template looks at a few mails; the rest is sending, which has an endpoint of its own. Counted by each node for itself.</summary>
public sealed class TestMailLimit : IDisposable
{
    private readonly PartitionedRateLimiter<ProjectId> _limiter = PartitionedRateLimiter.Create<ProjectId, ProjectId>(project =>
        RateLimitPartition.GetFixedWindowLimiter(project, _ => new FixedWindowRateLimiterOptions { PermitLimit = SendTestMail.PerMinute, Window = TimeSpan.FromMinutes(1) }));

    public bool TryTake(ProjectId project)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(project);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
