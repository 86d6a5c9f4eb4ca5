namespace Mail.Core.Mailboxes.Providers.Tokens;

/// <summary>Carries a problem out of a token library, which knows nothing of problems.</summary>
internal sealed class TokenRefusedException(ProviderProblem problem) : Exception(problem.Detail)
{
    public ProviderProblem Problem => problem;

    /// <summary>The one in it, however the library has wrapped it.</summary>
    public static ProviderProblem? Within(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            if (e is TokenRefusedException refused) return refused.Problem;
        return null;
    }
}
