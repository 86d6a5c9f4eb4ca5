using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates.Editing;

/// <summary>What a draft must be to be kept. It may be unfinished: what hinders publishing is told when it is previewed or published.</summary>
public static partial class SourceRules
{
    /// <summary>Characters of the design, the HTML and the text, each.</summary>
    public const int MaxPart = 512 * 1024;

    private const int MaxName = 100;
    private const int MaxText = 10_000;
    private const int MaxLocales = 60;
    private const int MaxKeys = 500;
    private const int MaxVariables = 100;

    /// <summary>`order-confirmation`: what calls name and folders are called.</summary>
    public static Failure? ProblemWithKey(string key, string path = "key") =>
        Key().IsMatch(key) ? null : Failure.Field(path, "must be 1 to 64 lower-case letters, digits, `-` and `_`, and begin with a letter or digit.");

    /// <summary>`_layout`: the folder that the paths of its partials begin with.</summary>
    public static Failure? ProblemWithLayoutKey(string key, string path = "key") =>
        LayoutKey().IsMatch(key) ? null : Failure.Field(path, "must begin with `_`, and go on with 1 to 63 lower-case letters, digits, `-` and `_`: `_shop`.");

    public static Failure? ProblemWith(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (string.IsNullOrWhiteSpace(source.Name) || source.Name.Length > MaxName) return Failure.Field("name", $"must have 1 to {MaxName} characters.");
        if (source.Mjml is not null && source.Html is not null) return Failure.Field("html", "cannot stand beside `mjml`, which is compiled to HTML.");
        if (!Locale.IsWellFormed(source.DefaultLocale)) return Failure.Field("default_locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (source.Layout is { } layout && ProblemWithLayoutKey(layout, "layout") is { } wrong) return wrong;
        foreach ((string field, string? part) in new[] { ("name", source.Name), ("mjml", source.Mjml), ("html", source.Html), ("text", source.Text) })
        {
            if (part?.Length > MaxPart) return Failure.Field(field, $"is longer than {MaxPart} characters.");
            if (part is not null && !TextRules.IsStorable(part)) return Failure.Field(field, "contains a NUL character or half of a surrogate pair, which no mail can carry.");
        }

        return ProblemWith(source.Strings) ?? ProblemWith(source.Variables, "variables", isField: false) ?? ProblemWithSample(source);
    }

    public static Failure? ProblemWith(LayoutSource layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        foreach ((string path, string partial) in layout.Partials)
        {
            if (!Partial().IsMatch(path)) return Failure.Field($"partials.{path[..Math.Min(path.Length, 60)]}", "must be a path such as `../_layout/header.mjml`.");
            if (partial.Length > MaxPart || !TextRules.IsStorable(partial)) return Failure.Field($"partials.{path}", $"must be text of at most {MaxPart} characters.");
        }

        if (layout.Footer is { } footer && (footer.Length > MaxPart || !TextRules.IsStorable(footer))) return Failure.Field("footer", $"must be text of at most {MaxPart} characters.");
        return ProblemWith(layout.Strings) ?? ProblemWith(layout.Variables, "variables", isField: false);
    }

    private static Failure? ProblemWith(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> strings)
    {
        if (strings.Count > MaxLocales) return Failure.Field("strings", $"has more than {MaxLocales} languages.");
        foreach ((string locale, IReadOnlyDictionary<string, string> texts) in strings)
        {
            if (!Locale.IsWellFormed(locale)) return Failure.Field($"strings.{locale[..Math.Min(locale.Length, 60)]}", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
            if (texts.Count > MaxKeys) return Failure.Field($"strings.{locale}", $"has more than {MaxKeys} texts.");
            foreach ((string key, string text) in texts)
            {
                if (!ExpressionCheck.Name().IsMatch(key)) return Failure.Field($"strings.{locale}.{key[..Math.Min(key.Length, 60)]}", "must be a name of letters, digits and `_`.");
                if (text.Length > MaxText || !TextRules.IsStorable(text)) return Failure.Field($"strings.{locale}.{key}", $"must be text of at most {MaxText} characters.");
            }
        }

        return null;
    }

    private static Failure? ProblemWith(IReadOnlyDictionary<string, VariableSource> variables, string path, bool isField)
    {
        if (variables.Count > MaxVariables) return Failure.Field(path, $"has more than {MaxVariables} entries.");
        foreach ((string name, VariableSource variable) in variables)
        {
            string where = $"{path}.{name[..Math.Min(name.Length, 64)]}";
            if (!ExpressionCheck.Name().IsMatch(name)) return Failure.Field(where, "must be a name of letters, digits and `_` that begins with a letter, at most 64 characters.");
            if (_reserved.Contains(name) && !isField) return Failure.Field(where, "has a name that every template knows already.");
            bool isList = variable.Type is TemplateVariableType.List;
            if (isList && isField) return Failure.Field($"{where}.type", "cannot be a list: an item of a list holds no list.");
            if (isList != variable.Fields is { Count: > 0 }) return Failure.Field($"{where}.fields", isList ? "must name what an item of the list holds." : "is for lists only.");
            if (variable.Required && variable.Default is not null) return Failure.Field($"{where}.default", "is never used: the variable is required.");
            if (variable.Default is { } standard && TemplateVariableRules.ProblemWith(variable.Declare(name) with { Required = false }, standard) is { } problem) return Failure.Field($"{where}.default", problem.Detail);
            if (variable.Secret == true && (isField || variable.Type is not (TemplateVariableType.Text or TemplateVariableType.Url))) return Failure.Field($"{where}.secret", "is for a variable of type `string` or `url`, and not for a list's field.");
            if (variable.Secret == true && variable.Default is not null) return Failure.Field($"{where}.default", "is no secret: everybody has the same one.");
            if (variable.Fields is { } fields && ProblemWith(fields, $"{where}.fields", isField: true) is { } failure) return failure;
        }

        return null;
    }

    private static Failure? ProblemWithSample(TemplateSource source)
    {
        foreach ((string name, VariableSource variable) in source.Variables)
            if (source.Sample.TryGetValue(name, out System.Text.Json.JsonElement value) && TemplateVariableRules.ProblemWith(variable.Declare(name) with { Required = false }, value) is { } problem)
                return Failure.Field($"sample.{problem.Name}", problem.Detail);
        return null;
    }

    private static readonly HashSet<string> _reserved = ["locale", "dir", "this", "true", "false", "null", "else"];

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}\\z")]
    private static partial Regex Key();

    [GeneratedRegex("^_[a-z0-9_-]{1,63}\\z")]
    private static partial Regex LayoutKey();

    [GeneratedRegex("^(\\.\\./)?[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){0,3}(\\.mjml)?\\z")]
    private static partial Regex Partial();
}
