using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>Which resources start: all, or the wanted ones and what they need (to run an API in a debugger beside the rest, say).</summary>
internal static class StartPlan
{
    /// <summary>Setting: names, separated by commas. <c>dotnet run --project Mail.AppHost -- --Local:Only=api</c></summary>
    public const string Setting = "Local:Only";

    /// <exception cref="LocalHostException">A name is unknown.</exception>
    public static IReadOnlyList<ResourceInstance> Choose(IReadOnlyList<ResourceInstance> all, string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted)) return all;
        HashSet<IResource> chosen = [];
        foreach (string name in wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            IResource resource = all.FirstOrDefault(instance => string.Equals(instance.Resource.Name, name, StringComparison.OrdinalIgnoreCase))?.Resource
                ?? throw new LocalHostException($"{Setting} names '{name}', which is no resource. There are: {string.Join(", ", all.Select(instance => instance.Resource.Name).Distinct())}.");
            Add(resource, chosen);
        }

        return [.. all.Where(instance => instance.Resource is ParameterResource || chosen.Contains(instance.Resource))];
    }

    private static void Add(IResource resource, HashSet<IResource> chosen)
    {
        if (!chosen.Add(resource)) return;
        foreach (WaitAnnotation wait in resource.Annotations.OfType<WaitAnnotation>()) Add(wait.Resource, chosen);
        if (resource is IResourceWithParent child) Add(child.Parent, chosen);
    }
}
