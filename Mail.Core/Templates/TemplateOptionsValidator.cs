using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Mail.Core.Templates;

[OptionsValidator]
internal sealed partial class TemplateOptionsLimits : IValidateOptions<TemplateOptions>;

/// <summary>Stops a host whose layout could not be rendered, before the first message finds out.</summary>
internal sealed class TemplateOptionsValidator : IValidateOptions<TemplateOptions>
{
    public ValidateOptionsResult Validate(string? name, TemplateOptions options)
    {
        Dictionary<string, TemplateVariable> known = BuiltInTemplates.LayoutVariables().ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        List<string> failures = [];
        foreach ((string key, string value) in options.Layout)
        {
            if (!known.TryGetValue(key, out TemplateVariable? variable))
                failures.Add($"Templates:Layout:{key} is not a variable of the layout; those are {string.Join(", ", known.Keys)}.");
            else if (TemplateVariableRules.ProblemWith(variable, JsonSerializer.SerializeToElement(value)) is { } problem)
                failures.Add($"Templates:Layout:{key} is \"{value}\"; it {problem.Detail}");
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
