using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Messages;

namespace Mail.Core.Templates;

/// <summary>The set in templates/, embedded into this assembly when it is built, so that no host needs the folder.</summary>
internal static class BuiltInTemplates
{
    private const string Root = "templates/";
    private const string LayoutFolder = Root + "_layout/";
    private const string StringsPrefix = "strings.";

    private static readonly JsonSerializerOptions _format = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <exception cref="InvalidDataException">A template of the set is incomplete or contradicts itself: a defect of the build.</exception>
    public static IReadOnlyList<PublishedTemplate> Load()
    {
        SortedDictionary<string, string> files = ReadResources();
        return [.. files.Keys.Where(name => name.EndsWith("/template.json", StringComparison.Ordinal)).Select(name => Read(files, name[..(name.LastIndexOf('/') + 1)]))];
    }

    /// <summary>The variables of the shared layout: what the header and the footer of every template show of the sender.</summary>
    public static IReadOnlyList<TemplateVariable> LayoutVariables() => LayoutVariables(ReadResources());

    private static PublishedTemplate Read(SortedDictionary<string, string> files, string folder)
    {
        TemplateFile manifest = Parse<TemplateFile>(files, folder + "template.json");
        if (folder != $"{Root}{manifest.Key}/") throw new InvalidDataException($"{folder}template.json has the key {manifest.Key}; it must be the folder's name.");

        Dictionary<string, IReadOnlyDictionary<string, string>> strings = Strings(files, folder);
        if (!strings.ContainsKey(PublishedTemplate.FallbackLocale)) throw new InvalidDataException($"{folder} has no {StringsPrefix}{PublishedTemplate.FallbackLocale}.json.");
        TemplateVariable[] own = [.. Variables(manifest.Variables)];
        IEnumerable<TemplateVariable> shared = LayoutVariables(files).Where(variable => own.All(mine => mine.Name != variable.Name));
        return new PublishedTemplate(
            manifest.Key, Version(files, folder), manifest.Name, manifest.Lane, [.. own, .. shared],
            File(files, folder + "template.html"), File(files, folder + "text.hbs") + File(files, LayoutFolder + "footer.hbs"), strings)
        { Unsubscribe = manifest.Unsubscribe, Tracking = manifest.Tracking };
    }

    /// <summary>A template's texts over those of the layout, for each language that the template has.</summary>
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Strings(SortedDictionary<string, string> files, string folder)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> strings = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in files.Keys.Where(name => name.StartsWith(folder + StringsPrefix, StringComparison.Ordinal)))
        {
            string locale = name[(folder.Length + StringsPrefix.Length)..^".json".Length];
            if (!Locale.IsWellFormed(locale)) throw new InvalidDataException($"{name}: {locale} is not a language tag.");
            string shared = LayoutFolder + StringsPrefix + locale + ".json";
            Dictionary<string, string> texts = files.ContainsKey(shared) ? Parse<Dictionary<string, string>>(files, shared) : [];
            foreach ((string key, string text) in Parse<Dictionary<string, string>>(files, name)) texts[key] = text;
            strings[locale] = texts;
        }
        return strings;
    }

    /// <summary>The first 12 hexadecimal digits of a hash over all that decides how the mail looks.</summary>
    private static string Version(SortedDictionary<string, string> files, string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string content) in files)
        {
            if (!name.StartsWith(LayoutFolder, StringComparison.Ordinal) && !name.StartsWith(folder, StringComparison.Ordinal)) continue;
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0{content}"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static IReadOnlyList<TemplateVariable> LayoutVariables(SortedDictionary<string, string> files) =>
        Variables(Parse<LayoutFile>(files, LayoutFolder + "layout.json").Variables);

    private static IReadOnlyList<TemplateVariable> Variables(Dictionary<string, VariableFile> declared) =>
        [.. declared.Select(entry => Variable(entry.Key, entry.Value))];

    private static TemplateVariable Variable(string name, VariableFile declared)
    {
        IReadOnlyList<TemplateVariable> fields = Variables(declared.Fields ?? []);
        if (declared.Type is TemplateVariableType.List != fields.Count > 0) throw new InvalidDataException($"The variable {name} must have fields if it is a list, and only then.");
        if (fields.Any(field => field.Type is TemplateVariableType.List)) throw new InvalidDataException($"The list {name} has a list among its fields; a mail has room for one dimension.");
        return new TemplateVariable(name, declared.Type, declared.Required, declared.Default) { Fields = fields };
    }

    private static T Parse<T>(SortedDictionary<string, string> files, string name) =>
        JsonSerializer.Deserialize<T>(File(files, name), _format) ?? throw new InvalidDataException($"{name} is empty.");

    private static string File(SortedDictionary<string, string> files, string name) =>
        files.TryGetValue(name, out string? content) ? content : throw new InvalidDataException($"{name} is not in the built-in set.");

    private static SortedDictionary<string, string> ReadResources()
    {
        Assembly assembly = typeof(BuiltInTemplates).Assembly;
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            // A build on Windows writes the folder with a backslash.
            string name = resource.Replace('\\', '/');
            if (!name.StartsWith(Root, StringComparison.Ordinal)) continue;
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            files[name] = reader.ReadToEnd().ReplaceLineEndings("\n");
        }
        return files;
    }

    private sealed record TemplateFile(string Key, string Name, Lane Lane, Dictionary<string, VariableFile> Variables, bool Unsubscribe = false, bool Tracking = true);

    private sealed record LayoutFile(Dictionary<string, VariableFile> Variables);

    private sealed record VariableFile(TemplateVariableType Type, string Description, bool Required = false, JsonElement Default = default, Dictionary<string, VariableFile>? Fields = null);
}
