using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates.Expressions;
using Mail.Core.Templates.Linting;
using Mail.Core.Templates.Mjml;
using Mail.Core.Templates.Text;

namespace Mail.Core.Templates.Editing;

/// <param name="Template">Null when there is an error.</param>
public sealed record BuiltTemplate(PublishedTemplate? Template, IReadOnlyList<TemplateProblem> Problems);

/// <summary>Makes of a source what can be sent, or says everything that hinders it.</summary>
public sealed class TemplateBuilder(MjmlCompiler compiler, TemplateRenderer renderer)
{
    /// <summary>Of all parts and texts in all languages, which are all compiled to be tried out: some three seconds.</summary>
    private const int MaxExpressions = 30_000;

    /// <param name="layout">Of the source's <see cref="TemplateSource.Layout"/>; null for none.</param>
    /// <returns>A failure only when nothing can be compiled here, or the source takes too much.</returns>
    public async Task<Result<BuiltTemplate>> BuildAsync(string key, string version, TemplateSource source, LayoutSource? layout, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        Findings findings = new();
        string? html = source.Html;
        if (source.Mjml is { } mjml)
        {
            Result<MjmlResult> compiled = await compiler.CompileAsync(mjml, layout?.Partials ?? new Dictionary<string, string>(), ct);
            if (!compiled.IsSuccess) return compiled.Failure;
            foreach (MjmlProblem problem in compiled.Value.Problems)
                findings.Add(new TemplateProblem(problem.IsFatal ? ProblemSeverity.Error : ProblemSeverity.Warning, "mjml", problem.At.File, problem.At.Line, problem.At.Column, problem.Detail));
            html = SayingWhatItIs(compiled.Value.Html);
        }
        else if (html is null) findings.Error("template.mjml", "There is neither MJML nor HTML.");

        if (html is null) return new BuiltTemplate(null, findings.All);
        string text = (source.Text ?? TextFromHtml.Of(html)) + (source.Text is null ? "" : layout?.Footer);
        PublishedTemplate template = Assemble(key, version, source, layout, html, text);
        if (Expressions(template) is > MaxExpressions and var count) findings.Error("template.json", $"In all its languages it holds {count:N0} expressions, and may hold {MaxExpressions:N0}.");
        else Check(template, source, findings);
        if (!findings.HasErrors) TryOut(template, source, layout, findings);
        return new BuiltTemplate(findings.HasErrors ? null : template, findings.All);
    }

