using System.Diagnostics;
using Mail.Core.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace Mail.Api.Http;

/// <summary>What no endpoint answered: unknown paths, wrong methods, bodies that Kestrel refused, and bugs.</summary>
public static class ErrorHandling
{
    public static void UseApiErrors(this WebApplication app)
    {
        app.UseExceptionHandler(errors => errors.Run(AnswerExceptionAsync));
        app.UseStatusCodePages(async context =>
        {
            HttpResponse response = context.HttpContext.Response;
            ApiError error = response.StatusCode switch
            {
                404 => new ApiError(404, "not_found", "There is nothing at this path."),
                405 => new ApiError(405, "method_not_allowed", $"{context.HttpContext.Request.Method} is not allowed here."),
                413 => new ApiError(413, "validation_error", "The body is too large."),
                415 => new ApiError(415, "validation_error", "Send the body as JSON, with the header Content-Type: application/json."),
                _ => new ApiError(response.StatusCode, "application_error", "The request was refused."),
            };
            await error.ExecuteAsync(context.HttpContext);
        });
    }

    private static Task AnswerExceptionAsync(HttpContext context)
    {
        Exception? exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        ApiError error = exception switch
        {
            BadHttpRequestException { StatusCode: 413 } => new ApiError(413, "validation_error", "The body is too large."),
            BadHttpRequestException bad => new ApiError(bad.StatusCode, "validation_error", bad.Message),
            _ when DatabaseAway.IsCauseOf(exception) => new ApiError(503, "service_unavailable", "The database is not reachable at this moment. Nothing is known to be stored; send it again in a second."),
            _ => new ApiError(500, "internal_server_error", $"Something went wrong on our side. Nothing is known to be stored. Name this when you ask: {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}"),
        };
        return error.ExecuteAsync(context);
    }
}
