using Mail.Api.Accounts;
using Mail.Api.Messages;

namespace Mail.Api;

/// <summary>Every path of the API, by feature.</summary>
public static class Endpoints
{
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder messages = api.MapGroup("/emails").WithTags("Emails");
        SendMessage.Map(messages);
        SendBatch.Map(messages);
        ListMessages.Map(messages);
        GetMessage.Map(messages);
        ListEvents.Map(messages);
        GetMessagePart.Map(messages);
    }

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder auth = api.MapGroup("/auth").WithTags("Console sign-in");
        SignIn.Map(auth);
        SignOut.Map(auth);
        GetSession.Map(auth);
    }
}
