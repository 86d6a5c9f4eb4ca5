using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates;

namespace Mail.Core.Messages;

/// <summary>Parts a message's secrets from the rest of it, and puts them together again.</summary>
internal static class SecretParts
{
    private const int ShortestLeak = 4;

    /// <summary>Whether messages of a request hold a secret, and so need a cipher.</summary>
    public static bool AreIn(EmailRequest request, PublishedTemplate? template) =>
        request.Sensitive == true || request.SecretVariables.Count > 0 || template?.HasSecrets == true;

    /// <returns>Null for a message without any.</returns>
    /// <exception cref="RefusedException">The subject tells a secret: it stands in lists, and on locked screens.</exception>
    public static SecretContent? Of(EmailRequest request, string? html, string? text, TemplateUse? use, PublishedTemplate? template, string subject, string path)
    {
        if (!AreIn(request, template)) return null;
        if (request.Sensitive == true) return new SecretContent(html, text, use?.Variables);
        Dictionary<string, JsonElement> secrets = [];
        foreach ((string name, JsonElement value) in use?.Variables ?? new Dictionary<string, JsonElement>())
        {
            if (!request.SecretVariables.Contains(name) && !template!.Variables.Any(variable => variable.IsSecret && variable.Name == name)) continue;
            if (Text(value) is { Length: >= ShortestLeak } said && subject.Contains(said, StringComparison.OrdinalIgnoreCase))
                throw new RefusedException(Failure.Field($"{path}template.variables.{name}", "is secret, and the subject tells it: subjects are shown in lists and on locked screens. Take it out of the template's subject."));
            secrets[name] = value;
        }

        return secrets.Count == 0 ? null : new SecretContent(null, null, secrets);
    }

    /// <summary>What stands in the database in clear.</summary>
    public static MessageContent Without(MessageContent content, SecretContent? secrets) => secrets is null ? content : content with
    {
        Html = secrets.Html is null ? content.Html : null,
        Text = secrets.Text is null ? content.Text : null,
        Template = content.Template is { } use && secrets.Variables is { } hidden
            ? use with { Variables = use.Variables.Where(variable => !hidden.ContainsKey(variable.Key)).ToDictionary(variable => variable.Key, variable => variable.Value) } : content.Template,
    };

    /// <summary>As it was handed over.</summary>
    public static MessageContent With(MessageContent content, SecretContent secrets) => content with
    {
        Html = secrets.Html ?? content.Html,
        Text = secrets.Text ?? content.Text,
        Template = content.Template is { } use && secrets.Variables is { } hidden ? use with { Variables = Joined(use.Variables, hidden) } : content.Template,
        Secrets = null,
    };

    /// <summary>In place of what is not shown.</summary>
    public static SecretContent Masked(SecretContent secrets, PublishedTemplate? template) => secrets with
    {
        Variables = secrets.Variables?.ToDictionary(variable => variable.Key, variable => Mask(template?.Variables.FirstOrDefault(known => known.Name == variable.Key)?.Type, variable.Value)),
    };

    private static JsonElement Mask(TemplateVariableType? type, JsonElement value) => type switch
    {
        TemplateVariableType.Text => _masked,
        TemplateVariableType.Url => _nowhere,
        TemplateVariableType.List => MaskedList(value),
        _ => value, // of a sensitive message, which is not shown at all
    };

    /// <summary>Its addresses lead nowhere; the words beside them are shown.</summary>
    private static JsonElement MaskedList(JsonElement list)
    {
        if (System.Text.Json.Nodes.JsonNode.Parse(list.GetRawText()) is not System.Text.Json.Nodes.JsonArray items) return list;
        foreach (System.Text.Json.Nodes.JsonObject item in items.OfType<System.Text.Json.Nodes.JsonObject>())
            foreach (string name in item.Select(field => field.Key).ToList())
                if (item[name] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out string? text) && Uri.TryCreate(text, UriKind.Absolute, out _)) item[name] = _nowhere.GetString();
        return JsonElement.Parse(items.ToJsonString());
    }

    private static readonly JsonElement _masked = JsonElement.Parse("\"••••••\""), _nowhere = JsonElement.Parse("\"https://hidden.invalid/\"");

    private static Dictionary<string, JsonElement> Joined(IReadOnlyDictionary<string, JsonElement> shown, IReadOnlyDictionary<string, JsonElement> hidden)
    {
        Dictionary<string, JsonElement> all = new(shown);
        foreach ((string name, JsonElement value) in hidden) all[name] = value;
        return all;
    }

    private static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : value.ValueKind is JsonValueKind.Number ? value.GetRawText() : null;
}
