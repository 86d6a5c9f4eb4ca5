using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Api.Messages;

/// <summary>
/// Which messages of the project a request may name. A test key sees, and takes back, what test keys have sent: to it live messages do not exist (the list is asked so,
/// <see cref="ListMessages"/>). And nobody in the project takes back or puts off what Mail itself tells the owner of an account.
/// </summary>
internal static class MessageReach
{
    private static Failure NotTheirs => new(FailureKind.Forbidden, "own_message", "This is a message of Mail's own to one person. Nobody in the project takes it back or puts it off.");

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        bool reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (context.Features.Get<CurrentProject>() is { } project && (project.IsTest || !reads))
        {
            (bool IsTest, string? Source)? origin = Guid.TryParse(context.GetRouteValue("id") as string, out Guid id)
                ? await context.RequestServices.GetRequiredService<MessageReader>().OriginAsync(project.Id, new MessageId(id), context.RequestAborted) : null;
            if (project.IsTest && origin is not { IsTest: true }) return Failure.NotFound("Email").ToApiError();
            if (!reads && origin is { Source: MessageSources.Verification }) return NotTheirs.ToApiError();
        }

        return await next(invocation);
    }
}
