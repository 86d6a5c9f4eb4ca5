using Mail.Api.Access;
using Mail.Api.Suppressions;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;

namespace Mail.Api.Contacts;

/// <summary>
/// Which topics a person wants. There is one truth of it, the suppression list: what the person said behind an unsubscribe link stands here, and what is said here
/// stops mail as that does.
/// </summary>
internal static class ContactPreferences
{
    private const string All = "*", In = "opt_in", Out = "opt_out";
    private const int Most = 100;

    public static Failure? Problem(IReadOnlyDictionary<string, string?>? preferences, CurrentProject project)
    {
        if (preferences is null) return null;
        if (!project.Scopes.Contains(Scopes.WriteSuppressions))
            return new Failure(FailureKind.Unauthenticated, "restricted_api_key", $"`preferences` need the scope `{Scopes.WriteSuppressions}` too, which this key or role does not have.");
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal;
        if (preferences.Count > Most) return Failure.Field("preferences", $"has more than {Most} entries.");
        foreach ((string topic, string? wish) in preferences)
        {
            string path = $"preferences.{topic[..Math.Min(topic.Length, 60)]}";
            if (topic != All && Topics.Problem(topic) is { } problem) return Failure.Field(path, $"{problem.TrimEnd('.')}; or `{All}` for all list mail.");
            if (wish is not (In or Out)) return Failure.Field(path, $"must be `{In}` or `{Out}`.");
        }

        return null;
    }

    /// <summary>What is not named stays.</summary>
    public static Task ApplyAsync(SuppressionList list, ProjectId project, string email, IReadOnlyDictionary<string, string?>? preferences, CancellationToken ct) =>
        preferences is null ? Task.CompletedTask : list.PreferAsync(project, email, preferences.ToDictionary(wish => wish.Key == All ? "" : wish.Key, wish => wish.Value == In), ct);

    /// <summary>A topic that is not there is wanted.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(SuppressionList list, ProjectId project, string email, CancellationToken ct) =>
        (await list.UnsubscribedAsync(project, email, ct)).ToDictionary(topic => topic.Length == 0 ? All : topic, _ => Out);
}
