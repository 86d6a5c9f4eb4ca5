using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;

namespace Mail.Api.Templates;

/// <summary>Declared variables by name; or as Resend has them, as a list in which a variable without `fallback_value` is required.</summary>
public sealed class VariablesJson : JsonConverter<Dictionary<string, VariableSource>>
{
    public override Dictionary<string, VariableSource> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return JsonSerializer.Deserialize(ref reader, TemplateSourceJson.Default.Variables) is { } variables && variables.Values.All(variable => variable is not null)
                ? variables : throw new JsonException("must say of each variable what it is, such as `{\"type\":\"string\"}`.");
        }

        Dictionary<string, VariableSource> declared = [];
        foreach (JsonElement item in JsonElement.ParseValue(ref reader).EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object || !item.TryGetProperty("key", out JsonElement key) || key.ValueKind is not JsonValueKind.String) throw new JsonException("must be a list of `{\"key\",\"type\"}`.");
            string type = item.TryGetProperty("type", out JsonElement named) && named.ValueKind is JsonValueKind.String ? named.GetString()! : "string";
            if (type is not ("string" or "number")) throw new JsonException("must have types `string` or `number` when it is a list; write it as an object for others.");
            bool hasFallback = item.TryGetProperty("fallback_value", out JsonElement fallback) && fallback.ValueKind is not JsonValueKind.Null;
            if (!declared.TryAdd(key.GetString()!, new VariableSource(type == "number" ? TemplateVariableType.Number : TemplateVariableType.Text, !hasFallback, hasFallback ? fallback.Clone() : null)))
                throw new JsonException("must name each variable once.");
        }

        return declared;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, VariableSource> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, TemplateSourceJson.Default.Variables);
}
