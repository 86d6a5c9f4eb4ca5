using System.Globalization;
using HandlebarsDotNet;

namespace Mail.Core.Templates;

/// <summary>A template version in one of its languages, parsed: rendering it only fills in variables. Safe for many threads.</summary>
internal sealed class CompiledTemplate
{
    private readonly string locale;
    private readonly string direction;
    private readonly TemplateStrings textStrings;
    private readonly HandlebarsTemplate<object, object> html;
    private readonly HandlebarsTemplate<object, object> text;

    /// <exception cref="HandlebarsException">The source is not a Handlebars template.</exception>
    public CompiledTemplate(PublishedTemplate template, string locale)
    {
        this.locale = locale;
        direction = Locale.Direction(locale);
        (html, _) = Compile(template, template.Html, escape: true);
        (text, textStrings) = Compile(template, template.Text, escape: false);
    }

    /// <param name="variables">By name; this method adds the reserved names "locale" and "dir".</param>
    /// <exception cref="HandlebarsException">The template uses a variable that is neither given nor declared, or a text that does not exist.</exception>
    public RenderedEmail Render(Dictionary<string, object?> variables)
    {
        variables["locale"] = locale;
        variables["dir"] = direction;
        return new RenderedEmail(
            PlainText.SingleLine(textStrings.Format(PublishedTemplate.SubjectKey, variables)),
            html(variables),
            PlainText.Wrap(text(variables)),
            locale);
    }

    private (HandlebarsTemplate<object, object> Part, TemplateStrings Strings) Compile(PublishedTemplate template, string source, bool escape)
    {
        // An environment per part: no helper, partial or file of another template is in reach. Without a FileSystem there are no files at all.
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            TextEncoder = new HtmlText(),
            NoEscape = !escape,
            FormatProvider = CultureInfo.InvariantCulture,
            ThrowOnUnresolvedBindingExpression = true,
        });
        TemplateStrings? strings = null;
        handlebars.RegisterHelper("t", (output, context, arguments) =>
            strings!.Write(output, Argument<string>(arguments, 0), context.Value!));
        handlebars.RegisterHelper("plural", (output, _, arguments) =>
            output.Write(Argument<string>(arguments, PluralRule.IsOne(locale, Argument<decimal>(arguments, 0)) ? 1 : 2)));
        strings = new TemplateStrings(template, locale, handlebars, escape);
        return (handlebars.Compile(source), strings);
    }

    private static T Argument<T>(Arguments arguments, int index) => index < arguments.Length && arguments[index] is T value
        ? value
        : throw new HandlebarsRuntimeException($"Argument {index + 1} of a helper is missing or is not a {typeof(T).Name}.");
}
