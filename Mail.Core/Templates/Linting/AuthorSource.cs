using System.Text.Json;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Expressions;
using Mail.Core.Templates.Mjml;

namespace Mail.Core.Templates.Linting;

/// <summary>What the author wrote, to tell a finding in the rendered mail at its place there. The compiler moves and repeats what it is given, so that words are looked for.</summary>
internal sealed class AuthorSource
{
    private const int ShortestValue = 4;

    /// <summary>Each takes time by the length of the source. Who has more findings than this gets the rest without a place.</summary>
    private const int MostSearches = 1000;

    private readonly MjmlSource? _mjml;
    private readonly string _text;
    private readonly string _locale;
    private readonly IReadOnlyDictionary<string, string> _strings;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _has = new(StringComparer.Ordinal);
    private int _searches;

    public AuthorSource(TemplateSource source, LayoutSource? layout, string locale, IReadOnlyDictionary<string, JsonElement> variables)
    {
        if (source.Mjml is { } mjml) _mjml = MjmlSource.Resolve(mjml, layout?.Partials ?? new Dictionary<string, string>());
        _text = _mjml?.Text ?? source.Html ?? "";
        _locale = locale;
        _strings = source.Strings.GetValueOrDefault(locale) ?? new Dictionary<string, string>();
        foreach ((string name, JsonElement value) in variables)
            if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: >= ShortestValue } text) _variables.TryAdd(text, name);
    }

    public string File => _mjml is null ? "template.html" : "template.mjml";

    public SourcePosition Whole => new(File, null, null);

    public bool IsMjml => _mjml is not null;

    /// <summary>The same for each language; the subject is one of them.</summary>
    public static string StringsFile(string locale) => $"strings.{locale}.json";

    /// <summary>Whether a message gives this, so that the template is not to blame for it.</summary>
    public bool IsVariable(string value) => _variables.ContainsKey(value);

    /// <summary>Whether it stands in the author's design; what the MJML compiler adds to every mail does not.</summary>
    public bool Has(string words) => _mjml is null || Remember(words, static (text, words) => text.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the design gives this property or attribute a value.</summary>
    public bool Sets(string property) => _mjml is null || Remember(property + "=", (text, _) => IsSet(text, property));

    private bool Remember(string key, Func<string, string, bool> look)
    {
        if (_has.TryGetValue(key, out bool known)) return known;
        if (_searches++ >= MostSearches) return true;
        return _has[key] = look(_text, key);
    }

    private static bool IsSet(string text, string property)
    {
        for (int at = text.IndexOf(property, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(property, at + property.Length, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + property.Length;
            while (end < text.Length && text[end] == ' ') end++;
            bool isWhole = at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]) && text[at - 1] != '-';
            if (isWhole && end < text.Length && text[end] is (':' or '=')) return true;
        }

        return false;
    }

    /// <returns>Where the first of these that is found stands, in the design or in the texts; the whole file when none is.</returns>
    public SourcePosition Find(params ReadOnlySpan<string?> words)
    {
        foreach (string? one in words)
        {
            if (string.IsNullOrWhiteSpace(one) || _searches++ >= MostSearches) continue;
            int at = _text.IndexOf(one, StringComparison.Ordinal);
            if (at < 0 && _variables.TryGetValue(one, out string? variable)) at = _text.IndexOf("{{" + variable, StringComparison.Ordinal);
            if (at >= 0) return At(at);
            if (_strings.Values.Any(text => text.Contains(one, StringComparison.Ordinal))) return new SourcePosition(StringsFile(_locale), null, null);
        }

        return Whole;
    }

    private SourcePosition At(int offset)
    {
        (int line, int column) = ExpressionProblem.Position(_text, offset);
        return _mjml is null ? new SourcePosition(File, line, column) : _mjml.At(line, null) with { Column = column };
    }
}
