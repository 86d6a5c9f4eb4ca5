using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Sandbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Sandbox;

/// <summary>GET /sandbox/messages/{id}: one mail as its recipient would have read it, with its code and links; and its HTML and its octets.</summary>
public static class GetSandboxMessage
{
    public static void Map(IEndpointRouteBuilder sandbox)
    {
        sandbox.MapGet("/messages/{id}", Handle).RequireScope(Scopes.ReadMessages).ProducesApiError(404);
        sandbox.MapGet("/messages/{id}/html", HtmlAsync).WithSummary("Get sandbox message HTML").RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/html").ProducesApiError(404);
        sandbox.MapGet("/messages/{id}/raw", RawAsync).WithSummary("Get sandbox message as captured").RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "message/rfc822").ProducesApiError(404);
    }

    /// <param name="EmailId">The message as `POST /emails` answered it.</param>
    /// <param name="Code">The one-time code that was found in it; null when there is none.</param>
    /// <param name="Links">In their order, each once.</param>
    public sealed record Response(
        string Object, string Id, string EmailId, string To, string From, string Subject, DateTimeOffset CapturedAt, string? Code, IReadOnlyList<ListSandboxMessages.Link> Links,
        string? Html, string? Text, IReadOnlyList<Header> Headers, IReadOnlyList<File> Attachments);

    public sealed record Header(string Name, string Value);

    /// <param name="Bytes">Decoded.</param>
    public sealed record File(string? Filename, string ContentType, int Bytes);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, SandboxInbox inbox, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value) || await inbox.FindAsync(project.Id, value, ct) is not { } mail) return NotFound.ToApiError();
        SandboxSummary summary = mail.Summary;
        return TypedResults.Ok(new Response(
            "sandbox_message", summary.Id.ToString(), summary.MessageId.ToString(), summary.To, summary.From, summary.Subject, summary.CapturedAt, summary.Code, ListSandboxMessages.LinksOf(summary),
            mail.Html, mail.Text, [.. mail.Headers.Select(header => new Header(header.Name, header.Value))], [.. mail.Files.Select(file => new File(file.FileName, file.ContentType, file.Bytes))]));
    }

    /// <param name="scheme">`light` or `dark`: shows the mail as in that scheme, whatever the browser prefers.</param>
    public static async Task<IResult> HtmlAsync(string id, HttpContext http, CurrentProject project, SandboxInbox inbox, CancellationToken ct, string? scheme = null)
    {
        if (MailPreview.Objection(scheme) is { } objection) return objection.ToApiError();
        if (!Guid.TryParse(id, out Guid value) || await inbox.FindAsync(project.Id, value, ct) is not { Html: { } html }) return NotFound.ToApiError();
        MailPreview.Secure(http);
        return TypedResults.Content(MailPreview.InScheme(html, scheme), "text/html", Encoding.UTF8);
    }

    /// <summary>To be kept, never to be shown.</summary>
    public static async Task<IResult> RawAsync(string id, HttpContext http, CurrentProject project, SandboxInbox inbox, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value) || await inbox.RawAsync(project.Id, value, ct) is not { } mime) return NotFound.ToApiError();
        MailPreview.Secure(http);
        return TypedResults.File(mime, "message/rfc822", $"{value}.eml");
    }

    private static Failure NotFound => Failure.NotFound("Message");
}
