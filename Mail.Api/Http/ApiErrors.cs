using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mail.Api.Http;

/// <summary>The body of every answer that is not a success.</summary>
public sealed record ApiErrorBody([property: JsonPropertyName("statusCode")] int StatusCode, string Name, string Message);

/// <summary>A refusal as an HTTP answer.</summary>
public sealed class ApiError(int statusCode, string name, string message) : IResult, IEndpointMetadataProvider
{
    public int StatusCode { get; } = statusCode;

    /// <summary>When asking again makes sense; whole seconds go out, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCode;
        LoggedCall.Refused(httpContext, name);
        if (RetryAfter is { } wait) httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        else if (StatusCode is StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "1";
        return httpContext.Response.WriteAsJsonAsync(new ApiErrorBody(StatusCode, name, message), ApiJson.Readable.ApiErrorBody, cancellationToken: httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (int status in (int[])[400, 401, 403, 422]) builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiErrorBody), ["application/json"]));
    }
}

/// <summary>The only place where a failure becomes HTTP.</summary>
public static class ApiErrors
{
    public static ApiError ToApiError(this Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        int status = failure.Kind switch
        {
            FailureKind.Malformed => 400,
            FailureKind.Unauthenticated => 401,
            FailureKind.Forbidden => 403,
            FailureKind.NotFound => 404,
            FailureKind.Conflict => 409,
            FailureKind.TooLarge => 413,
            FailureKind.Invalid => 422,
            FailureKind.TooMany => 429,
            FailureKind.Unavailable => 503,
            _ => throw new UnreachableException($"{failure.Kind}"),
        };
        return new ApiError(status, failure.Code, failure.Detail) { RetryAfter = failure.RetryAfter };
    }

    /// <summary>Documents a status that this endpoint adds to the usual ones.</summary>
    public static RouteHandlerBuilder ProducesApiError(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces<ApiErrorBody>(status);
}
