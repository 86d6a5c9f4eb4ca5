using System.Collections;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;

namespace Mail.Core.Templates;

/// <summary>What a template can call. The names, and how many arguments each takes, stand in <see cref="Expressions.TemplateHelper"/>.</summary>
internal static class TemplateHelpers
{
    /// <summary>Registers all but <c>t</c>, which needs the texts.</summary>
    public static void Register(IHandlebars handlebars, string locale)
    {
        LocalFormats formats = new(locale);
        handlebars.RegisterHelper("plural", (output, _, arguments) => output.Write(Argument<string>(arguments, PluralRule.IsOne(locale, Argument<decimal>(arguments, 0)) ? 1 : 2)));
        handlebars.RegisterHelper("initial", (output, _, arguments) => output.Write(StringInfo.GetNextTextElement(Argument<string>(arguments, 0).Trim()).ToUpperInvariant()));
        handlebars.RegisterHelper("insert", (output, _, arguments) => output.Write(Insert(arguments)));
        handlebars.RegisterHelper("link", (output, _, arguments) => output.Write(Link(arguments)));
        handlebars.RegisterHelper("length", (output, _, arguments) => output.Write(Length(arguments[0])));
        handlebars.RegisterHelper("length", (in HelperOptions _, in Context _, in Arguments arguments) => Length(arguments[0]));
        handlebars.RegisterHelper("date", (output, _, arguments) => output.Write(formats.Date(Argument<DateTimeOffset>(arguments, 0), Style(arguments))));
        handlebars.RegisterHelper("time", (output, _, arguments) => output.Write(formats.Time(Argument<DateTimeOffset>(arguments, 0))));
        handlebars.RegisterHelper("datetime", (output, _, arguments) => output.Write(formats.DateAndTime(Argument<DateTimeOffset>(arguments, 0), Style(arguments))));
        handlebars.RegisterHelper("formatDate", (output, _, arguments) => output.Write(formats.Pattern(Argument<DateTimeOffset>(arguments, 0), Argument<string>(arguments, 1))));
        handlebars.RegisterHelper("number", (output, _, arguments) => output.Write(formats.Number(Argument<decimal>(arguments, 0))));
        handlebars.RegisterHelper("money", (output, _, arguments) => output.Write(formats.Money(Argument<decimal>(arguments, 0), Argument<string>(arguments, 1))));
        RegisterTest(handlebars, "equals", arguments => AreEqual(arguments[0], arguments[1]));
        RegisterTest(handlebars, "notEquals", arguments => !AreEqual(arguments[0], arguments[1]));
        RegisterTest(handlebars, "greaterThan", arguments => Compare(arguments) > 0);
        RegisterTest(handlebars, "lessThan", arguments => Compare(arguments) < 0);
        RegisterTest(handlebars, "and", arguments => arguments.All(value => HandlebarsUtils.IsTruthyOrNonEmpty(value)));
        RegisterTest(handlebars, "or", arguments => arguments.Any(value => HandlebarsUtils.IsTruthyOrNonEmpty(value)));
    }

    public static T Argument<T>(Arguments arguments, int index) => index < arguments.Length && arguments[index] is T value
        ? value
        : throw new HandlebarsRuntimeException($"Argument {index + 1} of a helper is missing or is not a {typeof(T).Name}.");

    /// <summary>`{{#equals a b}}` and `{{#if (equals a b)}}`.</summary>
    private static void RegisterTest(IHandlebars handlebars, string name, Func<Arguments, bool> test)
    {
        handlebars.RegisterHelper(name, (in HelperOptions _, in Context _, in Arguments arguments) => test(arguments));
        handlebars.RegisterHelper(name, (output, options, context, arguments) =>
        {
            if (test(arguments)) options.Template(output, context);
            else options.Inverse(output, context);
        });
    }

    private static string? Style(Arguments arguments) => arguments.Length > 1 ? Argument<string>(arguments, 1) : null;

    /// <summary>SendGrid's `{{insert name "default=you"}}`.</summary>
    private static string Insert(Arguments arguments)
    {
        const string Default = "default=";
        if (arguments[0] is { } value && value.ToString() is { Length: > 0 } text) return text;
        string fallback = arguments.Length > 1 ? Argument<string>(arguments, 1) : "";
        return fallback.StartsWith(Default, StringComparison.Ordinal) ? fallback[Default.Length..] : fallback;
    }

    /// <summary>`{{link url "?code=" code}}`: the first argument as it is, then in turn what the template says and a value, which is escaped.</summary>
    private static string Link(Arguments arguments)
    {
        StringBuilder link = new(Argument<string>(arguments, 0));
        for (int i = 1; i < arguments.Length; i++) link.Append(i % 2 == 1 ? Argument<string>(arguments, i) : Uri.EscapeDataString(Convert.ToString(arguments[i], CultureInfo.InvariantCulture) ?? ""));
        return link.ToString();
    }

    private static decimal Length(object? value) => value switch
    {
        string text => text.Length,
        ICollection list => list.Count,
        _ => 0,
    };

    private static bool AreEqual(object? one, object? other) => Number(one) is { } number && Number(other) is { } otherNumber ? number == otherNumber : string.Equals(one?.ToString(), other?.ToString(), StringComparison.Ordinal);

    private static int Compare(Arguments arguments) => (arguments[0], arguments[1]) switch
    {
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (var one, var other) when Number(one) is { } number && Number(other) is { } otherNumber => number.CompareTo(otherNumber),
        _ => throw new HandlebarsRuntimeException("Only two numbers or two dates can be compared."),
    };

    private static decimal? Number(object? value) => value switch
    {
        decimal number => number,
        int number => number,
        long number => number,
        double number => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => null,
    };
}
