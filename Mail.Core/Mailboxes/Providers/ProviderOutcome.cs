namespace Mail.Core.Mailboxes.Providers;

/// <summary>Why a provider did not do it.</summary>
/// <param name="Code">One of <see cref="ProviderProblems"/>: part of the API.</param>
/// <param name="Detail">What the provider said, for people, without secrets.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
/// <param name="IsTransient">The same call may succeed later: it is repeated. Otherwise what was made is undone.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
public sealed record ProviderProblem(string Code, string Detail, string Remedy, bool IsTransient, TimeSpan? RetryAfter = null)
{
    /// <summary>The provider's own code or status, such as `429 TooManyRequests`.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>No answer came, or one that nobody can read: the provider may have acted.</summary>
    public bool IsUnknown { get; init; }
}

/// <summary>The codes of <see cref="ProviderProblem"/>.</summary>
public static class ProviderProblems
{
    public const string LoginRefused = "provider_login_refused"; // invalid grant, key, signature
    public const string Forbidden = "provider_permission_missing";
    public const string QuotaExceeded = "provider_quota_exceeded";
    public const string MailboxExists = "mailbox_exists";
    public const string LicenceMissing = "provider_licence_missing";
    public const string DomainNotVerified = "provider_domain_not_verified";
    public const string Throttled = "provider_throttled";
    public const string Unavailable = "provider_unavailable"; // 5xx, no connection, no answer
    public const string Unreadable = "provider_answer_unreadable"; // HTML in place of JSON
    public const string Refused = "provider_refused"; // anything else that the provider will refuse again
    public const string Settings = "provider_settings_invalid";

    /// <summary>What was there is gone: somebody removed it at the provider.</summary>
    public const string Gone = "provider_account_gone";
}

/// <summary>What came of a call to a provider: its value, or its problem.</summary>
public readonly record struct ProviderOutcome<T>
{
    private readonly T? _value;

    private ProviderOutcome(T? value, ProviderProblem? problem) => (_value, Problem) = (value, problem);

    public ProviderProblem? Problem { get; }

    public bool IsSuccess => Problem is null;

    /// <exception cref="InvalidOperationException">There is a problem in its place.</exception>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"There is no value: {Problem.Code}.");

    public static implicit operator ProviderOutcome<T>(T value) => new(value, null);

    public static implicit operator ProviderOutcome<T>(ProviderProblem problem) => new(default, problem);
}
