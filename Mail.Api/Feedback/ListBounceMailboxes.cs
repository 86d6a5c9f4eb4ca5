using Mail.Api.Access;
using Mail.Core.Feedback.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Feedback;

/// <summary>GET /bounce-mailboxes: how reading the installation's bounce mailbox goes.</summary>
public static class ListBounceMailboxes
{
    public static void Map(IEndpointRouteBuilder mailboxes) =>
        mailboxes.MapGet("/", Handle).RequireScope(Scopes.ReadAlerts)
            .WithDescription("The mailboxes that workers read bounces from: the installation's, so that only the first project, which is the operator's, sees them.");

    public sealed record Response(string Object, IReadOnlyList<Item> Data);

    /// <param name="Name">Whose it is, and where.</param>
    /// <param name="Status">`ok` or `failing`.</param>
    /// <param name="LookedAt">The last look, whatever came of it: one of long ago means that no worker runs.</param>
    /// <param name="ReadAt">The last look that came to its end.</param>
    /// <param name="FailingSince">Null while it can be read.</param>
    /// <param name="Problem">Why it cannot be read.</param>
    /// <param name="Recorded">How many reports about mail of ours came out of it.</param>
    /// <param name="SetApart">How many mails in it could not be read and are not tried again.</param>
    public sealed record Item(
        string Object, string Name, string Status, DateTimeOffset LookedAt, DateTimeOffset? ReadAt, DateTimeOffset? FailingSince, string? Problem, long Recorded, long SetApart);

    public static async Task<Ok<Response>> Handle(CurrentProject project, MailboxStore mailboxes, CancellationToken ct) => TypedResults.Ok(new Response("list",
    [
        .. (await mailboxes.ListAsync(project.Id, ct)).Select(one => new Item(
            "bounce_mailbox", one.Name, one.FailingSince is null ? "ok" : "failing", one.LookedAt, one.ReadAt, one.FailingSince, one.Problem, one.Recorded, one.SetApart)),
    ]));
}
