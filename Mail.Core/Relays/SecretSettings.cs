using Microsoft.Extensions.Configuration;

namespace Mail.Core.Relays;

/// <summary>Settings that may stand in a file, as Docker and Kubernetes secrets do: NAME, or the path of its file in NAME_FILE.</summary>
internal sealed class SecretSettings(IConfiguration configuration)
{
    /// <returns>The trimmed value; null when neither is set. An empty one counts as not set: compose files pass those on.</returns>
    /// <exception cref="InvalidRelayException">Both are set and differ, or the file cannot be read. The message holds no value.</exception>
    public string? Read(string name)
    {
        string? value = Trimmed(configuration[name]), path = Trimmed(configuration[$"{name}_FILE"]);
        if (path is null) return value;
        string? content;
        try
        {
            content = Trimmed(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidRelayException($"{name}_FILE names '{path}', which cannot be read: {e.Message}");
        }

        if (content is null) throw new InvalidRelayException($"{name}_FILE names '{path}', which is empty.");
        return value is null || value == content ? content : throw new InvalidRelayException($"{name} and {name}_FILE are both set and differ. Remove one of them.");
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
