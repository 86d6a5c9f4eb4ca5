using Mail.Core.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Http;

/// <summary>For links that people open: while the database is away they get a page in words of theirs, and not the JSON that programs get. It asks to come again, so that programs which post a link do.</summary>
internal static class AwayPage
{
    public static TBuilder WithAwayPage<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints
        .AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception e) when (DatabaseAway.IsCauseOf(e) && !context.HttpContext.Response.HasStarted)
            {
                return Answer(context.HttpContext);
            }
        })
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(string), ["text/html"]));

    private static ContentHttpResult Answer(HttpContext http)
    {
        string language = RequestLanguage.Of(http.Request);
        http.Response.Headers.RetryAfter = "30";
        (string title, string text) = language == "fr"
            ? ("Momentanément indisponible", "Cette page ne peut pas être affichée pour le moment, et rien n’a été changé avec certitude. Rouvrez le lien dans une minute : il reste valable.")
            : ("Not available for a moment", "This page cannot be shown just now, and nothing is sure to have been changed. Open the link again in a minute: it still works.");
        return PublicPage.Answer(http, language, StatusCodes.Status503ServiceUnavailable, title, $"<p>{text}</p>");
    }
}
