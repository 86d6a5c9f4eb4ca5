using System.Text.Json.Serialization.Metadata;
using Mail.Core.Common;
using Microsoft.AspNetCore.OpenApi;

namespace Mail.Api.Http;

/// <summary>
/// What types are called in the OpenAPI document. By their bare names all that are called `Request` would be one, and the first of them stand for every body.
/// A nested type bears the name of its endpoint (`PublishTemplateRequest`); of two types with one name that of the API keeps it, and the other is preceded by its feature.
/// </summary>
public static class SchemaNames
{
    private static readonly HashSet<string> _taken = [.. typeof(SchemaNames).Assembly.GetTypes().Where(type => !type.IsNested).Select(type => type.Name)];

    /// <returns>Null where the schema stands in its place, without a name.</returns>
    public static string? Of(JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } name) return null;
        Type bare = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        bool isOfApi = bare.Assembly == typeof(SchemaNames).Assembly;
        if (bare.IsGenericType || (!isOfApi && bare.Assembly != typeof(Failure).Assembly)) return name;
        if (bare.DeclaringType is { } endpoint) return endpoint.Name + bare.Name;
        return isOfApi || !_taken.Contains(name) ? name : bare.Namespace![(bare.Namespace!.LastIndexOf('.') + 1)..] + name;
    }
}
