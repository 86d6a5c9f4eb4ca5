using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Templates.Editing;

/// <summary>
/// A template, or a layout, as the files of a folder: the form in which the built-in set stands in templates/, and in which a project's templates go from one
/// environment to another.
/// </summary>
public static class TemplateFolder
{
    private const string Manifest = "template.json";
    private const string LayoutManifest = "layout.json";
    private const string Footer = "footer.hbs";
    private const string StringsPrefix = "strings.";

    private static readonly JsonSerializerOptions _format = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the files are read by people, and go into no page
        WriteIndented = true,
    };

    /// <summary>Whether a folder of this name is a layout.</summary>
    public static bool IsLayout(string folder) => folder.StartsWith('_');

    /// <param name="files">By name within the folder. `template.html` is left out: it is what the design compiles to.</param>
    public static Result<TemplateSource> ReadTemplate(string folder, IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            if (!files.ContainsKey(Manifest)) return Missing($"{folder}/{Manifest}");
            ManifestFile manifest = Parse<ManifestFile>(folder, Manifest, files);
            RequireKnown(manifest.Variables, $"{folder}/{Manifest}");
            if (manifest.Key is { } key && key != folder) return Failure.Field($"{folder}/{Manifest}", $"has the key {key}; it must be the folder's name.");
            string? mjml = files.GetValueOrDefault("template.mjml");
            return new TemplateSource
            {
                Name = manifest.Name, Lane = manifest.Lane ?? Lane.Normal, Unsubscribe = manifest.Unsubscribe ?? false, Tracking = manifest.Tracking ?? true, DefaultLocale = manifest.DefaultLocale ?? PublishedTemplate.FallbackLocale,
                Layout = manifest.Layout ?? (mjml?.Contains("../_layout/", StringComparison.Ordinal) == true ? "_layout" : null),
                Mjml = mjml, Html = mjml is null ? files.GetValueOrDefault("template.html") : null, Text = files.GetValueOrDefault("text.hbs"),
                Strings = ReadStrings(folder, files), Variables = manifest.Variables ?? [],
                Sample = files.ContainsKey("sample.json") ? Parse<Dictionary<string, JsonElement>>(folder, "sample.json", files) : [],
            };
        }
        catch (JsonException e)
        {
            return Failure.Field(e.Path ?? folder, $"cannot be read: {e.Message}");
        }
    }

    public static Result<LayoutSource> ReadLayout(string folder, IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            Dictionary<string, string> partials = files.Where(file => file.Key.EndsWith(".mjml", StringComparison.Ordinal) || !file.Key.Contains('.', StringComparison.Ordinal)).ToDictionary(file => $"../{folder}/{file.Key}", file => file.Value);
            Dictionary<string, VariableSource> variables = files.ContainsKey(LayoutManifest) ? Parse<LayoutFile>(folder, LayoutManifest, files).Variables : [];
            RequireKnown(variables, $"{folder}/{LayoutManifest}");
            return new LayoutSource(partials, files.GetValueOrDefault(Footer), ReadStrings(folder, files), variables);
        }
        catch (JsonException e)
        {
            return Failure.Field(e.Path ?? folder, $"cannot be read: {e.Message}");
        }
    }

    /// <param name="ordered">Whether names stand in their own order and not in their author's, so that the same template gives the same files.</param>
    public static SortedDictionary<string, string> Write(string key, TemplateSource source, bool ordered = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        SortedDictionary<string, string> files = new(StringComparer.Ordinal)
        {
            [Manifest] = Text(new ManifestFile(key, source.Name, source.Lane, source.Variables.Count == 0 ? null : Variables(source.Variables, ordered), source.Unsubscribe ? true : null,
                source.Tracking ? null : false, source.DefaultLocale == PublishedTemplate.FallbackLocale ? null : source.DefaultLocale, source.Layout)),
        };
        if (source.Mjml is not null) files["template.mjml"] = source.Mjml;
        if (source.Html is not null) files["template.html"] = source.Html;
        if (source.Text is not null) files["text.hbs"] = source.Text;
        if (source.Sample.Count > 0) files["sample.json"] = ordered ? Text(OrderedJson.Of(source.Sample)) : Text(source.Sample);
        WriteStrings(files, source.Strings, ordered);
        return files;
    }

    public static SortedDictionary<string, string> Write(string key, LayoutSource layout, bool ordered = false)
    {
        ArgumentNullException.ThrowIfNull(layout);
        string prefix = $"../{key}/";
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach ((string path, string partial) in layout.Partials) files[path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path[(path.LastIndexOf('/') + 1)..]] = partial;
        if (layout.Footer is not null) files[Footer] = layout.Footer;
        if (layout.Variables.Count > 0) files[LayoutManifest] = Text(new LayoutFile(Variables(layout.Variables, ordered)));
        WriteStrings(files, layout.Strings, ordered);
        return files;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ReadStrings(string folder, IReadOnlyDictionary<string, string> files)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> strings = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in files.Keys.Where(name => name.StartsWith(StringsPrefix, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)))
        {
            Dictionary<string, string> texts = Parse<Dictionary<string, string>>(folder, name, files);
            if (texts.Values.Any(text => text is null)) throw new JsonException("A text must not be null; leave it out to have the default language's shown.", $"{folder}/{name}", null, null);
            strings[name[StringsPrefix.Length..^".json".Length]] = texts;
        }

        return strings;
    }

    private static void WriteStrings(SortedDictionary<string, string> files, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> strings, bool ordered)
    {
        foreach ((string locale, IReadOnlyDictionary<string, string> texts) in strings) files[$"{StringsPrefix}{locale}.json"] = ordered ? Text(new SortedDictionary<string, string>(texts.ToDictionary(), StringComparer.Ordinal)) : Text(texts);
    }

    private static Dictionary<string, VariableSource> Variables(IReadOnlyDictionary<string, VariableSource> variables, bool ordered) => ordered ? Ordered(variables) : new(variables);

    private static Dictionary<string, VariableSource> Ordered(IReadOnlyDictionary<string, VariableSource> variables) => variables.OrderBy(variable => variable.Key, StringComparer.Ordinal)
        .ToDictionary(variable => variable.Key, variable => variable.Value with { Default = variable.Value.Default is { } value ? OrderedJson.Of(value) : null, Fields = variable.Value.Fields is { } fields ? Ordered(fields) : null });

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, _format).ReplaceLineEndings("\n") + "\n";

    private static T Parse<T>(string folder, string name, IReadOnlyDictionary<string, string> files)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(files[name], _format) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new JsonException(e.Message, $"{folder}/{name}", e.LineNumber, e.BytePositionInLine, e);
        }
    }

    /// <exception cref="JsonException">A variable is null.</exception>
    private static void RequireKnown(IReadOnlyDictionary<string, VariableSource>? variables, string file)
    {
        foreach ((string name, VariableSource? variable) in variables ?? new Dictionary<string, VariableSource>())
        {
            if (variable is null) throw new JsonException($"The variable `{name}` must not be null.", file, null, null);
            RequireKnown(variable.Fields, file);
        }
    }

    private static Failure Missing(string file) => Failure.Field(file, "is missing.");

    private sealed record ManifestFile(
        string? Key, string Name, Lane? Lane = null, Dictionary<string, VariableSource>? Variables = null, bool? Unsubscribe = null, bool? Tracking = null, string? DefaultLocale = null,
        string? Layout = null);

    private sealed record LayoutFile(Dictionary<string, VariableSource> Variables);
}
