using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mail.Api.Messaging;

/// <summary>What a dead letter says, without what whoever repairs it has no need of: addresses keep their domain, and what a name calls secret is not shown.</summary>
internal static partial class MaskedBody
{
    private const string Hidden = "••••••";

    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">As the bus wrote it.</param>
    /// <returns>The same text where nothing is to be hidden; nothing of one that cannot be read.</returns>
    public static string Of(string json)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return Hidden;
        }

        JsonNode? masked = Mask(body, isSecret: false);
        return JsonNode.DeepEquals(body, masked) ? json : masked!.ToJsonString(_readable);
    }

    private static JsonNode? Mask(JsonNode? node, bool isSecret) => node switch
    {
        JsonObject members => Mask(members, isSecret),
        JsonArray items => new JsonArray([.. items.Select(one => Mask(one, isSecret))]),
        JsonValue value when isSecret => value.GetValueKind() is JsonValueKind.Null ? null : JsonValue.Create(Hidden),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(Addresses().Replace(text, "•••@$1")),
        _ => node?.DeepClone(),
    };

    private static JsonObject Mask(JsonObject members, bool isSecret)
    {
        JsonObject masked = [];
        foreach ((string name, JsonNode? value) in members) masked[Addresses().Replace(name, "•••@$1")] = Mask(value, isSecret || Secret().IsMatch(name)); // two that look alike now are one
        return masked;
    }

    [GeneratedRegex(@"(token|secret|password|passwd|credential|signature|api_?key|code|otp|url|link)s?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();

    [GeneratedRegex(@"[^\s<>""@,;:()\[\]]+@([^\s<>""@,;:()\[\]]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();
}
