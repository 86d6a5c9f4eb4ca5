using System.Globalization;
using System.Text.Json;

namespace Mail.Core.Templates;

/// <summary>Which values a template takes, and the form in which it sees them.</summary>
internal static class TemplateVariableRules
{
    /// <summary>A variable is a word, a name or a link, not a document.</summary>
    public const int MaxTextLength = 2_000;

    /// <summary>Why the value cannot be taken, or null when it can.</summary>
    public static TemplateVariableProblem? ProblemWith(TemplateVariable variable, JsonElement value)
    {
        if (IsMissing(value))
            return variable.Required ? new TemplateVariableProblem(variable.Name, "is required.", IsMissing: true) : null;
        string? detail = variable.Type switch
        {
            TemplateVariableType.Text => value.ValueKind switch
            {
                JsonValueKind.String => ProblemWithText(value.GetString()!),
                JsonValueKind.Number when value.TryGetDecimal(out _) => null,
                _ => "must be a string.",
            },
            TemplateVariableType.Number => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out _) ? null : "must be a number.",
            TemplateVariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false.",
            TemplateVariableType.Url => value.ValueKind is JsonValueKind.String
                ? ProblemWithText(value.GetString()!) ?? ProblemWithUrl(value.GetString()!)
                : "must be an absolute http or https URL.",
            _ => throw new InvalidOperationException($"Variable type {variable.Type} has no rule."),
        };
        return detail is null ? null : new TemplateVariableProblem(variable.Name, detail, IsMissing: false);
    }

    /// <summary>What the template sees: a string, a decimal, a boolean, or null for an optional variable without value and default.</summary>
    public static object? Resolve(TemplateVariable variable, JsonElement value)
    {
        if (IsMissing(value)) value = variable.Default;
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            // A code sent as a number must not be read as zero by {{#if}}, and is written without grouping or exponent.
            JsonValueKind.Number when variable.Type is TemplateVariableType.Text => value.GetDecimal().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.Number => value.GetDecimal(),
            _ => throw new InvalidOperationException($"Variable {variable.Name} is {value.ValueKind}; validation lets none through."),
        };
    }

    /// <summary>Blank text counts as no value: nobody wants "Hello ," or an empty code.</summary>
    public static bool IsMissing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        _ => false,
    };

    private static string? ProblemWithText(string text)
    {
        if (text.Length > MaxTextLength) return $"is longer than {MaxTextLength} characters.";
        return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')) ? "contains a control character." : null;
    }

    private static string? ProblemWithUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? null
            : "must be an absolute http or https URL.";
}
