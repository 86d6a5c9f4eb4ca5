using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.GoLive;

/// <summary>One thing that has to be in order before real people get mail.</summary>
/// <param name="Rule">Its stable name, what has to be, and what to do when it is not.</param>
/// <param name="Seen">What was found, in English. No secret, no address of a person.</param>
public sealed record GoLiveCheck(Cause Rule, bool IsOk, string Seen);

/// <param name="Checks">In the order in which a person should see to them.</param>
public sealed record GoLiveReport(IReadOnlyList<GoLiveCheck> Checks)
{
    public bool IsOk => Checks.All(check => check.IsOk);
}
