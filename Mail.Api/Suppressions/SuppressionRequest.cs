using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Suppressions;

/// <summary>What to put on the list.</summary>
/// <param name="Email">Without it nothing is added.</param>
/// <param name="Reason">`manual` without it.</param>
/// <param name="TopicId">For `manual` and `unsubscribe`: this topic alone.</param>
/// <param name="Note">For people; 500 characters at most.</param>
/// <param name="ExpiresAt">For `manual` and `soft_bounce`: ISO 8601.</param>
public sealed record SuppressionRequest(string? Email, string? Reason, string? TopicId, string? Note, DateTimeOffset? ExpiresAt)
{
    /// <summary>For one entry, or a hundred.</summary>
    public static RequestSizeLimitAttribute SizeLimit { get; } = new(256 * 1024);

    /// <summary>What a test key sends goes nowhere, so what it asks for must not keep real mail from anybody.</summary>
    public static Failure? Refusal(CurrentProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return project.IsTest ? new Failure(FailureKind.Forbidden, "restricted_api_key", "A test key cannot change the suppression list: it would keep real mail from people. Use a live key.") : null;
    }

    /// <param name="path">What stands before a field's name in a refusal.</param>
    public Result<NewSuppression> Read(string path, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Email)) return Failure.Missing(path + "email");
        if (!NormalAddress.TryParse(Email, out string? address, out string? error)) return Failure.Field(path + "email", $"is not an address: {error}");
        SuppressionReason reason = SuppressionReason.Manual;
        if (Reason is not null && !SuppressionReasons.TryParse(Reason, out reason)) return Failure.Field(path + "reason", ReasonProblem);
        NewSuppression entry = new(address, TopicId ?? "", reason, string.IsNullOrWhiteSpace(Note) ? null : Note, ExpiresAt?.ToUniversalTime());
        if (TopicId is { Length: 0 }) return Failure.Field(path + "topic_id", "must not be empty; leave it out for all mail.");
        return entry.Problem(now) is { } problem ? Failure.Field(path + problem.Field, problem.Problem) : entry;
    }

    public static string ReasonProblem { get; } = $"must be one of {string.Join(", ", SuppressionReasons.All.Select(known => known.Name()))}.";
}
