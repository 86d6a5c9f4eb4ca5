namespace Mail.Core.Common;

/// <summary>What sort of refusal a <see cref="Failure"/> is; Mail.Api maps each to one HTTP status.</summary>
public enum FailureKind
{
    /// <summary>The request cannot be read at all (HTTP 400).</summary>
    Malformed,

    /// <summary>No credentials were given (HTTP 401).</summary>
    Unauthenticated,

    /// <summary>The credentials do not allow this (HTTP 403).</summary>
    Forbidden,

    /// <summary>There is no such thing in this project (HTTP 404); also the answer for another project's data.</summary>
    NotFound,

    /// <summary>It contradicts something that is already stored or under way (HTTP 409).</summary>
    Conflict,

    /// <summary>More bytes than we take (HTTP 413).</summary>
    TooLarge,

    /// <summary>It can be read, but a field's value is not acceptable (HTTP 422).</summary>
    Invalid,

    /// <summary>Too many requests for now (HTTP 429).</summary>
    TooMany,

    /// <summary>We cannot take it just now, and nothing was stored; the caller may send it again (HTTP 503).</summary>
    Unavailable,
}

/// <summary>An expected failure, as a value. Bugs and lost connections stay exceptions.</summary>
/// <param name="Kind">Which sort of refusal.</param>
/// <param name="Code">The public name of the error (`validation_error`, `not_found`...): part of the API.</param>
/// <param name="Detail">One sentence for a person: the field's path in backticks, and what to do.</param>
public sealed record Failure(FailureKind Kind, string Code, string Detail)
{
    /// <summary>After which time it may be asked again, where that is known (HTTP's Retry-After).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A field whose value is not acceptable.</summary>
    /// <param name="path">The field's path as the caller wrote it, such as `to.0`.</param>
    /// <param name="problem">What is wrong and what would be right, as the end of a sentence.</param>
    public static Failure Field(string path, string problem) => new(FailureKind.Invalid, "validation_error", $"`{path}` {problem}");

    /// <summary>A required field that is absent.</summary>
    public static Failure Missing(string path) => new(FailureKind.Invalid, "missing_required_field", $"Missing `{path}` field.");

    /// <summary>Nothing of this project has that id.</summary>
    public static Failure NotFound(string what) => new(FailureKind.NotFound, "not_found", $"{what} not found");
}
