namespace Mail.Core.Templates.Expressions;

/// <summary>A helper that a template may call.</summary>
/// <param name="Name">As written in the template.</param>
/// <param name="Least">How many arguments it needs at least.</param>
/// <param name="Most">How many it takes at most.</param>
/// <param name="IsBlock">`{{#name}}...{{/name}}`; otherwise `{{name}}`.</param>
internal sealed record TemplateHelper(string Name, int Least, int Most, bool IsBlock)
{
    /// <summary>Helpers of Handlebars, of our own, and those that SendGrid's templates use.</summary>
    public static readonly IReadOnlyDictionary<string, TemplateHelper> All = new TemplateHelper[]
    {
        new("if", 1, 1, true), new("unless", 1, 1, true), new("each", 1, 1, true),
        new("equals", 2, 2, true), new("notEquals", 2, 2, true), new("greaterThan", 2, 2, true), new("lessThan", 2, 2, true), new("and", 1, 8, true), new("or", 1, 8, true),
        new("t", 1, 1, false), new("plural", 3, 3, false), new("initial", 1, 1, false), new("insert", 1, 2, false), new("length", 1, 1, false), new("link", 1, 8, false),
        new("date", 1, 2, false), new("time", 1, 1, false), new("datetime", 1, 2, false), new("number", 1, 1, false), new("money", 2, 2, false), new("formatDate", 2, 2, false),
    }.ToDictionary(helper => helper.Name, StringComparer.Ordinal);

    public string Arguments => Least == Most ? $"{Least} argument{(Least == 1 ? "" : "s")}" : $"{Least} to {Most} arguments";
}
