using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Api.Mailboxes.Connections;

/// <summary>A connection to a provider of mailboxes as the API shows it.</summary>
/// <param name="Settings">By the fields of its kind; a secret is `{"set": true}` and never its value. Null when they can no longer be decrypted.</param>
/// <param name="Quota">What is used of what the provider allows, as it last said; null while it has not.</param>
/// <param name="Problem">Why the provider could not be asked the last time; null when it could.</param>
/// <param name="Revision">Grows with every change; a PATCH that names it is refused when somebody else was faster.</param>
public sealed record ConnectionResponse(
    string Object, string Id, string Name, string Kind, bool Enabled, IReadOnlyDictionary<string, object?>? Settings, QuotaFacts? Quota, ProblemFacts? Problem, int Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>What is told of a secret.</summary>
    public sealed record SecretState(bool Set);

    public static ConnectionResponse Of(MailboxConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionResponse(
            "mailbox_connection", connection.Id.ToString(), connection.Name, connection.Kind, connection.IsEnabled,
            connection.Settings?.ToDictionary(one => one.Key, one => one.Value.IsSecret ? (object?)new SecretState(true) : one.Value.Value),
            QuotaFacts.Of(connection.Quota, connection.QuotaAt), ProblemFacts.Of(connection.Problem), connection.Revision, connection.CreatedAt, connection.ChangedAt);
    }
}

/// <summary>A number that the provider does not tell is null. The day and the month are the provider's.</summary>
/// <param name="Used">The largest part that is used of a limit: 0.8 raises the alert `mailbox_quota_80`.</param>
public sealed record QuotaFacts(long? SentToday, long? DayLimit, long? SentThisMonth, long? MonthLimit, long? Mailboxes, long? MailboxLimit, double? Used, DateTimeOffset At)
{
    public static QuotaFacts? Of(ProviderQuota? quota, DateTimeOffset? at)
    {
        if (quota is null || at is null) return null;
        double?[] parts = [Part(quota.SentToday, quota.DayLimit), Part(quota.SentThisMonth, quota.MonthLimit), Part(quota.Mailboxes, quota.MailboxLimit)];
        return new QuotaFacts(quota.SentToday, quota.DayLimit, quota.SentThisMonth, quota.MonthLimit, quota.Mailboxes, quota.MailboxLimit, parts.Max(), at.Value);
    }

    private static double? Part(long? used, long? limit) => used is { } some && limit is > 0 ? Math.Round((double)some / limit.Value, 4) : null;
}

/// <summary>What hinders, and what to do.</summary>
/// <param name="Code">Such as `provider_licence_missing`.</param>
/// <param name="Message">What the provider said.</param>
/// <param name="ProviderCode">The provider's own.</param>
/// <param name="WillRetry">It is tried again by itself.</param>
public sealed record ProblemFacts(string Code, string Message, string Remedy, string? ProviderCode, bool WillRetry, DateTimeOffset At)
{
    public static ProblemFacts? Of(MailboxProblem? problem) =>
        problem is null ? null : new ProblemFacts(problem.Code, problem.Detail, problem.Remedy, problem.ProviderCode, problem.IsTransient, problem.At);
}
