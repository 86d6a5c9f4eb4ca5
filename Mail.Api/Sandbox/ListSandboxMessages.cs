using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Sandbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Sandbox;

/// <summary>GET /sandbox/messages: what test keys have sent, newest first; waits for it where it is asked to.</summary>
public static class ListSandboxMessages
{
    public static void Map(IEndpointRouteBuilder sandbox) => sandbox.MapGet("/messages", Handle).RequireScope(Scopes.ReadMessages).ProducesApiError(429);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Item> Data);

    /// <param name="EmailId">The message as `POST /emails` answered it; one to several people comes once for each of them.</param>
    /// <param name="Code">The one-time code that was found in it; null when there is none.</param>
    public sealed record Item(string Object, string Id, string EmailId, string To, string From, string Subject, DateTimeOffset CapturedAt, string? Code, IReadOnlyList<Link> Links);

    /// <param name="Text">What its reader clicks.</param>
    public sealed record Link(string Url, string Text);

    /// <param name="to">The recipient's address; a text that is no whole address finds those that contain it.</param>
    /// <param name="subject">Part of the subject.</param>
    /// <param name="wait">How long to wait when there is none, up to `60s`: it answers as soon as one is there, and with an empty list after that time.</param>
    /// <param name="after">Only what came after the message of this id.</param>
    /// <param name="before">Only what came before the message of this id: the next page.</param>
    /// <param name="limit">1 to 100; 20 without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, SandboxWaiting waiting, CancellationToken ct, string? to = null, string? subject = null, string? wait = null, string? after = null, string? before = null, string? limit = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        if ((SandboxQuery.Text("to", to) ?? SandboxQuery.Text("subject", subject)) is { } unreadable) return unreadable.ToApiError();
        (Result<TimeSpan> longest, Result<Guid?> afterId, Result<Guid?> beforeId) = (SandboxQuery.Wait(wait), SandboxQuery.Id("after", after), SandboxQuery.Id("before", before));
        if (!longest.IsSuccess) return longest.Failure.ToApiError();
        if (!afterId.IsSuccess) return afterId.Failure.ToApiError();
        if (!beforeId.IsSuccess) return beforeId.Failure.ToApiError();
        Result<(IReadOnlyList<SandboxSummary> Page, bool HasMore)> found = await waiting.ListAsync(project.Id, new SandboxFilter(count, to, subject, afterId.Value, beforeId.Value), longest.Value, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        return TypedResults.Ok(new Response("list", found.Value.HasMore, [.. found.Value.Page.Select(ItemOf)]));
    }

    private static Item ItemOf(SandboxSummary mail) =>
        new("sandbox_message", mail.Id.ToString(), mail.MessageId.ToString(), mail.To, mail.From, mail.Subject, mail.CapturedAt, mail.Code, LinksOf(mail));

    internal static IReadOnlyList<Link> LinksOf(SandboxSummary mail) => [.. mail.Links.Select(link => new Link(link.Url, link.Text))];
}