    /// <summary>What there is to say of a version as it stands, whatever was said when it was published.</summary>
    public IReadOnlyList<TemplateProblem> Inspect(PublishedTemplate template, TemplateSource source, LayoutSource? layout)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(source);
        Findings findings = new();
        Check(template, source, findings);
        if (!findings.HasErrors) TryOut(template, source, layout, findings);
        return findings.All;
    }

    /// <summary>Where the design names neither language nor title, the compiler writes `und` and nothing: a screen reader would read French as English.</summary>
    private static string? SayingWhatItIs(string? html) => html?
        .Replace("<html lang=\"und\" dir=\"auto\"", "<html lang=\"{{locale}}\" dir=\"{{dir}}\"", StringComparison.Ordinal)
        .Replace("<title></title>", "<title>{{t \"subject\"}}</title>", StringComparison.Ordinal);

    /// <summary>The published form, from what is stored with a version.</summary>
    public static PublishedTemplate Assemble(string key, string version, TemplateSource source, LayoutSource? layout, string html, string text)
    {
        ArgumentNullException.ThrowIfNull(source);
        TemplateVariable[] own = [.. source.Variables.Select(variable => variable.Value.Declare(variable.Key))];
        IEnumerable<TemplateVariable> shared = layout is null ? [] : layout.Variables.Where(variable => !source.Variables.ContainsKey(variable.Key)).Select(variable => variable.Value.Declare(variable.Key));
        return new PublishedTemplate(key, version, source.Name, source.Lane, [.. own, .. shared], html, text, Strings(source, layout))
        {
            Unsubscribe = source.Unsubscribe,
            Tracking = source.Tracking,
            DefaultLocale = source.DefaultLocale,
        };
    }

    /// <summary>The template's texts over those of the layout, for each language that the template has.</summary>
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Strings(TemplateSource source, LayoutSource? layout)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> all = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string locale, IReadOnlyDictionary<string, string> own) in source.Strings)
        {
            Dictionary<string, string> texts = layout is not null && layout.Strings.TryGetValue(locale, out IReadOnlyDictionary<string, string>? shared) ? new(shared) : [];
            foreach ((string key, string text) in own) texts[key] = text;
            all[locale] = texts;
        }

        return all;
    }

    private static long Expressions(PublishedTemplate template) => template.Strings.Values.Sum(texts => (long)Count(template.Html) + Count(template.Text) + texts.Values.Sum(text => 2L * Count(text)));

    private static int Count(string source) => source.AsSpan().Count("{{");

    private static void Check(PublishedTemplate template, TemplateSource source, Findings findings)
    {
        if (!template.Strings.TryGetValue(template.DefaultLocale, out IReadOnlyDictionary<string, string>? standard))
        {
            findings.Error($"strings.{template.DefaultLocale}.json", $"There are no texts in {template.DefaultLocale}, the language that all others fall back to.");
            return;
        }

        if (!standard.TryGetValue(PublishedTemplate.SubjectKey, out string? subject) || string.IsNullOrWhiteSpace(subject)) findings.Error($"strings.{template.DefaultLocale}.json", "There is no `subject`.");
        Dictionary<string, TemplateVariable> known = template.Variables.ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        known["locale"] = known["dir"] = new TemplateVariable("locale", TemplateVariableType.Text, false, default);
        HashSet<string> keys = [.. standard.Keys];
        HashSet<string> used = [];
        used.UnionWith(findings.Expressions(source.Mjml is null ? "template.html" : "template.mjml", template.Html, source.Mjml, known, keys));
        bool repeatsItself = source.Text is null && findings.HasErrors; // a text that was made of the HTML has the HTML's errors
        if (!repeatsItself) used.UnionWith(findings.Expressions("text.hbs", template.Text, source.Text, known, keys));
        ILookup<string, (string Key, IReadOnlyDictionary<string, TemplateVariable> Scope)> shown = ExpressionCheck.TextsIn(template.Html, known).Concat(ExpressionCheck.TextsIn(template.Text, known))
            .DistinctBy(text => (text.Key, string.Join(' ', text.Scope.Keys))).ToLookup(text => text.Key, StringComparer.Ordinal);
        foreach ((string locale, IReadOnlyDictionary<string, string> texts) in template.Strings)
        {
            string file = $"strings.{locale}.json";
            foreach ((string key, string text) in texts)
            {
                bool isOwn = source.Strings[locale].ContainsKey(key);
                if (!shown.Contains(key) && isOwn) used.UnionWith(findings.Expressions(file, text, null, known, new HashSet<string>(), key));
                foreach ((_, IReadOnlyDictionary<string, TemplateVariable> scope) in shown[key]) // a text of the layout that is never shown needs no variables
                {
                    IReadOnlySet<string> names = findings.Expressions(file, text, null, scope, new HashSet<string>(), key);
                    if (ReferenceEquals(scope, known)) used.UnionWith(names);
                }
            }

            CompareKeys(file, source.Strings[locale].Keys, source.Strings.GetValueOrDefault(template.DefaultLocale)?.Keys ?? [], locale == template.DefaultLocale || locale.Contains('-', StringComparison.Ordinal), findings);
        }

        if (source.Lane is Lane.Bulk && !used.Contains("postal_address"))
            findings.Warn("template.json", "Bulk mail has to say its sender's postal address (CAN-SPAM, and many other laws), and `postal_address` stands nowhere. Declare it and write it in the footer; the project, or the sender identity, supplies it.");
        foreach (string name in source.Variables.Keys.Where(name => !used.Contains(name))) findings.Warn("template.json", $"The variable `{name}` is declared and never used.");
        foreach (string name in source.Sample.Keys.Where(name => !known.ContainsKey(name))) findings.Warn("sample.json", $"`{name}` is no variable of the template; a message that gives it is taken, and it is left out.");
    }

    /// <summary>A regional file holds only what differs; any other one is complete, or its readers get two languages in one mail.</summary>
    private static void CompareKeys(string file, IEnumerable<string> keys, IEnumerable<string> standard, bool mayLack, Findings findings)
    {
        HashSet<string> own = [.. keys];
        HashSet<string> wanted = [.. standard];
        foreach (string key in own.Where(key => !wanted.Contains(key))) findings.Warn(file, $"`{key}` has no text in the default language.");
        if (mayLack) return;
        foreach (string key in wanted.Where(key => !own.Contains(key))) findings.Warn(file, $"`{key}` is not translated; the default language's text is shown.");
    }

    private void TryOut(PublishedTemplate template, TemplateSource source, LayoutSource? layout, Findings findings)
    {
        Dictionary<string, JsonElement> sample = SampleData.Complete(template, source.Sample);
        TemplateLinter linter = new(template, source, layout, sample, findings.Add);
        foreach (string locale in template.Locales)
        {
            RenderedEmail mail;
            try
            {
                mail = renderer.Render(template, sample, locale);
            }
            catch (Exception e) when (e is TemplateDefectException or ArgumentException)
            {
                findings.Error("template.mjml", $"In {locale}, with the sample's variables: {e.InnerException?.Message ?? e.Message}");
                continue;
            }

            if (string.IsNullOrWhiteSpace(mail.Subject)) findings.Error($"strings.{locale}.json", "The subject is empty with the sample's variables.");
            linter.Look(mail);
        }
    }
}
