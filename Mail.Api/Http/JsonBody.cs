using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mail.Api.Http;

/// <summary>Reads a JSON body so that every refusal names its field: 400 for what is not JSON, 422 for a field of the wrong type, 413 for too much.</summary>
public static partial class JsonBody
{
    private const int LongestPath = 200;

    /// <summary>The bytes of a body, whole.</summary>
    /// <exception cref="BadHttpRequestException">More than the server, or this endpoint, takes (413), or the client stopped sending.</exception>
    public static Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReadBytesAsync(request, request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize, ct);
    }

    /// <summary>The bytes of a body, whole.</summary>
    /// <exception cref="BadHttpRequestException">More than the limit or the server takes (413), or the client stopped sending.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, long? limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            ReadResult read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > limit) throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static Result<T> Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type) where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? value : Malformed("The body is null; send a JSON object.");
        }
        catch (JsonException e)
        {
            return SyntaxProblem(body, type.Options.MaxDepth) is { } problem ? Malformed(problem) : WrongType(e);
        }
    }

    private static Failure Malformed(string problem) => new(FailureKind.Malformed, "validation_error", problem);

    private static Failure WrongType(JsonException e)
    {
        // The path repeats what the caller wrote as names: no more of it is looked at than a person would read.
        ReadOnlySpan<char> where = e.Path.AsSpan();
        string path = PathSteps().Replace(where[..Math.Min(where.Length, LongestPath)].TrimStart('$').ToString(), ".$1").TrimStart('.');
        string problem = e.Message.StartsWith("must ", StringComparison.Ordinal) ? e.Message : "has a value of the wrong type.";
        return path.Length == 0 ? Malformed("The body must be a JSON object.") : Failure.Field(path, problem);
    }

    /// <returns>Where the text stops being JSON; null when it is JSON.</returns>
    private static string? SyntaxProblem(ReadOnlySpan<byte> body, int maxDepth)
    {
        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it.";
        }
    }

    /// <summary>`.to[0]` and `['a.b']` as System.Text.Json writes them become `.to.0` and `.a.b`.</summary>
    [GeneratedRegex(@"\[(?:')?([^\]']*)(?:')?\]")]
    private static partial Regex PathSteps();
}
