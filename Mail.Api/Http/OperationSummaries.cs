using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mail.Api.Http;

/// <summary>
/// What operations are called in the OpenAPI document: as the class of their endpoint (`RotateApiKey`: "Rotate API key"), which says what the call does. A class of several
/// endpoints names each of them by WithSummary, or all are called alike. What a handler's own comment says is the description.
/// </summary>
public static partial class OperationSummaries
{
    public static Task SetAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        string? summary = Of(context.Description.ActionDescriptor.EndpointMetadata);
        if (operation.Summary is { } comment && comment != summary) operation.Description ??= comment;
        operation.Summary = summary;
        if (context.Description.HttpMethod == HttpMethods.Head) operation.OperationId = null; // it has the name of its GET, and names are unique
        return Task.CompletedTask;
    }

    /// <param name="metadata">Of the endpoint.</param>
    /// <returns>Null for what is no handler of ours.</returns>
    internal static string? Of(IEnumerable<object> metadata) =>
        metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary ?? (metadata.OfType<MethodInfo>().LastOrDefault() is { } handler ? Words(EndpointOf(handler).Name) : null);

    /// <summary>A lambda stands in a class that the compiler made within it.</summary>
    private static Type EndpointOf(MethodInfo handler) => handler.DeclaringType is { Name: ['<', ..], DeclaringType: { } endpoint } ? endpoint : handler.DeclaringType!;

    private static string Words(string name)
    {
#pragma warning disable CA1308 // words are written so
        string words = WordStart().Replace(name, " ").ToLowerInvariant();
#pragma warning restore CA1308
        return string.Concat(words[..1].ToUpperInvariant(), words.AsSpan(1)).Replace(" api ", " API ", StringComparison.Ordinal);
    }

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
