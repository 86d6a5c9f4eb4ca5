namespace Mail.Core.Codes;

/// <summary>How a code looks and how long it works.</summary>
/// <param name="Length">6 to 10 characters.</param>
/// <param name="Letters">Capital letters and digits that nobody takes for one another, in place of digits alone.</param>
/// <param name="Lifetime">One minute to 24 hours; 15 minutes without it.</param>
public sealed record CodeShape(int Length = CodeText.Shortest, bool Letters = false, TimeSpan? Lifetime = null)
{
    public static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1), LongestLifetime = TimeSpan.FromHours(24), UsualLifetime = TimeSpan.FromMinutes(15);
}

/// <summary>A code that was made.</summary>
/// <param name="Code">In clear, here only: what is stored is a keyed hash.</param>
public sealed record IssuedCode(Guid Id, string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>Not in a log or a trace.</summary>
    public override string ToString() => $"code {Id}";
}

/// <summary>A code, or why there is none now.</summary>
/// <param name="Issued">Null when too many were asked for, or too many wrong ones were tried.</param>
/// <param name="RetryAt">When the next one may be asked for; null with a code.</param>
public readonly record struct CodeIssue(IssuedCode? Issued, DateTimeOffset? RetryAt);

/// <summary>What became of a try.</summary>
public enum CodeOutcome
{
    /// <summary>It was the code, and is used now.</summary>
    Right,

    /// <summary>It was not the code.</summary>
    Wrong,

    /// <summary>The code's time is over.</summary>
    Expired,

    /// <summary>The code was used before.</summary>
    Used,

    /// <summary>The code was taken back.</summary>
    Revoked,

    /// <summary>The code, or the subject for now, has had its wrong tries. The code was not looked at.</summary>
    TooManyTries,

    /// <summary>There is no code to try.</summary>
    None,

    /// <summary>It was the code, and somebody else who has it is just doing what it allows.</summary>
    Held,
}

/// <param name="TriesLeft">After a wrong try, how many more this code takes. For those who may know: with it, a guesser learns when to ask for another code.</param>
/// <param name="Id">The code's, where there is one.</param>
/// <param name="RetryAt">After too many tries, when the subject's next one is looked at; null where another code is all that is needed.</param>
public readonly record struct CodeCheck(CodeOutcome Outcome, Guid? Id = null, int? TriesLeft = null, DateTimeOffset? RetryAt = null)
{
    public bool IsRight => Outcome is CodeOutcome.Right;
}
