using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Mail.Core.Reservations.Widget;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations.Widget;

/// <summary>/reservation-settings: the widget that sites show. A test key sees and sets the sandbox's, whose trips are test data.</summary>
public static class WidgetSettingsEndpoint
{
    private const string Kind = "reservation_settings";
    private const int MostOrigins = 20, MostPlaces = 500;

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet("/", GetAsync).RequireScope(Scopes.ReadReservations).WithSummary("See the settings of the reservation widget");
        settings.MapPut("/", PutAsync).RequireScope(Scopes.WriteReservations).Accepts<Request>("application/json").ProducesApiError(413)
            .WithSummary("Set up the reservation widget").WithDescription("Which sites may show it, and the places that people choose from. The widget's id stays the same.");
    }

    /// <param name="Enabled">False switches it off everywhere, at once.</param>
    /// <param name="AllowedOrigins">The sites that may show it, each as `https://carpool.example`, up to 20.</param>
    /// <param name="Places">Up to 500, which people choose from; others they give by their position.</param>
    /// <param name="TimeZone">Of departures, such as `Europe/Paris`; without it that of the reader's browser.</param>
    public sealed record Request(bool? Enabled, string?[]? AllowedOrigins, PlaceRequest?[]? Places, string? TimeZone);

    /// <param name="WidgetId">Null when nothing is set up.</param>
    /// <param name="Embed">What goes into a page.</param>
    public sealed record Response(string Object, string? WidgetId, bool Enabled, IReadOnlyList<string> AllowedOrigins, IReadOnlyList<PlaceRequest> Places, string? TimeZone, string? Embed);

    public static async Task<Ok<Response>> GetAsync(CurrentProject project, WidgetSettingsStore store, PublicUrl home, CancellationToken ct) =>
        TypedResults.Ok(Of(await store.FindAsync(project.Id, project.IsTest, ct), home));

    public static async Task<Results<Ok<Response>, ApiError>> PutAsync(HttpRequest http, CurrentProject project, WidgetSettingsStore store, PublicUrl home, IHostEnvironment environment, CancellationToken ct)
    {
        Result<Request> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.WidgetSettingsRequest);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        Request request = read.Value;
        Result<string[]> origins = Origins(request.AllowedOrigins ?? [], environment.IsDevelopment());
        if (!origins.IsSuccess) return origins.Failure.ToApiError();
        Result<Place[]> places = Places(request.Places ?? []);
        if (!places.IsSuccess) return places.Failure.ToApiError();
        string? zone = null;
        if (request.TimeZone is { } name)
        {
            Result<TimeZoneInfo> found = TripFields.Zone(name);
            if (!found.IsSuccess) return found.Failure.ToApiError();
            zone = found.Value.Id;
        }

        return TypedResults.Ok(Of(await store.PutAsync(project.Id, project.IsTest, request.Enabled ?? true, origins.Value, places.Value, zone, ct), home));
    }

    /// <summary>As browsers write them: nothing after the host and port, and no default port.</summary>
    private static Result<string[]> Origins(string?[] asked, bool allowsHttp)
    {
        if (asked.Length > MostOrigins) return Failure.Field("allowed_origins", $"has more than {MostOrigins} entries.");
        List<string> origins = [];
        for (int i = 0; i < asked.Length; i++)
        {
            bool isOrigin = Uri.TryCreate(asked[i], UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http" && asked[i]!.Length <= 200 && url.UserInfo.Length == 0
                && (asked[i] == url.GetLeftPart(UriPartial.Authority) || asked[i] == url.GetLeftPart(UriPartial.Authority) + "/") && url.IdnHost == url.Host;
            if (!isOrigin) return Failure.Field($"allowed_origins.{i}", "must be the origin of a site as its browser writes it: lower case, without a path, such as `https://carpool.example`.");
            if (url!.Scheme is "http" && !allowsHttp && !url.IsLoopback) return Failure.Field($"allowed_origins.{i}", "must begin with https: what people type there goes over the network.");
            origins.Add(url.GetLeftPart(UriPartial.Authority));
        }

        return origins.Distinct().ToArray();
    }

    private static Result<Place[]> Places(PlaceRequest?[] asked)
    {
        if (asked.Length > MostPlaces) return Failure.Field("places", $"has more than {MostPlaces} entries.");
        Place[] places = new Place[asked.Length];
        for (int i = 0; i < asked.Length; i++)
        {
            Result<Place> place = TripFields.Place(asked[i], $"places.{i}");
            if (!place.IsSuccess) return place.Failure;
            places[i] = place.Value;
        }

        return places;
    }

    private static Response Of(WidgetSettings? settings, PublicUrl home) => new(
        Kind, settings?.WidgetId, settings?.IsOn ?? false, settings?.AllowedOrigins ?? [], [.. (settings?.Places ?? []).Select(place => new PlaceRequest(place.Label, place.Latitude, place.Longitude))], settings?.TimeZone,
        settings is null || home.Value is not { } url ? null : $"<script src=\"{url.AbsoluteUri.TrimEnd('/')}/widget/reservations.js\" data-widget=\"{settings.WidgetId}\" async></script>");
}
