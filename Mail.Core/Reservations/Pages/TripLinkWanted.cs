using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Core.Reservations.Pages;

/// <summary>
/// Somebody asks for the link to their page. Over the bus, so that the answer is the same, and comes as fast, whether or not anybody has a trip by that address.
/// </summary>
/// <param name="Email">In its normal form.</param>
/// <param name="Locale">BCP 47; null for what is known.</param>
[BusMessage("reservations.trip-link-wanted"), Sensitive]
internal sealed record TripLinkWanted(ProjectId ProjectId, bool IsTest, string Email, string? Locale) : IProjectMessage;

internal static class TripLinkWantedHandler
{
    public static async Task Handle(TripLinkWanted wanted, OfferStore offers, TripLinks links, FlowMail mail, TimeProvider clock, MailDbContext db, CancellationToken ct)
    {
        if (await PersonAsync(wanted, offers, clock.GetUtcNow(), ct) is not { } person) return; // nobody is told, and nobody is written to
        NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();
        string? locale = wanted.Locale ?? person.Locale;
        if (await links.AskedAsync(wanted.ProjectId, wanted.IsTest, wanted.Email, locale, connection, ct) is not { } link) return; // enough are on their way
        if (!link.IsSuccess) throw new BusFatalException(link.Failure.Detail);
        Dictionary<string, JsonElement> variables = new()
        {
            ["dashboard_url"] = PlatformMail.Text(link.Value.Url), ["expires_at"] = PlatformMail.Time(link.Value.ExpiresAt), ["name"] = PlatformMail.Text(person.Name),
        };
        await mail.StoreAsync(connection, [new FlowMessage(wanted.ProjectId, wanted.IsTest, wanted.Email, "driver-dashboard", variables, locale) { ToName = person.Name, SecretVariables = ["dashboard_url"] }], ct);
    }

    /// <summary>As they have called themselves last.</summary>
    private static async Task<Traveller?> PersonAsync(TripLinkWanted wanted, OfferStore offers, DateTimeOffset now, CancellationToken ct)
    {
        (IReadOnlyList<Offer> driven, _) = await offers.ListAsync(wanted.ProjectId, wanted.IsTest, 1, null, wanted.Email, null, now - TimeSpan.FromDays(1), ct);
        if (driven is [{ } offer, ..]) return offer.Driver;
        (IReadOnlyList<(Offer, Reservation Reservation)> seats, _) = await offers.ListReservationsAsync(wanted.ProjectId, wanted.IsTest, 1, null, null, null, wanted.Email, ct);
        return seats is [{ } seat, ..] ? seat.Reservation.Passenger : null;
    }
}

/// <summary>For the API: takes the wish and no more.</summary>
public sealed class TripLinkRequests(BusOutbox outbox)
{
    /// <param name="email">In its normal form.</param>
    public async Task AskAsync(ProjectId project, bool isTest, string email, string? locale, CancellationToken ct) =>
        await outbox.AloneAsync(connection => outbox.PublishAsync(new TripLinkWanted(project, isTest, email, locale), connection, ct), ct);
}
