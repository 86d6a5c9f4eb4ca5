using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>The addresses in whose name a user sends, as that user.</summary>
/// <param name="user">Whose settings they are.</param>
internal sealed class GmailSettings(GoogleConnection connection, string user)
{
    private static readonly TimeSpan _untilMailbox = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _untilConfirmed = TimeSpan.FromMinutes(10); // a person has to follow a link

    private readonly ProviderClient _gmail = connection.Gmail(user);

    private ProviderWords Words => connection.Words;

    /// <summary>Gives the user's own address its name.</summary>
    /// <returns>The address. A transient problem as long as Gmail is still being set up for the user.</returns>
    public async Task<ProviderOutcome<string>> NameAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<GmailSendAs?> found = await FindAsync(order.Address, ct);
        if (found.Problem is { } problem) return Fresh(problem);
        return found.Value is { } own ? await NameAsync(own, order, ct) : Words.Problem(ProviderProblems.Unavailable, $"Gmail does not know the address {order.Address} yet.", "Nothing to do: it is looked at again by itself.", isTransient: true) with { RetryAfter = _untilMailbox };
    }

    /// <summary>Lets the user send as the order's address.</summary>
    public async Task<ProviderOutcome<string>> AddAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<GmailSendAs?> found = await FindAsync(order.Address, ct);
        if (found.Problem is { } problem) return problem;
        GmailSendAs wish = new() { SendAsEmail = order.Address, DisplayName = order.DisplayName.Length > 0 ? order.DisplayName : null, TreatAsAlias = true };
        GmailSendAs? own = found.Value;
        if (own is null)
        {
            ProviderOutcome<GmailSendAs> made = await _gmail.ReadAsync(ProviderCall.Json(HttpMethod.Post, Address(""), wish, GoogleJson.Default.GmailSendAs), GoogleJson.Default.GmailSendAs, ct);
            if (made.Problem is { } refused)
                return refused.Code == ProviderProblems.MailboxExists ? refused with { Code = ProviderProblems.Unavailable, IsTransient = true, RetryAfter = _untilMailbox, Remedy = "Nothing to do: it is tried again by itself." } : refused; // made a moment ago, and not yet shown
            own = made.Value;
        }

        if (own.VerificationStatus == "pending")
            return Words.Problem(ProviderProblems.Unavailable, $"Gmail waits for somebody to confirm that {user} may send as {order.Address}.", $"Open the mail that Google has sent to {order.Address}, which {user} reads, and follow its link.", isTransient: true) with { RetryAfter = _untilConfirmed };
        return await NameAsync(own, order, ct);
    }

    /// <returns>Whether there was one.</returns>
    public Task<ProviderOutcome<bool>> RemoveAsync(string address, CancellationToken ct) => _gmail.DeleteAsync(Address($"/{Uri.EscapeDataString(address)}"), ct);

    private async Task<ProviderOutcome<string>> NameAsync(GmailSendAs own, MailboxOrder order, CancellationToken ct)
    {
        if (order.DisplayName.Length == 0 || own.DisplayName == order.DisplayName) return order.Address;
        ProviderOutcome<GmailSendAs> named = await _gmail.ReadAsync(
            ProviderCall.Json(HttpMethod.Patch, Address($"/{Uri.EscapeDataString(order.Address)}"), new GmailSendAs { DisplayName = order.DisplayName }, GoogleJson.Default.GmailSendAs), GoogleJson.Default.GmailSendAs, ct);
        return named.Problem is { } problem ? problem : order.Address;
    }

    private Task<ProviderOutcome<GmailSendAs?>> FindAsync(string address, CancellationToken ct) => _gmail.FindAsync(ProviderCall.Get(Address($"/{Uri.EscapeDataString(address)}")), GoogleJson.Default.GmailSendAs, ct);

    private Uri Address(string rest) => new(connection.GmailRoot, $"users/me/settings/sendAs{rest}");

    /// <summary>Google's login hears of a new user later than the directory: no reason yet to undo anything.</summary>
    private static ProviderProblem Fresh(ProviderProblem problem) =>
        problem.ProviderCode?.EndsWith(GoogleLoginProblems.UnknownUser, StringComparison.Ordinal) == true ? problem with { Code = ProviderProblems.Unavailable, IsTransient = true, RetryAfter = _untilMailbox } : problem;
}
