using System.Text.RegularExpressions;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

/// <summary>Which variables and texts a template names, in every branch: what a render with one sample cannot show.</summary>
internal sealed partial class TemplateUsage
{
    private static readonly HashSet<string> _helpers = ["t", "plural", "initial", "date", "time", "datetime", "number", "money", "if", "unless", "each"];

    private readonly PublishedTemplate _template;
    private readonly string _locale;

    public TemplateUsage(PublishedTemplate template, string locale)
    {
        (_template, _locale) = (template, locale);
        Read(template.Html, "the HTML", list: null);
        Read(template.Text, "the text", list: null);
        Read(Text(PublishedTemplate.SubjectKey), PublishedTemplate.SubjectKey, list: null);
    }

    /// <summary>Names of variables; a list's fields as "passengers.name".</summary>
    public HashSet<string> Variables { get; } = [];

    /// <summary>Keys of texts.</summary>
    public HashSet<string> Texts { get; } = [PublishedTemplate.SubjectKey];

    /// <summary>What is named and was not declared.</summary>
    public List<string> Undeclared { get; } = [];

    public static HashSet<string> Declared(PublishedTemplate template) =>
        [.. template.Variables.Select(variable => variable.Name), .. template.Variables.SelectMany(list => list.Fields.Select(field => $"{list.Name}.{field.Name}"))];

    private string Text(string key) => _template.Strings[_locale].GetValueOrDefault(key) ?? "";

    private void Read(string source, string where, string? list)
    {
        foreach (Match match in Expression().Matches(source))
        {
            string[] words = [.. Word().Matches(match.Groups[1].Value).Select(word => word.Value)];
            switch (words)
            {
                case ["#each", string each]:
                    Use(each, where, list: null);
                    list = each;
                    break;
                case ["/each"]:
                    list = null;
                    break;
                case ["t", string key]:
                    key = key.Trim('"');
                    Texts.Add(key);
                    if (!_template.Strings[_locale].ContainsKey(key)) Undeclared.Add($"{where}: the text {key}");
                    if (key != where) Read(Text(key), key, list);
                    break;
                default:
                    foreach (string word in words.Where(word => !_helpers.Contains(word.TrimStart('#')) && word is not "else" && word[0] is not ('/' or '"'))) Use(word, where, list);
                    break;
            }
        }
    }

    private void Use(string name, string where, string? list)
    {
        if (name is "locale" or "dir") return;
        string path = list is null ? name : $"{list}.{name}";
        Variables.Add(path);
        if (!Declared(_template).Contains(path)) Undeclared.Add($"{where}: {path}");
    }

    [GeneratedRegex("""\{\{(.*?)\}\}""")]
    private static partial Regex Expression();

    [GeneratedRegex(""" "[^"]*" | [^\s"]+ """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();
}
