using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Mail.Core.Templates;

/// <summary>Turns a template, its variables and a language into subject, HTML and text. Safe for many threads; each version is parsed once per language.</summary>
public sealed class TemplateRenderer
{
    // By the version itself: when nobody holds it any more, its compiled forms go with it.
    private readonly ConditionalWeakTable<PublishedTemplate, ConcurrentDictionary<string, Lazy<CompiledTemplate>>> _compiled = [];
    private readonly Dictionary<string, JsonElement> _layout;

    public TemplateRenderer(IOptions<TemplateOptions> options) =>
        _layout = options.Value.Layout.ToDictionary(entry => entry.Key, entry => JsonSerializer.SerializeToElement(entry.Value), StringComparer.Ordinal);

    /// <summary>What the caller has to mend before a message with these variables can be accepted: a required variable that is missing,
    /// null or blank, a value of the wrong type, or one that is too long. Variables that the template does not declare are let through.</summary>
    /// <returns>Empty when the template can be rendered with them.</returns>
    public IReadOnlyList<TemplateVariableProblem> Validate(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables)
    {
        List<TemplateVariableProblem> problems = [];
        foreach (TemplateVariable variable in template.Variables)
        {
            JsonElement value = Value(variable, variables);
            if (TemplateVariableRules.ProblemWith(variable, value) is not { } problem) continue;
            if (variable.Type is TemplateVariableType.List && !TemplateVariableRules.IsMissing(value)) problems.AddRange(TemplateLists.ProblemsWith(variable, value));
            else problems.Add(problem);
        }
        return problems;
    }

    /// <param name="template">From the catalog, or the version that a message was pinned to.</param>
    /// <param name="variables">As validated at acceptance.</param>
    /// <param name="locale">A BCP 47 tag; the nearest language that the template has is used, else English.</param>
    /// <exception cref="ArgumentException">The variables would not pass <see cref="Validate"/>: a mail with a blank where its code belongs must never leave.</exception>
    /// <exception cref="TemplateDefectException">The template itself is wrong.</exception>
    public RenderedEmail Render(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables, string? locale) =>
        Compiled(template, locale).Render(Values(template, variables));

    /// <summary>The subject alone, for who needs no body: a twentieth of the work.</summary>
    /// <inheritdoc cref="Render"/>
    public string RenderSubject(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables, string? locale) =>
        Compiled(template, locale).RenderSubject(Values(template, variables));

    /// <summary>Whether a value counts as none: null, or blank text.</summary>
    public static bool IsMissing(JsonElement value) => TemplateVariableRules.IsMissing(value);

    /// <summary>Whether a variable can have this value.</summary>
    public static bool Takes(TemplateVariable variable, JsonElement value) => TemplateVariableRules.ProblemWith(variable, value) is null;

    /// <summary>The subject of a message that is being accepted. Where it cannot be known without trying that the whole mail can be rendered, it is tried.</summary>
    /// <inheritdoc cref="Render"/>
    public string Accept(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables, string? locale)
    {
        ArgumentNullException.ThrowIfNull(template);
        CompiledTemplate compiled = Compiled(template, locale);
        Dictionary<string, object?> values = Values(template, variables);
        return compiled.IsCertain(values) ? compiled.RenderSubject(values) : compiled.Render(values).Subject;
    }

    private Dictionary<string, object?> Values(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables)
    {
        Dictionary<string, object?> values = new(template.Variables.Count + 2, StringComparer.Ordinal);
        TimeZoneInfo zone = Zone(template, variables);
        foreach (TemplateVariable variable in template.Variables)
        {
            JsonElement value = Value(variable, variables);
            if (TemplateVariableRules.ProblemWith(variable, value) is { } problem)
                throw new ArgumentException(problem.ToString(), nameof(variables));
            values[variable.Name] = TemplateVariableRules.Resolve(variable, value, zone);
        }

        return values;
    }

    /// <summary>In which the template's dates are written.</summary>
    private TimeZoneInfo Zone(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> variables)
    {
        foreach (TemplateVariable variable in template.Variables)
            if (variable.Type is TemplateVariableType.TimeZone)
                return TemplateVariableRules.Resolve(variable, Value(variable, variables), TimeZoneInfo.Utc) is string name && TimeZones.Find(name) is { } zone ? zone : TimeZoneInfo.Utc;
        return TimeZoneInfo.Utc;
    }

    /// <summary>The message's own value, else the sender's layout; the declared default comes later.</summary>
    private JsonElement Value(TemplateVariable variable, IReadOnlyDictionary<string, JsonElement> variables)
    {
        if (variables.TryGetValue(variable.Name, out JsonElement value) && !TemplateVariableRules.IsMissing(value)) return value;
        return _layout.GetValueOrDefault(variable.Name);
    }

    private CompiledTemplate Compiled(PublishedTemplate template, string? locale)
    {
        // Only locales that the template has become keys, so a caller cannot fill the cache with made-up ones.
        string available = Locale.Negotiate(locale, template.Locales, template.DefaultLocale);
        return _compiled.GetOrCreateValue(template).GetOrAdd(
            available, static (language, source) => new Lazy<CompiledTemplate>(() => new CompiledTemplate(source, language)), template).Value;
    }
}
