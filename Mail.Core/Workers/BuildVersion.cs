using System.Reflection;

namespace Mail.Core.Workers;

/// <summary>Which build this is, as a person tells builds apart.</summary>
public static class BuildVersion
{
    private const int CommitLength = 8;

    /// <summary>Such as `0.1.0` or `0.1.0+3f2a9c01`.</summary>
    public static string Text { get; } = Short(typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <summary>A commit's whole name says no more than its beginning.</summary>
    internal static string Short(string version)
    {
        int commit = version.IndexOf('+', StringComparison.Ordinal);
        return commit < 0 || version.Length <= commit + 1 + CommitLength ? version : version[..(commit + 1 + CommitLength)];
    }
}
