using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mail.Core.Audit;

/// <summary>What of a thing changed, from how the API showed it before and after.</summary>
public static class AuditDifference
{
    /// <summary>Of a value that is longer only the length is kept: a template's design has its versions.</summary>
    private const int LongestValue = 4000;

    /// <summary>They change with every change, or without one.</summary>
    private static readonly string[] _passing = ["updated_at", "revision", "last_used_at"];

    /// <param name="before">Null for what was not there.</param>
    /// <param name="after">Null for what is gone.</param>
    /// <returns>Two JSON objects with the fields that differ; null on the side where there is nothing.</returns>
    public static (string? Before, string? After) Of(JsonElement? before, JsonElement? after)
    {
        if (before is not { ValueKind: JsonValueKind.Object } old) return (null, after is { ValueKind: JsonValueKind.Object } made ? Write(made, _ => true) : null);
        if (after is not { ValueKind: JsonValueKind.Object } now) return (Write(old, _ => true), null);
        bool Differs(JsonProperty field, JsonElement other) => !other.TryGetProperty(field.Name, out JsonElement value) || !JsonElement.DeepEquals(field.Value, value);
        return (Write(old, field => Differs(field, now)), Write(now, field => Differs(field, old)));
    }

    private static string Write(JsonElement thing, Func<JsonProperty, bool> isWanted)
    {
        ArrayBufferWriter<byte> text = new();
        using Utf8JsonWriter writer = new(text);
        writer.WriteStartObject();
        foreach (JsonProperty field in thing.EnumerateObject())
        {
            if (_passing.Contains(field.Name) || !isWanted(field)) continue;
            if (field.Value.GetRawText().Length <= LongestValue) field.WriteTo(writer);
            else writer.WriteString(field.Name, string.Create(CultureInfo.InvariantCulture, $"… {field.Value.GetRawText().Length:N0} characters"));
        }

        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
