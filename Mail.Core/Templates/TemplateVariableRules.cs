using System.Globalization;
using System.Text.Json;

namespace Mail.Core.Templates;

/// <summary>Which values a template takes, and the form in which it sees them.</summary>
internal static class TemplateVariableRules
{
    /// <summary>A variable is a word, a name or a link, not a document.</summary>
    public const int MaxTextLength = 2_000;

    /// <summary>The first reason why the value cannot be taken, or null when it can.</summary>
    public static TemplateVariableProblem? ProblemWith(TemplateVariable variable, JsonElement value)
    {
        if (IsMissing(value))
            return variable.Required ? new TemplateVariableProblem(variable.Name, "is required.", IsMissing: true) : null;
        if (variable.Type is TemplateVariableType.List) return TemplateLists.ProblemsWith(variable, value).FirstOrDefault();
        string? detail = variable.Type switch
        {
            TemplateVariableType.Text => value.ValueKind switch
            {
                JsonValueKind.String => ProblemWithText(value),
                JsonValueKind.Number when value.TryGetDecimal(out _) => null,
                _ => "must be a string.",
            },
            TemplateVariableType.Number => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out _) ? null : "must be a number.",
            TemplateVariableType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false.",
            TemplateVariableType.Url => value.ValueKind is JsonValueKind.String
                ? ProblemWithUrl(value)
                : "must be an absolute http or https URL.",
            TemplateVariableType.Date => value.ValueKind is JsonValueKind.String && IsMoment(value)
                ? null
                : "must be a date and time with its offset (ISO 8601), such as `2026-11-21T10:00:00Z`.",
            TemplateVariableType.TimeZone => value.ValueKind is JsonValueKind.String && TimeZones.Find(value.GetString()!) is not null
                ? null
                : "must be the name of a time zone (IANA), such as `Europe/Paris`.",
            _ => throw new InvalidOperationException($"Variable type {variable.Type} has no rule."),
        };
        return detail is null ? null : new TemplateVariableProblem(variable.Name, detail, IsMissing: false);
    }

    /// <summary>What the template sees: a string, a decimal, a boolean, a date in the mail's zone, a list, or null for an optional variable without
    /// value and default.</summary>
    /// <param name="variable">Whose value it is.</param>
    /// <param name="value">Has no problem.</param>
    /// <param name="zone">In which dates are written.</param>
    public static object? Resolve(TemplateVariable variable, JsonElement value, TimeZoneInfo zone)
    {
        if (IsMissing(value)) value = variable.Default;
        if (variable.Type is TemplateVariableType.List) return TemplateLists.Resolve(variable, value, zone);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String when variable.Type is TemplateVariableType.Date => TimeZoneInfo.ConvertTime(value.GetDateTimeOffset(), zone),
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
        JsonValueKind.String => !PlainJson.BeginsVisibly(value) && string.IsNullOrWhiteSpace(value.GetString()),
        _ => false,
    };

    private static string? ProblemWithText(JsonElement value) => PlainJson.IsPrintable(value, MaxTextLength) ? null : ProblemWithText(value.GetString()!);

    private static string? ProblemWithText(string text)
    {
        if (text.Length > MaxTextLength) return $"is longer than {MaxTextLength} characters.";
        return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')) ? "contains a control character." : null;
    }

    private static string? ProblemWithUrl(JsonElement value)
    {
        if (PlainJson.IsWebAddress(value, MaxTextLength)) return null;
        string text = value.GetString()!;
        if (ProblemWithText(text) is { } problem) return problem;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? null : "must be an absolute http or https URL.";
    }

    /// <summary>Without an offset it would be another moment on each machine.</summary>
    private static bool IsMoment(JsonElement value) =>
        value.TryGetDateTimeOffset(out _) && value.GetString() is { Length: > 16 } text && (text[^1] == 'Z' || text[^6] is '+' or '-');
}
