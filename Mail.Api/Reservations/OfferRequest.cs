using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Reservations;
using Mail.Core.Suppressions;
using Mail.Core.Templates;

namespace Mail.Api.Reservations;

/// <param name="Name">As the others know them.</param>
/// <param name="Phone">Shown to the other side once a seat is agreed.</param>
/// <param name="Locale">The language of their mails and pages (BCP 47); without it what you told us of the contact, else the project's.</param>
public sealed record TravellerRequest(string? Name, string? Email, string? Phone, string? Locale);

/// <param name="Label">As people say it.</param>
/// <param name="Latitude">Degrees, -90 to 90.</param>
/// <param name="Longitude">Degrees, -180 to 180.</param>
public sealed record PlaceRequest(string? Label, double? Latitude, double? Longitude);

/// <param name="DepartureAt">By the clock where the trip begins: `2026-12-05T08:30`. With an offset it is a moment, and becomes that clock's.</param>
/// <param name="TimeZone">IANA, such as `Europe/Paris`.</param>
/// <param name="Seats">1 to 60.</param>
/// <param name="Price">Of one seat.</param>
/// <param name="Currency">ISO 4217; EUR without it.</param>
public sealed record OfferRequest(TravellerRequest? Driver, PlaceRequest? From, PlaceRequest? To, string? DepartureAt, string? TimeZone, int? Seats, decimal? Price, string? Currency);

/// <summary>Reads what requests say of trips, or names the first field that cannot be taken.</summary>
internal static class TripFields
{
    private const int LongestName = 200, LongestPhone = 40, LongestLabel = 200, LongestMessage = 2000, MostSeats = 60;
    private const decimal Dearest = 1_000_000;

    public static Result<Traveller> Traveller(TravellerRequest? request, string path)
    {
        if (request is null) return Failure.Missing(path);
        request = request with { Name = Plain(request.Name), Phone = Plain(request.Phone) };
        if (string.IsNullOrWhiteSpace(request.Name)) return Failure.Missing($"{path}.name");
        if (Line($"{path}.name", request.Name, LongestName) is { } name) return name;
        if (string.IsNullOrWhiteSpace(request.Email)) return Failure.Missing($"{path}.email");
        if (!TextRules.IsStorable(request.Email) || !NormalAddress.TryParse(request.Email, out string? email, out _)) return Failure.Field($"{path}.email", "is not an address.");
        if (request.Phone is { } phone && (Line($"{path}.phone", phone, LongestPhone) ?? (string.IsNullOrWhiteSpace(phone) ? Failure.Field($"{path}.phone", "is empty.") : null)) is { } bad) return bad;
        if (request.Locale is { } locale && !Locale.IsWellFormed(locale)) return Failure.Field($"{path}.locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        return new Traveller(request.Name.Trim(), email, request.Phone?.Trim(), request.Locale);
    }

    public static Result<Place> Place(PlaceRequest? request, string path)
    {
        if (request is null) return Failure.Missing(path);
        request = request with { Label = Plain(request.Label) };
        if (string.IsNullOrWhiteSpace(request.Label)) return Failure.Missing($"{path}.label");
        if (Line($"{path}.label", request.Label, LongestLabel) is { } label) return label;
        if (request.Latitude is not { } latitude) return Failure.Missing($"{path}.latitude");
        if (request.Longitude is not { } longitude) return Failure.Missing($"{path}.longitude");
        if (!double.IsFinite(latitude) || latitude is < -90 or > 90) return Failure.Field($"{path}.latitude", "must be from -90 to 90.");
        if (!double.IsFinite(longitude) || longitude is < -180 or > 180) return Failure.Field($"{path}.longitude", "must be from -180 to 180.");
        return new Place(request.Label.Trim(), latitude, longitude);
    }

    public static Result<WallTime> Departure(string? departureAt, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(departureAt)) return Failure.Missing("departure_at");
        string[] wall = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        if (DateTime.TryParseExact(departureAt, wall, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)) return InRange(local, zone);
        string[] moment = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(departureAt, moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) && at.Year is > 1970 and < 2200
            ? InRange(TimeZoneInfo.ConvertTime(at, zone).DateTime, zone)
            : Failure.Field("departure_at", "must be a time by the clock where the trip begins, such as `2026-12-05T08:30`.");
    }

    public static Result<TimeZoneInfo> Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return Failure.Missing("time_zone");
        return TimeZones.Find(name) is { HasIanaId: true } zone ? zone : Failure.Field("time_zone", "must be the name of a time zone (IANA), such as `Europe/Paris`.");
    }

    public static Failure? SeatsProblem(int seats) => seats is < 1 or > MostSeats ? Failure.Field("seats", $"must be from 1 to {MostSeats}.") : null;

    public static Failure? PriceProblem(decimal? price, string? currency) =>
        price is { } amount && (amount < 0 || amount > Dearest || decimal.Round(amount, 2) != amount) ? Failure.Field("price", $"must be from 0 to {Dearest.ToString("0", CultureInfo.InvariantCulture)} with at most two decimals.")
        : currency is { } code && (code.Length != 3 || !code.All(char.IsAsciiLetterUpper)) ? Failure.Field("currency", "must be a currency's code (ISO 4217), such as `EUR`.")
        : null;

    public static Failure? MessageProblem(string path, string? message) =>
        message is null ? null
        : message.Length > LongestMessage ? Failure.Field(path, $"is longer than {LongestMessage} characters.")
        : !TextRules.IsStorable(message) || message.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? Failure.Field(path, "must not contain control characters or half of a surrogate pair.")
        : null;

    public static Result<Offer> Offer(OfferRequest request, ProjectId project, bool isTest, DateTimeOffset now)
    {
        Result<Traveller> driver = Traveller(request.Driver, "driver");
        if (!driver.IsSuccess) return driver.Failure;
        Result<Place> from = Place(request.From, "from"), to = Place(request.To, "to");
        if ((from.Failure ?? to.Failure) is { } place) return place;
        Result<TimeZoneInfo> zone = Zone(request.TimeZone);
        if (!zone.IsSuccess) return zone.Failure;
        Result<WallTime> departure = Departure(request.DepartureAt, zone.Value);
        if (!departure.IsSuccess) return departure.Failure;
        if (request.Seats is not { } seats) return Failure.Missing("seats");
        if ((SeatsProblem(seats) ?? PriceProblem(request.Price, request.Currency)) is { } bad) return bad;
        return new Offer(project, UuidV7.New(now), isTest, driver.Value, from.Value, to.Value, departure.Value, seats, now) { Price = request.Price, Currency = request.Currency ?? "EUR" };
    }

    private static Result<WallTime> InRange(DateTime local, TimeZoneInfo zone) =>
        local.Year is > 1970 and < 2200 ? new WallTime(local, zone) : Failure.Field("departure_at", "must be a time of this century or the next.");

    private static string? Plain(string? text) => text is null ? null : TextRules.WithoutTurns(text);

    private static Failure? Line(string path, string text, int longest) =>
        text.Length > longest ? Failure.Field(path, $"is longer than {longest} characters.")
        : !TextRules.IsStorable(text) || text.Any(char.IsControl) ? Failure.Field(path, "must be one line, without control characters or half of a surrogate pair.")
        : null;
}
