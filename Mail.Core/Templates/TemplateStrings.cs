using System.Text;
using HandlebarsDotNet;
using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates;

/// <summary>The texts of one language, ready for one kind of part: resolved through the fallback chain, escaped and parsed once.</summary>
internal sealed class TemplateStrings
{
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HandlebarsTemplate<TextWriter, object, object>> _withVariables = new(StringComparer.Ordinal);

    /// <param name="texts">By key, as they stand in the part's source.</param>
    /// <param name="variables">Of the template.</param>
    /// <param name="handlebars">Parses the texts that contain variables; the same that parses the part.</param>
    public TemplateStrings(IEnumerable<KeyValuePair<string, string>> texts, IReadOnlyList<TemplateVariable> variables, IHandlebars handlebars)
    {
        foreach ((string key, string source) in texts)
        {
            if (!source.Contains("{{", StringComparison.Ordinal))
            {
                _constants[key] = source;
                continue;
            }

            using StringReader safe = new(SafeExpressions.Of(source, variables));
            _withVariables[key] = handlebars.Compile(safe);
        }
    }

    /// <summary>Writes a text with the variables of the place where it stands.</summary>
    /// <exception cref="HandlebarsRuntimeException">No language has this key.</exception>
    public void Write(in EncodedTextWriter output, string key, object variables) => output.WriteSafeString(Format(key, variables));

    /// <inheritdoc cref="Write"/>
    public string Format(string key, object variables)
    {
        if (_constants.TryGetValue(key, out string? constant)) return constant;
        if (_withVariables.TryGetValue(key, out HandlebarsTemplate<TextWriter, object, object>? text)) return BoundedText.Render(text, variables);
        throw new HandlebarsRuntimeException($"No text has the key \"{key}\" in any language.");
    }

    /// <summary>fr-CA over fr over en: a regional file holds only what differs.</summary>
    internal static Dictionary<string, string> Resolve(PublishedTemplate template, string locale)
    {
        Dictionary<string, string> resolved = new(template.Strings[template.DefaultLocale], StringComparer.Ordinal);
        foreach (string link in Locale.FallbackChain(locale).Reverse())
        {
            if (!template.Strings.TryGetValue(link, out IReadOnlyDictionary<string, string>? own)) continue;
            foreach ((string key, string text) in own) resolved[key] = text;
        }
        return resolved;
    }

    /// <summary>The texts are plain; their variables are escaped when they are written.</summary>
    internal static string EscapeOutsideExpressions(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        int position = 0;
        while (position < text.Length)
        {
            int open = text.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0) open = text.Length;
            escaped.Append(HtmlText.Escape(text[position..open]));
            int close = open < text.Length ? text.IndexOf("}}", open, StringComparison.Ordinal) : -1;
            int end = close < 0 ? text.Length : close + 2;
            escaped.Append(text, open, end - open);
            position = end;
        }
        return escaped.ToString();
    }
}
