using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Tokens;

/// <summary>A login by access tokens, which a provider's own library gets, keeps and renews in time.</summary>
/// <param name="open">A new credential of the library, with nothing kept: how a token of it is got.</param>
internal sealed class TokenLogin(Func<Func<CancellationToken, Task<string>>> open, ProviderWords words) : IProviderLogin
{
    private Func<CancellationToken, Task<string>> _token = open();

    public async ValueTask<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>> AuthorizeAsync(ProviderCall call, CancellationToken ct)
    {
        try
        {
            string token = await Volatile.Read(ref _token)(ct);
            return (KeyValuePair<string, string>[])[new("Authorization", $"Bearer {token}")];
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (TokenRefusedException.Within(e) is { } problem) return problem;
            return words.Problem(ProviderProblems.Unreadable, $"{words.Title} gave no token that can be used.", "Check the login address of the connection. It is tried again by itself.", isTransient: true) with { ProviderCode = e.GetType().Name };
        }
    }

    /// <summary>The libraries keep a token until its end, also one that was taken back: another credential begins with none.</summary>
    public bool Forget()
    {
        Volatile.Write(ref _token, open());
        return true;
    }
}
