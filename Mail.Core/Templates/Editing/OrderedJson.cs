using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mail.Core.Templates.Editing;

/// <summary>JSON with its names in order and its numbers in plain digits: two values are the same when their texts are, whatever stored them in between.</summary>
internal static class OrderedJson
{
    public static SortedDictionary<string, JsonElement> Of(IReadOnlyDictionary<string, JsonElement> values) =>
        new(values.ToDictionary(value => value.Key, value => Of(value.Value)), StringComparer.Ordinal);

    public static JsonElement Of(JsonElement value) => JsonSerializer.SerializeToElement(Node(value));

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().GroupBy(property => property.Name, StringComparer.Ordinal).OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => KeyValuePair.Create(property.Key, Node(property.Last().Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Node)]),
        JsonValueKind.Number when value.TryGetDecimal(out decimal number) => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };
}
