using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Environments;

/// <summary>Templates and layouts as files by path: `password-reset/template.mjml`, `_layout/header.mjml`. Files beside the folders, such as a README, are left out.</summary>
public sealed partial class FolderFiles
{
    /// <summary>Characters of all files, and bytes of a request that brings them.</summary>
    public const int LargestTotal = 32 * 1024 * 1024;

    public const int MostFiles = 20_000;

    private const int LongestPath = 300;

    private FolderFiles(SortedDictionary<string, TemplateSource> templates, SortedDictionary<string, LayoutSource> layouts) => (Templates, Layouts) = (templates, layouts);

    public IReadOnlyDictionary<string, TemplateSource> Templates { get; }

    public IReadOnlyDictionary<string, LayoutSource> Layouts { get; }

    /// <returns>What the folders say; or everything that is wrong with them, one failure for all.</returns>
    public static Result<FolderFiles> Read(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count > MostFiles) return new Failure(FailureKind.TooLarge, "too_large", $"These are more than {MostFiles} files.");
        if (files.Sum(file => (long)(file.Value?.Length ?? 0)) > LargestTotal) return new Failure(FailureKind.TooLarge, "too_large", $"All files together have more than {LargestTotal} characters.");
        Dictionary<string, SortedDictionary<string, string>> folders = new(StringComparer.Ordinal);
        foreach ((string path, string? content) in files)
        {
            if (ProblemWithPath(path) is { } bad) return bad;
            if (content is null) return Failure.Field($"files.{path}", "must be the file's text.");
            int slash = path.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) continue;
            if (!folders.TryGetValue(path[..slash], out SortedDictionary<string, string>? folder)) folders[path[..slash]] = folder = new(StringComparer.Ordinal);
            folder[path[(slash + 1)..]] = content.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        SortedDictionary<string, TemplateSource> templates = new(StringComparer.Ordinal);
        SortedDictionary<string, LayoutSource> layouts = new(StringComparer.Ordinal);
        List<string> problems = [];
        foreach ((string folder, SortedDictionary<string, string> own) in folders.OrderBy(folder => folder.Key, StringComparer.Ordinal))
            if (Take(folder, own, templates, layouts) is { } problem) problems.Add(problem.Detail);
        if (problems.Count > 0) return new Failure(FailureKind.Invalid, "validation_error", string.Join(" ", problems));
        return new FolderFiles(templates, layouts);
    }

    /// <summary>No path leads out of the folder, on no system.</summary>
    public static Failure? ProblemWithPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length <= LongestPath && SafePath().IsMatch(path) ? null
            : Failure.Field($"files.{(path.Length <= 60 ? path : path[..60])}", "is no path of a template's file: it must be like `welcome/template.mjml`, of letters, digits, `.`, `_` and `-`.");
    }

    private static Failure? Take(string folder, SortedDictionary<string, string> files, SortedDictionary<string, TemplateSource> templates, SortedDictionary<string, LayoutSource> layouts)
    {
        if (TemplateFolder.IsLayout(folder))
        {
            if (SourceRules.ProblemWithLayoutKey(folder, folder) is { } wrongKey) return wrongKey;
            if (files.Keys.FirstOrDefault(name => !LayoutFile().IsMatch(name)) is { } strange) return Failure.Field($"{folder}/{strange}", "is no file of a layout; these are: layout.json, footer.hbs, strings.en.json and partials such as header.mjml.");
            Result<LayoutSource> layout = TemplateFolder.ReadLayout(folder, files);
            if (!layout.IsSuccess) return layout.Failure;
            layouts[folder] = layout.Value;
            return In(folder, SourceRules.ProblemWith(layout.Value));
        }

        if (SourceRules.ProblemWithKey(folder, folder) is { } problem) return problem;
        if (files.Keys.FirstOrDefault(name => !TemplateFile().IsMatch(name)) is { } unknown)
            return Failure.Field($"{folder}/{unknown}", "is no file of a template; these are: template.json, template.mjml, template.html, text.hbs, sample.json, strings.en.json.");
        Result<TemplateSource> template = TemplateFolder.ReadTemplate(folder, files);
        if (!template.IsSuccess) return template.Failure;
        templates[folder] = template.Value;
        return In(folder, SourceRules.ProblemWith(template.Value));
    }

    private static Failure? In(string folder, Failure? problem) => problem is null ? null : problem with { Detail = $"{folder}: {problem.Detail}" };

    [GeneratedRegex(@"^(?!\.)[A-Za-z0-9._-]+(?<!\.)(/(?!\.)[A-Za-z0-9._-]+(?<!\.))*\z")]
    private static partial Regex SafePath();

    [GeneratedRegex(@"^(template\.(json|mjml|html)|text\.hbs|sample\.json|strings\.[A-Za-z0-9-]{1,35}\.json|README\.md)\z")]
    private static partial Regex TemplateFile();

    [GeneratedRegex(@"^(layout\.json|footer\.hbs|strings\.[A-Za-z0-9-]{1,35}\.json|README\.md|([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(\.mjml)?)\z")]
    private static partial Regex LayoutFile();
}
