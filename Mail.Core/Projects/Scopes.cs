namespace Mail.Core.Projects;

/// <summary>What a key, or a member's role, allows.</summary>
public static class Scopes
{
    public const string SendMessages = "emails:send";
    public const string ReadMessages = "emails:read";

    /// <summary>Every scope.</summary>
    public static readonly IReadOnlyList<string> All = [SendMessages, ReadMessages];

    /// <summary>What a member may do in the console.</summary>
    public static IReadOnlyList<string> Of(ProjectRole role) => role is ProjectRole.Viewer ? [ReadMessages] : All;
}
