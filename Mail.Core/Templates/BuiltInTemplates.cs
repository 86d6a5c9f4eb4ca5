using System.Security.Cryptography;
using System.Text;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates;

/// <summary>The set in templates/, compiled when it was committed.</summary>
internal static class BuiltInTemplates
{
    /// <exception cref="InvalidDataException">A template of the set is incomplete or contradicts itself: a defect of the build.</exception>
    public static IReadOnlyList<PublishedTemplate> Load() => [.. BuiltInSources.Keys.Select(Read)];

    /// <summary>The variables of the shared layout: what the header and the footer of every template show of the sender.</summary>
    public static IReadOnlyList<TemplateVariable> LayoutVariables() =>
        [.. BuiltInSources.Layout(BuiltInSources.LayoutKey)!.Variables.Select(variable => variable.Value.Declare(variable.Key))];

    private static PublishedTemplate Read(string key)
    {
        TemplateSource source = BuiltInSources.Template(key)!;
        LayoutSource layout = BuiltInSources.Layout(BuiltInSources.LayoutKey)!;
        if (SourceRules.ProblemWith(source) is { } problem) throw new InvalidDataException($"templates/{key}: {problem.Detail}");
        string html = BuiltInSources.File(key, "template.html") ?? throw new InvalidDataException($"templates/{key} has no template.html; run npm run build in templates/.");
        return TemplateBuilder.Assemble(key, Version(key), source, layout, html, source.Text + layout.Footer);
    }

    /// <summary>The first 12 hexadecimal digits of a hash over all that decides how the mail looks.</summary>
    private static string Version(string key)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string content) in BuiltInSources.Files(BuiltInSources.LayoutKey).Concat(BuiltInSources.Files(key)))
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{content.Length}\0{content}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
