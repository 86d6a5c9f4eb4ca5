using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes;

/// <summary>GET /api/email/my-accounts: the user's mailboxes, and what was really sent as them.</summary>
public static class ListMyAccounts
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/my-accounts", Handle).RequireScope(Scopes.ReadMailboxes).WithSummary("List a user's mailboxes (old path)")
        .WithDescription("Those that have not ended, the newest first, a thousand at most; all by pages: GET /mailboxes.");

    /// <param name="Status">`provisioning`, `active`, `suspended` or `deleting`.</param>
    /// <param name="EmailsSentToday">Recipients that were reached since midnight UTC.</param>
    /// <param name="EmailsSentMonth">The same since the first of the month.</param>
    public sealed record Account(string Email, string Status, long EmailsSentToday, long EmailsSentMonth, string Id, string DisplayName);

    public sealed record Response(IReadOnlyList<Account> Accounts);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpContext http, CurrentProject project, MailboxStore mailboxes, MailboxSends sends, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailboxes);
        ArgumentNullException.ThrowIfNull(sends);
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure.ToApiError();
        List<Mailbox> own = [];
        Guid? after = null;
        for (bool hasMore = true; hasMore && own.Count < Most;)
        {
            (IReadOnlyList<Mailbox> page, hasMore) = await mailboxes.ListAsync(caller.Value.Own, Most, after, null, null, null, ct);
            own.AddRange(page.Where(mailbox => mailbox.EndedAt is null));
            after = page.Count > 0 ? page[^1].Id : after;
        }

        if (own.Count > Most) own.RemoveRange(Most, own.Count - Most);
        IReadOnlyDictionary<Guid, SentCounts> sent = await sends.CountAsync(project.Id, [.. own.Select(mailbox => mailbox.Id)], ct);
        return TypedResults.Ok(new Response(
            [.. own.Select(mailbox => new Account(mailbox.Address, mailbox.State.Name(), sent.GetValueOrDefault(mailbox.Id).Today, sent.GetValueOrDefault(mailbox.Id).Month, mailbox.Id.ToString(), mailbox.DisplayName))]));
    }
}
