namespace Mail.Core.Delivery.Catalogue;

/// <summary>Why a message waits or did not arrive, and what to do about it, for people. The code is stable: for storage, statistics and APIs.</summary>
public sealed record Cause(string Code, CauseText English, CauseText French)
{
    /// <param name="language">A language tag; what is not French is answered in English.</param>
    public CauseText In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Equals("fr", StringComparison.OrdinalIgnoreCase) || language.StartsWith("fr-", StringComparison.OrdinalIgnoreCase) ? French : English;
    }
}

/// <param name="Title">What happened, in one sentence.</param>
/// <param name="Remedy">What to do, or that nothing needs to be done.</param>
public sealed record CauseText(string Title, string Remedy);
