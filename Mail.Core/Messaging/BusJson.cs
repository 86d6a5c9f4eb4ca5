using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>How bodies are written where a registration brings no serializer of its own.</summary>
internal static class BusJson
{
    /// <summary>
    /// A parameter of a record without a default must be there, so that a body that lacks something is a dead letter and not a handler's riddle: what is added to a record later needs a
    /// default, for the messages that wait. What a body has more is passed over.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new IdJson() },
    };

    /// <summary>Our ids as texts.</summary>
    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsValueType && typeToConvert.Namespace == typeof(ProjectId).Namespace && typeToConvert.Name.EndsWith("Id", StringComparison.Ordinal) && typeToConvert.GetConstructor([typeof(Guid)]) is not null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

        private sealed class Converter<T> : JsonConverter<T> where T : struct
        {
            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (T)Activator.CreateInstance(typeof(T), reader.GetGuid())!;

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
        }
    }
}
