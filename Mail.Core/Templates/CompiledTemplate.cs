using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates;

/// <summary>A template version in one of its languages, parsed: rendering it only fills in variables. Safe for many threads.</summary>
internal sealed class CompiledTemplate
{
    /// <summary>A link that the worker puts in is shorter than this, and so are numbers and dates.</summary>
    private const int UnsubscribeLink = 256;

    private readonly string _name;
    private readonly string _locale;
    private readonly string _direction;
    private readonly TemplateStrings _textStrings;
    private readonly HandlebarsTemplate<TextWriter, object, object> _html;
    private readonly HandlebarsTemplate<TextWriter, object, object> _text;
    private readonly OutputBound[] _bounds;

    /// <exception cref="TemplateDefectException">A part is not a Handlebars template.</exception>
    public CompiledTemplate(PublishedTemplate template, string locale)
    {
        _locale = locale;
        _direction = Locale.Direction(locale);
        _name = $"{template.Key} {template.Version}";
        try
        {
            Dictionary<string, string> strings = TemplateStrings.Resolve(template, locale);
            (_html, _) = Compile(template, template.Html, strings.ToDictionary(text => text.Key, text => TemplateStrings.EscapeOutsideExpressions(text.Value), StringComparer.Ordinal), escape: true);
            (_text, _textStrings) = Compile(template, template.Text, strings, escape: false);
            Dictionary<string, TemplateVariable> variables = template.Variables.ToDictionary(variable => variable.Name, StringComparer.Ordinal);
            _bounds = [.. new[] { template.Html, template.Text, strings[PublishedTemplate.SubjectKey] }.Select(part => OutputBound.Of(part, strings, variables))];
        }
        catch (Exception defect) when (IsDefect(defect))
        {
            throw new TemplateDefectException(_name, defect);
        }
    }

    /// <param name="variables">By name; this method adds the reserved names "locale" and "dir".</param>
    /// <exception cref="TemplateDefectException">The template uses a variable that is neither given nor declared, or a text that does not exist.</exception>
    public RenderedEmail Render(Dictionary<string, object?> variables) =>
        Render(variables, all => new RenderedEmail(Subject(all), BoundedText.Render(_html, all), BoundedText.Render(_text, all, PlainText.Wrap), _locale));

    /// <summary>Whether no variable that a helper needs is missing, and the mail cannot grow too large: then it need not be rendered to know that it can be.</summary>
    public bool IsCertain(Dictionary<string, object?> variables)
    {
        (int longest, int items) = (UnsubscribeLink, 0);
        foreach (object? value in variables.Values) Measure(value, ref longest, ref items);
        return Array.TrueForAll(_bounds, bound => !bound.MayFail && bound.Needed.All(name => variables.GetValueOrDefault(name) is not null) && bound.Characters(longest, items) <= BoundedText.MaxCharacters);
    }

    private static void Measure(object? value, ref int longest, ref int items)
    {
        if (value is string text) longest = Math.Max(longest, text.Length);
        if (value is not List<Dictionary<string, object?>> list) return;
        items = Math.Max(items, list.Count);
        foreach (Dictionary<string, object?> item in list)
            foreach (object? field in item.Values)
                if (field is string own) longest = Math.Max(longest, own.Length);
    }

    /// <inheritdoc cref="Render(Dictionary{string, object?})"/>
    public string RenderSubject(Dictionary<string, object?> variables) => Render(variables, Subject);

    private T Render<T>(Dictionary<string, object?> variables, Func<Dictionary<string, object?>, T> part)
    {
        variables["locale"] = _locale;
        variables["dir"] = _direction;
        try
        {
            return part(variables);
        }
        catch (Exception defect) when (IsDefect(defect))
        {
            throw new TemplateDefectException(_name, defect);
        }
    }

    private string Subject(Dictionary<string, object?> variables) => PlainText.SingleLine(_textStrings.Format(PublishedTemplate.SubjectKey, variables));

    // Whatever a template and its variables bring about is theirs. The unresolved variable has an exception of its own, outside the library's family.
    private static bool IsDefect(Exception thrown) => thrown is HandlebarsException or HandlebarsUndefinedBindingException or ArgumentException or FormatException or ArithmeticException or IndexOutOfRangeException or InvalidCastException;

    private (HandlebarsTemplate<TextWriter, object, object> Part, TemplateStrings Strings) Compile(PublishedTemplate template, string part, Dictionary<string, string> texts, bool escape)
    {
        // An environment per part: no helper, partial or file of another template is in reach. Without a FileSystem there are no files at all.
        HandlebarsConfiguration configuration = new()
        {
            TextEncoder = new HtmlText(),
            NoEscape = !escape,
            FormatProvider = CultureInfo.InvariantCulture,
            ThrowOnUnresolvedBindingExpression = true,
        };
        configuration.FormatterProviders.Add(new BareValues());
        IHandlebars handlebars = Handlebars.Create(configuration);
        TemplateStrings? strings = null;
        handlebars.RegisterHelper("t", (output, context, arguments) =>
            strings!.Write(output, TemplateHelpers.Argument<string>(arguments, 0), context.Value!));
        TemplateHelpers.Register(handlebars, _locale);
        string source = InlineTexts.Into(part, texts);
        strings = new TemplateStrings(texts.Where(text => text.Key == PublishedTemplate.SubjectKey || source.Contains(text.Key, StringComparison.Ordinal)), template.Variables, handlebars);
        using StringReader safe = new(SafeExpressions.Of(source, template.Variables));
        return (handlebars.Compile(safe), strings);
    }
}
