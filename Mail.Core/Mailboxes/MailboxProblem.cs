using System.Text.Json.Serialization;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>Why a mailbox, or a connection, is not as it should be; as it is stored and shown.</summary>
/// <param name="Code">One of <see cref="ProviderProblems"/>, or <see cref="TookTooLong"/>.</param>
/// <param name="Detail">What the provider said.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="ProviderCode">The provider's own.</param>
/// <param name="IsTransient">It is tried again by itself.</param>
public sealed record MailboxProblem(string Code, string Detail, string Remedy, string? ProviderCode, bool IsTransient, DateTimeOffset At)
{
    /// <summary>What could pass did not for a day.</summary>
    public const string TookTooLong = "mailbox_took_too_long";

    internal static MailboxProblem Of(ProviderProblem problem, DateTimeOffset at) => new(problem.Code, problem.Detail, problem.Remedy, problem.ProviderCode, problem.IsTransient, at);
}

/// <summary>`data` of the webhook events `mailbox.*`. No credentials: those are asked for once, by the API.</summary>
public sealed record MailboxTold(Guid Id, string Email, string State, string Owner, string Provider, MailboxProblem? Problem, DateTimeOffset At, bool Test);

/// <summary>A line of history about a call to a provider.</summary>
public sealed record MailboxStepDetail(string Provider, string? Step, string Status, string? Code, string? Detail, string? ProviderCode, double? Milliseconds, DateTimeOffset? NextAttemptAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MailboxProblem))]
[JsonSerializable(typeof(MailboxTold))]
[JsonSerializable(typeof(MailboxStepDetail))]
[JsonSerializable(typeof(ProviderQuota))]
[JsonSerializable(typeof(MailboxCredentials))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class MailboxJson : JsonSerializerContext;
