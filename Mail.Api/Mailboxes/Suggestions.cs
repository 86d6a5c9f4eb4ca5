using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Names;

namespace Mail.Api.Mailboxes;

/// <summary>Five names that are free (BOX-5), beside one that is not.</summary>
public sealed class Suggestions(NameSuggestions names, MailboxSetup setup)
{
    private const int AskedFor = 10;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <param name="isTakenHere">One look at our table is enough then: the names that our table has are those that the provider has. Otherwise the provider has names that we do not know, and is asked for each.</param>
    public async Task<IReadOnlyList<string>> FindAsync(MailboxCaller caller, string username, string domain, bool isTakenHere, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        IReadOnlyList<string> free = await names.FindAsync(caller.Project.Id, domain, username, isTakenHere ? NameSuggestions.Usual : AskedFor, ct);
        if (isTakenHere) return free;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_patience);
        bool[] isTaken = await Task.WhenAll(free.Select(name => IsTakenAsync(caller, name, domain, limit.Token, ct)));
        return [.. free.Where((_, i) => !isTaken[i]).Take(NameSuggestions.Usual)];
    }

    /// <summary>What the provider does not say in time is proposed: it is asked again when the mailbox is made.</summary>
    private async Task<bool> IsTakenAsync(MailboxCaller caller, string name, string domain, CancellationToken limit, CancellationToken ct)
    {
        try
        {
            Result<MailboxAvailability> found = await setup.CheckAsync(caller.Project.Id, caller.User, name, domain, limit);
            return found is { IsSuccess: true, Value.IsAvailable: false };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
