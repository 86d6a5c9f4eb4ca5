using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The naming rule of Aspire's ASPIRE006, which the real SDK checks with an analyzer and we check when a resource is made.</summary>
internal static partial class ResourceNames
{
    private const int MaximumLength = 64;

    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > MaximumLength || !Allowed().IsMatch(name))
            throw new ArgumentException(
                $"'{name}' is no resource name: at most {MaximumLength} ASCII letters, digits and single hyphens, beginning with a letter and not ending in a hyphen.",
                nameof(name));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
