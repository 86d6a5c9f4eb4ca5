using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Usage;

namespace Mail.Api.Mailboxes;

/// <summary>The answer that makes a mailbox, or gives it new credentials.</summary>
/// <param name="Success">False while it is being made: then `waiting_for` says what is waited for.</param>
/// <param name="Credentials">Shown in this answer and in no other one; null while there are none, or when they were shown.</param>
/// <param name="Webmail">Where people read it; null when nowhere.</param>
public sealed record MailboxMade(bool Success, string Email, CredentialsResponse? Credentials, Uri? Webmail, string Id, string Status, WaitFacts? WaitingFor);

/// <summary>How mailboxes are shown: with what was sent as them, and with credentials where these are given.</summary>
public sealed class MailboxAnswers(MailboxSetup setup, MailboxSends sends)
{
    public async Task<MailboxResponse> OfAsync(Mailbox mailbox, CancellationToken ct) => (await OfAsync([mailbox], ct))[0];

    public async Task<IReadOnlyList<MailboxResponse>> OfAsync(IReadOnlyList<Mailbox> mailboxes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailboxes);
        if (mailboxes.Count == 0) return [];
        IReadOnlyDictionary<Guid, SentCounts> sent = await sends.CountAsync(mailboxes[0].ProjectId, [.. mailboxes.Select(mailbox => mailbox.Id)], ct);
        return [.. mailboxes.Select(mailbox => MailboxResponse.Of(mailbox, sent.GetValueOrDefault(mailbox.Id)))];
    }

    /// <summary>With its credentials, if nobody has seen them; 202 while it is not ready.</summary>
    /// <param name="done">The status when it is.</param>
    public async Task<IResult> MadeAsync(MailboxCaller caller, Mailbox mailbox, int done, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(mailbox);
        if (mailbox.Goal is not null) return Answer(new MailboxMade(false, mailbox.Address, null, null, mailbox.Id.ToString(), mailbox.State.Name(), WaitFacts.Of(mailbox)), StatusCodes.Status202Accepted);
        MailboxCredentials? credentials = null;
        if (mailbox is { State: MailboxState.Active, HasCredentials: true })
        {
            Result<MailboxCredentials> taken = await setup.TakeCredentialsAsync(caller.Access, mailbox.Id, caller.Actor, ct);
            if (taken.IsSuccess) credentials = taken.Value; // else somebody else has just seen them
        }

        return Answer(
            new MailboxMade(mailbox.State is MailboxState.Active, mailbox.Address, credentials is null ? null : CredentialsResponse.Of(credentials), credentials?.Webmail, mailbox.Id.ToString(), mailbox.State.Name(), null), done);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<MailboxMade> Answer(MailboxMade made, int status) => TypedResults.Json(made, ApiJson.Readable.MailboxMade, statusCode: status);
}
