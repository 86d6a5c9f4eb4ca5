namespace Mail.Core.Suppressions;

/// <summary>What a sender calls the kinds of its mail that people can unsubscribe from one by one.</summary>
public static class Topics
{
    private const int Longest = 128;

    /// <returns>What is wrong with it, as the end of a sentence; null when it can be used.</returns>
    public static string? Problem(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.Length is 0 or > Longest || !topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
            ? $"must be 1 to {Longest} ASCII letters, digits, dashes, underscores, dots or colons."
            : null;
    }
}
