using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mail.Core.Templates.Editing;

/// <summary>Variables for a preview.</summary>
public static class SampleData
{
    /// <summary>What is given, and for each required variable that is not, something that shows where it stands.</summary>
    public static Dictionary<string, JsonElement> Complete(PublishedTemplate template, IReadOnlyDictionary<string, JsonElement> given)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(given);
        Dictionary<string, JsonElement> sample = new(given, StringComparer.Ordinal);
        foreach (TemplateVariable variable in template.Variables)
            if (variable.Required && (!sample.TryGetValue(variable.Name, out JsonElement value) || TemplateVariableRules.IsMissing(value)))
                sample[variable.Name] = JsonSerializer.SerializeToElement(Example(variable));
        return sample;
    }

    private static JsonNode Example(TemplateVariable variable) => variable.Type switch
    {
        TemplateVariableType.Number => 1,
        TemplateVariableType.Boolean => true,
        TemplateVariableType.Url => "https://example.com/",
        TemplateVariableType.Date => "2030-01-01T12:00:00Z",
        TemplateVariableType.TimeZone => "Europe/Paris",
        TemplateVariableType.List => new JsonArray(new JsonObject(variable.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Example(field))))),
        _ => variable.Name,
    };
}
