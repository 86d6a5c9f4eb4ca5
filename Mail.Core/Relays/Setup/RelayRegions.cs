using System.Text.RegularExpressions;

namespace Mail.Core.Relays.Setup;

/// <summary>The names by which relays say where they process mail, and projects where it must be.</summary>
public static partial class RelayRegions
{
    /// <returns>What is wrong with it, as the end of a sentence; null when nothing is.</returns>
    public static string? Problem(string? region) => region is null || Form().IsMatch(region) ? null : "must be a short name such as `eu`: a-z, 0-9 and `-`, at most 32.";

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex Form();
}
