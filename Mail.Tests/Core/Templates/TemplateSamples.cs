using System.Text.Json;
using Mail.Core.Templates;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Templates;

/// <summary>The committed set and its samples, as these tests need them.</summary>
internal static class TemplateSamples
{
    public static readonly TemplateCatalog Catalog = new();

    public static readonly TemplateRenderer Renderer = new(Options.Create(new TemplateOptions()));

    /// <summary>templates/ in the source tree; the test assembly lies some levels below the solution.</summary>
    public static readonly string Folder = Path.Combine(SolutionFolder(), "templates");

    public static PublishedTemplate PasswordReset => Catalog.Find("password-reset")!;

    public static TheoryData<string, string> EveryTemplateAndLocale()
    {
        TheoryData<string, string> rows = [];
        foreach (PublishedTemplate template in Catalog.All)
            foreach (string locale in template.Locales)
                rows.Add(template.Key, locale);
        return rows;
    }

    public static Dictionary<string, JsonElement> Sample(string key) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Path.Combine(Folder, key, "sample.json")))!;

    /// <summary>What a folder's own file of texts says.</summary>
    public static Dictionary<string, string> Texts(string key, string locale) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, key, $"strings.{locale}.json")))!;

    public static IEnumerable<string> OwnTexts(string key, string locale) => Texts(key, locale).Keys;

    public static IEnumerable<string> LayoutVariables => BuiltInTemplates.LayoutVariables().Select(variable => variable.Name);

    public static Dictionary<string, JsonElement> Variables(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    public static RenderedEmail RenderSample(string key, string locale) => Renderer.Render(Catalog.Find(key)!, Sample(key), locale);

    private static string SolutionFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mail.Aspire.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Mail.Aspire.sln above {AppContext.BaseDirectory}.");
    }
}
