using System.Text.Json;
using Mail.Core.Contacts;
using Mail.Core.Templates;

namespace Mail.Core.Messages;

/// <summary>What is known of a recipient, as variables of a template. What the call says goes before it; what does not fit the template is left out.</summary>
internal static class ContactVariables
{
    private const string NameVariable = "name";

    public static void AddTo(Dictionary<string, JsonElement> variables, PublishedTemplate template, Contact contact)
    {
        foreach (TemplateVariable variable in template.Variables)
        {
            if (variables.TryGetValue(variable.Name, out JsonElement given) && !TemplateRenderer.IsMissing(given)) continue;
            JsonElement value = variable.Type is TemplateVariableType.TimeZone && contact.TimeZone is { } zone ? JsonSerializer.SerializeToElement(zone)
                : contact.Attributes.TryGetValue(variable.Name, out JsonElement attribute) ? attribute
                : variable.Name == NameVariable && contact.Name is { } name ? JsonSerializer.SerializeToElement(name)
                : default;
            if (!TemplateRenderer.IsMissing(value) && TemplateRenderer.Takes(variable, value)) variables[variable.Name] = value;
        }
    }
}
