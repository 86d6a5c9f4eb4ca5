using System.Reflection;
using System.Text;

namespace Mail.Core.Templates.Editing;

/// <summary>The built-in set as it is written, for who wants to begin with a copy.</summary>
public static class BuiltInSources
{
    /// <summary>The one layout of the set.</summary>
    public const string LayoutKey = "_layout";

    private static readonly Lazy<Dictionary<string, SortedDictionary<string, string>>> _folders = new(ReadFolders);

    /// <summary>Of the templates.</summary>
    public static IEnumerable<string> Keys => _folders.Value.Keys.Where(key => !TemplateFolder.IsLayout(key)).Order(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder) => _folders.Value[folder];

    public static string? File(string folder, string name) => _folders.Value[folder].GetValueOrDefault(name);

    /// <returns>Null when there is no such template.</returns>
    public static TemplateSource? Template(string key) =>
        !TemplateFolder.IsLayout(key) && _folders.Value.TryGetValue(key, out SortedDictionary<string, string>? files) ? TemplateFolder.ReadTemplate(key, files).Value : null;

    /// <returns>Null when there is no such layout.</returns>
    public static LayoutSource? Layout(string key) =>
        TemplateFolder.IsLayout(key) && _folders.Value.TryGetValue(key, out SortedDictionary<string, string>? files) ? TemplateFolder.ReadLayout(key, files).Value : null;

    /// <summary>By folder and file name. They travel within this assembly, so that no host needs the folder.</summary>
    private static Dictionary<string, SortedDictionary<string, string>> ReadFolders()
    {
        Assembly assembly = typeof(BuiltInSources).Assembly;
        Dictionary<string, SortedDictionary<string, string>> folders = new(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            string[] path = resource.Replace('\\', '/').Split('/'); // a build on Windows writes the folder with a backslash
            if (path is not [_, string folder, string file] || !resource.StartsWith("templates", StringComparison.Ordinal)) continue;
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            if (!folders.TryGetValue(folder, out SortedDictionary<string, string>? files)) folders[folder] = files = new(StringComparer.Ordinal);
            files[file] = reader.ReadToEnd().ReplaceLineEndings("\n");
        }

        return folders;
    }
}
