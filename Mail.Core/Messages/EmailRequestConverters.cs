using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mail.Core.Messages;

/// <summary>A string or an array of strings.</summary>
internal sealed class OneOrManyConverter : JsonConverter<string[]>
{
    public override string[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return [reader.GetString()!];
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException("must be a string or an array of strings.");
        List<string> many = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String) throw new JsonException("must be a string or an array of strings.");
            many.Add(reader.GetString()!);
        }

        return [.. many];
    }

    public override void Write(Utf8JsonWriter writer, string[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string item in value) writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}

/// <summary>Resend's SDK sends `false` where an attachment has no name.</summary>
internal sealed class FileNameConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.False => null,
        _ => throw new JsonException("must be a string."),
    };

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Base64, or a Node Buffer as JSON.stringify leaves it: `{"type":"Buffer","data":[1,2,3]}`.</summary>
internal sealed class AttachmentContentConverter : JsonConverter<byte[]>
{
    private const string Expected = "must be base64 or a Buffer object.";

    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return reader.TryGetBytesFromBase64(out byte[]? content) ? content : FromLooseBase64(reader.GetString()!);
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException(Expected);
        byte[]? data = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isData) data = ReadBytes(ref reader);
            else reader.Skip();
        }

        return data ?? throw new JsonException(Expected);
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    /// <summary>Base64 with line breaks, or of the URL alphabet without padding, is common enough to take.</summary>
    private static byte[] FromLooseBase64(string text)
    {
        string compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        try
        {
            return Convert.FromBase64String(compact.PadRight((compact.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException e)
        {
            throw new JsonException(Expected, e);
        }
    }

    private static byte[] ReadBytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException(Expected);
        List<byte> bytes = [];
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetByte(out byte value)) throw new JsonException(Expected);
            bytes.Add(value);
        }

        return [.. bytes];
    }
}
