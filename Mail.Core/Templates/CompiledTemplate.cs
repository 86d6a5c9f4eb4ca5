using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates;

/// <summary>A template version in one of its languages, parsed: rendering it only fills in variables. Safe for many threads.</summary>
internal sealed class CompiledTemplate
{
    private readonly string _name;
    private readonly string _locale;
    private readonly string _direction;
    private readonly TemplateStrings _textStrings;
    private readonly HandlebarsTemplate<object, object> _html;
    private readonly HandlebarsTemplate<object, object> _text;

    /// <exception cref="TemplateDefectException">A part is not a Handlebars template.</exception>
    public CompiledTemplate(PublishedTemplate template, string locale)
    {
        _locale = locale;
        _direction = Locale.Direction(locale);
        _name = $"{template.Key} {template.Version}";
        try
        {
            (_html, _) = Compile(template, template.Html, escape: true);
            (_text, _textStrings) = Compile(template, template.Text, escape: false);
        }
        catch (Exception defect) when (IsDefect(defect))
        {
            throw new TemplateDefectException(_name, defect);
        }
    }

    /// <param name="variables">By name; this method adds the reserved names "locale" and "dir".</param>
    /// <exception cref="TemplateDefectException">The template uses a variable that is neither given nor declared, or a text that does not exist.</exception>
    public RenderedEmail Render(Dictionary<string, object?> variables) =>
        Render(variables, all => new RenderedEmail(Subject(all), _html(all), PlainText.Wrap(_text(all)), _locale));

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

    // The unresolved variable has an exception of its own, outside the library's family.
    private static bool IsDefect(Exception thrown) => thrown is HandlebarsException or HandlebarsUndefinedBindingException;

    private (HandlebarsTemplate<object, object> Part, TemplateStrings Strings) Compile(PublishedTemplate template, string source, bool escape)
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
        strings = new TemplateStrings(template, _locale, handlebars, escape);
        return (handlebars.Compile(SafeExpressions.Of(source, template.Variables)), strings);
    }
}
