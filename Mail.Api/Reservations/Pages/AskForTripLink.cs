using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations.Pages;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations.Pages;

/// <summary>POST /offers/dashboard-link: mails a person the link to the page of their trips. The answer, and how long it takes, is the same whether or not anybody has a trip by that address.</summary>
public static class AskForTripLink
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapPost("/dashboard-link", Handle).RequireScope(Scopes.WriteReservations).Accepts<Request>("application/json").Produces<Response>(202).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Mail the link to a person's page of trips").WithDescription("Of trips that they drive and seats that they asked for. At most three mails in a quarter of an hour for one address; the answer is always the same.");

    /// <param name="Email">Whose page it is.</param>
    /// <param name="Locale">Of the mail and the page; without it the one that the trip knows.</param>
    public sealed record Request(string? Email, string? Locale);

    public sealed record Response(string Object, bool Accepted);

    public static async Task<Results<Accepted<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, TripLinkRequests links, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.AskForTripLinkRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<(string Email, string? Locale)> read = Read(request.Value);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        await links.AskAsync(project.Id, project.IsTest, read.Value.Email, read.Value.Locale, ct);
        return TypedResults.Accepted((string?)null, new Response("dashboard_link", true));
    }

    internal static Result<(string Email, string? Locale)> Read(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Email)) return Failure.Missing("email");
        if (!NormalAddress.TryParse(request.Email, out string? email, out string? problem)) return Failure.Field("email", problem);
        string? locale = string.IsNullOrWhiteSpace(request.Locale) ? null : request.Locale.Trim();
        return locale is null || (locale.Length <= 35 && locale.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) ? (email, locale) : Failure.Field("locale", "must be a language tag, such as `fr` or `en-GB`.");
    }
}
