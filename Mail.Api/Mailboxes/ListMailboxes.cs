using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Mailboxes.Connections;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes;

/// <summary>GET /mailboxes: what was made last first, by pages; also those that have ended.</summary>
public static class ListMailboxes
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("/", Handle).RequireScope(Scopes.ReadMailboxes);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<MailboxResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="status">`provisioning`, `active`, `suspended`, `deleting`, `deleted` or `failed`.</param>
    /// <param name="provider">Such as `ses`.</param>
    /// <param name="domain">One of /mailbox-domains.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        HttpContext http, CurrentProject project, MailboxStore mailboxes, MailboxProviders providers, MailboxAnswers answers, CancellationToken ct,
        string? limit = null, string? after = null, string? status = null, string? provider = null, string? domain = null)
    {
        ArgumentNullException.ThrowIfNull(mailboxes);
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(answers);
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure.ToApiError();
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a mailbox.").ToApiError();
        MailboxState state = default;
        if (status is not null && !MailboxNames.TryParse(status, out state)) return Failure.Field("status", $"must be one of {string.Join(", ", MailboxNames.States)}.").ToApiError();
        if (provider is not null && providers.Find(provider) is null) return Failure.Field("provider", $"must be one of {string.Join(", ", providers.Kinds.Select(kind => kind.Name))}.").ToApiError();
        string? name = domain is null ? null : MailboxDomainEndpoints.AsciiOf(domain);
        if (domain is not null && name is null) return MailboxDomainEndpoints.NoName.ToApiError();
        (IReadOnlyList<Mailbox> page, bool hasMore) = await mailboxes.ListAsync(caller.Value.Access, count, after is null ? null : afterId, status is null ? null : state, provider, name, ct);
        return TypedResults.Ok(new Response("list", hasMore, await answers.OfAsync(page, ct)));
    }
}
