using System.Reflection;

namespace Mail.Hosting.Local.Running;

/// <summary>The project folder of an AppHost, which its build has written into the assembly (Mail.Hosting.Local.targets).</summary>
internal static class AppHostFolder
{
    private const string Key = "apphostprojectpath";

    public static string Of(Assembly appHost) =>
        appHost.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => string.Equals(entry.Key, Key, StringComparison.OrdinalIgnoreCase))?.Value
        ?? AppContext.BaseDirectory;
}
