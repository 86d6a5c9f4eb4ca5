using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mail.Api.Http;

/// <summary>
/// Says in the OpenAPI document what we write and mean, where it would say all that is technically taken: a number is a number (that a body may say it as text is no invitation to), and a field that
/// takes one or many says both.
/// </summary>
public static class PlainSchemas
{
    /// <summary>Internal to the messages, which alone read so.</summary>
    private const string OneOrMany = "OneOrManyConverter";

    public static Task SetAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(context);
        const JsonSchemaType Numbers = JsonSchemaType.Integer | JsonSchemaType.Number;
        if ((schema.Type & Numbers) != 0 && (schema.Type & JsonSchemaType.String) != 0)
        {
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(JsonConverterAttribute), inherit: false) is [JsonConverterAttribute { ConverterType.Name: OneOrMany }, ..])
            schema.Type |= JsonSchemaType.String;
        return Task.CompletedTask;
    }
}
