using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;

namespace Mail.Api.Messages;

/// <summary>GET /emails/{id}/html, /text and /raw: the message as its recipients get it, for a preview.</summary>
public static class GetMessagePart
{
    /// <summary>The mail itself. It is what leaves, or nothing: it is never masked.</summary>
    private const string Raw = "message/rfc822";

    public static void Map(IEndpointRouteBuilder messages)
    {
        messages.MapGet("/{id}/html", HtmlAsync).WithSummary("Get message HTML").RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/html").ProducesApiError(404);
        messages.MapGet("/{id}/text", TextAsync).WithSummary("Get message text").RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/plain").ProducesApiError(404);
        messages.MapGet("/{id}/raw", RawAsync).WithSummary("Get message as sent").RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/plain").ProducesApiError(404);
    }

    /// <param name="scheme">`light` or `dark`: shows the mail as in that scheme, whatever the browser prefers.</param>
    public static Task<IResult> HtmlAsync(string id, HttpContext http, CurrentProject project, MessageReader messages, MessageComposer composer, IHostEnvironment environment, CancellationToken ct, string? scheme = null)
    {
        if (MailPreview.Objection(scheme) is { } objection) return Task.FromResult<IResult>(objection.ToApiError());
        http.Response.Headers.ContentSecurityPolicy = MailPreview.Policy;
        return AnswerAsync(id, http, project, messages, composer, environment, mail => MailPreview.InScheme(mail.Html, scheme), "text/html", ct);
    }

    public static Task<IResult> TextAsync(string id, HttpContext http, CurrentProject project, MessageReader messages, MessageComposer composer, IHostEnvironment environment, CancellationToken ct) =>
        AnswerAsync(id, http, project, messages, composer, environment, mail => mail.Text, "text/plain", ct);

    public static Task<IResult> RawAsync(string id, HttpContext http, CurrentProject project, MessageReader messages, MessageComposer composer, IHostEnvironment environment, CancellationToken ct) =>
        AnswerAsync(id, http, project, messages, composer, environment, mail => Encoding.UTF8.GetString(mail.Mime.Span), Raw, ct);

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext http, CurrentProject project, MessageReader messages, MessageComposer composer, IHostEnvironment environment, Func<ComposedEmail, string?> part, string type, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value) || await messages.FindAsync(project.Id, new MessageId(value), ct) is not { } message) return Failure.NotFound("Email").ToApiError();
        if (message.Envelope.Source == MessageSources.Verification) return Failure.NotFound("This part").ToApiError();
        bool isHidden = HiddenContent.IsIn(message, environment);
        if (isHidden && (type == Raw || HiddenContent.IsAll(message, environment))) return HiddenContent.Refusal.ToApiError();
        string? content;
        try
        {
            content = part(await composer.ComposeAsync(message, ct, masked: isHidden));
        }
        catch (CompositionException e)
        {
            return new Failure(FailureKind.NotFound, "not_found", $"This message cannot be composed: {e.Message}").ToApiError();
        }

        if (content is null) return Failure.NotFound("This part").ToApiError();
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Content(content, type == Raw ? "text/plain" : type, Encoding.UTF8);
    }
}
