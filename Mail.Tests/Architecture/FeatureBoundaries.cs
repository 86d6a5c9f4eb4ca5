using System.Reflection;

namespace Mail.Tests.Architecture;

/// <summary>
/// A feature is what stands under one folder, so one namespace, below a root. It uses other features by their public types only;
/// what is shared may be used whole, but uses no feature itself.
/// </summary>
internal static class FeatureBoundaries
{
    /// <returns>One line per breach, empty when all is well.</returns>
    /// <param name="assembly">Where to look.</param>
    /// <param name="root">The namespace above the features, such as `Mail.Core`.</param>
    /// <param name="shared">Features that all others may use whole.</param>
    /// <param name="closed">Those of <paramref name="shared"/> that use no feature but shared ones.</param>
    public static List<string> Breaches(Assembly assembly, string root, string[] shared, string[] closed)
    {
        List<string> breaches = [];
        foreach (Type type in assembly.GetTypes())
        {
            if (Feature(type, root) is not { } feature) continue;
            foreach (Type used in TypeUses.Of(type).Where(used => used.Assembly == assembly))
            {
                if (Feature(used, root) is not { } other || other == feature) continue;
                if (!shared.Contains(other) && !IsPublic(used)) breaches.Add($"{type.FullName} uses {used.FullName}, which is internal to {other}.");
                if (closed.Contains(feature) && !shared.Contains(other)) breaches.Add($"{type.FullName} uses {used.FullName}: {feature} uses no feature.");
            }
        }

        return breaches;
    }

    private static string? Feature(Type type, string root) =>
        type.Namespace is { } space && space.StartsWith($"{root}.", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;

    private static bool IsPublic(Type type) => type.IsVisible;
}
