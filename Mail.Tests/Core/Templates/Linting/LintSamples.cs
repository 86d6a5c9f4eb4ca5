using System.Text.Json;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;

namespace Mail.Tests.Core.Templates.Linting;

/// <summary>A mail with nothing to object to, and what is found when something is put into it.</summary>
internal static class LintSamples
{
    public static TemplateSource Source(string content = "", string head = "") => new()
    {
        Name = "Test",
        Html = $$$"""
            <!doctype html>
            <html lang="{{locale}}" dir="{{dir}}"><head><title>Hi</title>{{{head}}}</head>
            <body><div style="display:none">What it is about</div>
            <p>Good morning, this is a mail with some words.</p>
            {{{content}}}
            </body></html>
            """,
        Strings = Subject("Hi"),
    };

    public static Dictionary<string, IReadOnlyDictionary<string, string>> Subject(string subject, string locale = "en") =>
        new() { [locale] = new Dictionary<string, string> { ["subject"] = subject } };

    /// <summary>By one rule, or all.</summary>
    public static IReadOnlyList<TemplateProblem> Lint(TemplateSource source, string? rule = null)
    {
        BuiltTemplate built = new TemplateBuilder(null!, TemplateSamples.Renderer).BuildAsync("test", "v1", source, null, CancellationToken.None).GetAwaiter().GetResult().Value;
        return [.. built.Problems.Where(problem => rule is null || problem.Rule == rule)];
    }

    public static IReadOnlyList<TemplateProblem> Lint(string content, string rule) => Lint(Source(content), rule);

    public static Dictionary<string, VariableSource> Url(string name) => new() { [name] = new(TemplateVariableType.Url, Required: true) };

    public static Dictionary<string, JsonElement> Sample(string name, string value) => new() { [name] = JsonSerializer.SerializeToElement(value) };
}
