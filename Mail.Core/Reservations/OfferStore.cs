using Mail.Core.Common;
using Mail.Core.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Reservations;

/// <summary>Reads and writes offers with their reservations. What changes one locks it first (<see cref="LockAsync"/>), in a transaction.</summary>
public sealed class OfferStore(NpgsqlDataSource dataSource)
{
    /// <summary>The offer, alone until the transaction ends.</summary>
    /// <returns>Null when this project has no such offer.</returns>
    public async Task<Offer?> LockAsync(ProjectId project, Guid id, NpgsqlConnection within, CancellationToken ct) => (await ReadAsync(OfferSql.Lock, project, [id], within, ct)).FirstOrDefault();

    /// <param name="within">Null for a connection of its own.</param>
    /// <returns>Null when this project has no such offer.</returns>
    public async Task<Offer?> FindAsync(ProjectId project, Guid id, NpgsqlConnection? within, CancellationToken ct) => (await ReadAsync(OfferSql.Find, project, [id], within, ct)).FirstOrDefault();

    /// <summary>Of several, those that there are.</summary>
    public async Task<IReadOnlyList<Offer>> FindAsync(ProjectId project, IReadOnlyCollection<Guid> ids, NpgsqlConnection? within, CancellationToken ct) =>
        await ReadAsync(OfferSql.Find, project, [.. ids], within, ct);

    /// <returns>Null when this project has no such reservation.</returns>
    public async Task<Guid?> OfferOfAsync(ProjectId project, Guid reservation, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.OfferOf, within);
        command.Parameters.AddTyped(project.Value).AddTyped(reservation);
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }

    /// <param name="driver">In its normal form; null for all.</param>
    /// <param name="from">Departures from then on; null for all.</param>
    /// <param name="after">The last id of the page before.</param>
    public async Task<(IReadOnlyList<Offer> Page, bool HasMore)> ListAsync(ProjectId project, bool isTest, int limit, Guid? after, string? driver, OfferState? state, DateTimeOffset? from, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.List);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(after ?? Guid.AllBitsSet).AddTyped(driver, NpgsqlDbType.Text).AddTyped(state is { } wanted ? StateNames.Of(wanted) : null, NpgsqlDbType.Text)
            .AddTyped(from?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(limit + 1);
        List<Offer> page = await OffersAsync(command, project, ct);
        bool hasMore = page.Count > limit;
        return (await WithReservationsAsync(page[..Math.Min(limit, page.Count)], project, null, ct), hasMore);
    }

    /// <param name="offer">Null for those of all offers.</param>
    /// <param name="passenger">In its normal form; null for all.</param>
    public async Task<(IReadOnlyList<(Offer Offer, Reservation Reservation)> Page, bool HasMore)> ListReservationsAsync(
        ProjectId project, bool isTest, int limit, Guid? after, Guid? offer, ReservationState? state, string? passenger, CancellationToken ct)
    {
        List<(Guid Offer, Guid Id)> found = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(OfferSql.ListReservations))
        {
            command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(after ?? Guid.AllBitsSet).AddTyped(offer, NpgsqlDbType.Uuid).AddTyped(state is { } wanted ? StateNames.Of(wanted) : null, NpgsqlDbType.Text)
                .AddTyped(passenger, NpgsqlDbType.Text).AddTyped(limit + 1);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        Dictionary<Guid, Offer> offers = (await FindAsync(project, [.. found.Select(one => one.Offer).Distinct()], null, ct)).ToDictionary(one => one.Id);
        return ([.. found.Take(limit).Where(one => offers.ContainsKey(one.Offer)).Select(one => (offers[one.Offer], offers[one.Offer].Find(one.Id))).Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!))], found.Count > limit);
    }

    public async Task AddAsync(Offer offer, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offer);
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Add, within);
        command.Parameters.AddTyped(offer.ProjectId.Value).AddTyped(offer.Id).AddTyped(offer.IsTest)
            .AddTyped(offer.Driver.Name).AddTyped(offer.Driver.Email).AddTyped(offer.Driver.Phone, NpgsqlDbType.Text).AddTyped(offer.Driver.Locale, NpgsqlDbType.Text)
            .AddTyped(offer.From.Label).AddTyped(offer.From.Latitude).AddTyped(offer.From.Longitude).AddTyped(offer.To.Label).AddTyped(offer.To.Latitude).AddTyped(offer.To.Longitude)
            .AddTyped(offer.Departure.Local).AddTyped(offer.Departure.Zone.Id).AddTyped(offer.DepartureAt.UtcDateTime).AddTyped(offer.Seats).AddTyped(offer.Price, NpgsqlDbType.Numeric).AddTyped(offer.Currency)
            .AddTyped(offer.Polyline, NpgsqlDbType.Text).AddTyped(offer.Duration, NpgsqlDbType.Interval).AddTyped(StateNames.Of(offer.State)).AddTyped(offer.Generation).AddTyped(offer.Version).AddTyped(offer.Reminded)
            .AddTyped(offer.CreatedAt.UtcDateTime).AddTyped(offer.CreatedAt.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes what a transition changed.</summary>
    /// <returns>The offer with its new version.</returns>
    /// <exception cref="InvalidOperationException">Another change came between: the offer was not locked.</exception>
    public async Task<Offer> SaveAsync(OfferChange change, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        Offer offer = change.After;
        await using (NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Change, within))
        {
            command.Parameters.AddTyped(offer.ProjectId.Value).AddTyped(offer.Id).AddTyped(change.Before.Version).AddTyped(offer.Departure.Local).AddTyped(offer.Departure.Zone.Id)
                .AddTyped(offer.DepartureAt.UtcDateTime).AddTyped(offer.Seats).AddTyped(offer.Price, NpgsqlDbType.Numeric).AddTyped(offer.Currency).AddTyped(offer.Polyline, NpgsqlDbType.Text)
                .AddTyped(offer.Duration, NpgsqlDbType.Interval).AddTyped(StateNames.Of(offer.State)).AddTyped(offer.Generation).AddTyped(now.UtcDateTime).AddTyped(offer.Reminded);
            if (await command.ExecuteNonQueryAsync(ct) != 1) throw new InvalidOperationException($"Offer {offer.Id} is no longer at version {change.Before.Version}.");
        }

        foreach (Reservation reservation in offer.Reservations.Where(one => change.Before.Find(one.Id) != one))
        {
            await using NpgsqlCommand put = dataSource.CreateCommand(OfferSql.PutReservation, within);
            put.Parameters.AddTyped(offer.ProjectId.Value).AddTyped(offer.Id).AddTyped(reservation.Id).AddTyped(reservation.Passenger.Name).AddTyped(reservation.Passenger.Email)
                .AddTyped(reservation.Passenger.Phone, NpgsqlDbType.Text).AddTyped(reservation.Passenger.Locale, NpgsqlDbType.Text).AddTyped(reservation.Seats)
                .AddTyped(reservation.Pickup.Label).AddTyped(reservation.Pickup.Latitude).AddTyped(reservation.Pickup.Longitude).AddTyped(reservation.PickupAt?.UtcDateTime, NpgsqlDbType.TimestampTz)
                .AddTyped(reservation.Message, NpgsqlDbType.Text).AddTyped(StateNames.Of(reservation.State)).AddTyped(reservation.CreatedAt.UtcDateTime).AddTyped(reservation.ExpiresAt.UtcDateTime)
                .AddTyped(reservation.AnsweredAt?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(reservation.ChangedAt.UtcDateTime).AddTyped(reservation.Revision).AddTyped(reservation.ToldPickupAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
            await put.ExecuteNonQueryAsync(ct);
        }

        return offer with { Version = change.Before.Version + 1 };
    }

    /// <summary>Removes a trip that is over, with all who asked for it.</summary>
    public async Task ForgetAsync(ProjectId project, Guid id, DateTimeOffset departedBefore, NpgsqlConnection within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Forget, within);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(departedBefore.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<Offer>> ReadAsync(string sql, ProjectId project, Guid[] ids, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        command.Parameters.AddTyped(project.Value).AddTyped(ids);
        return await WithReservationsAsync(await OffersAsync(command, project, ct), project, within, ct);
    }

    private async Task<List<Offer>> WithReservationsAsync(List<Offer> offers, ProjectId project, NpgsqlConnection? within, CancellationToken ct)
    {
        if (offers.Count == 0) return offers;
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Reservations, within);
        command.Parameters.AddTyped(project.Value).AddTyped(offers.Select(offer => offer.Id).ToArray());
        List<(Guid Offer, Reservation Reservation)> all = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) all.Add((reader.GetGuid(0), ReadReservation(reader)));
        ILookup<Guid, Reservation> byOffer = all.ToLookup(one => one.Offer, one => one.Reservation);
        return [.. offers.Select(offer => offer with { Reservations = [.. byOffer[offer.Id]] })];
    }

    private static async Task<List<Offer>> OffersAsync(NpgsqlCommand command, ProjectId project, CancellationToken ct)
    {
        List<Offer> offers = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) offers.Add(ReadOffer(reader, project));
        return offers;
    }

    private static Offer ReadOffer(NpgsqlDataReader reader, ProjectId project) => new(
        project, reader.GetGuid(0), reader.GetBoolean(1), new Traveller(reader.GetString(2), reader.GetString(3), reader.OptionalText(4), reader.OptionalText(5)),
        new Place(reader.GetString(6), reader.GetDouble(7), reader.GetDouble(8)), new Place(reader.GetString(9), reader.GetDouble(10), reader.GetDouble(11)),
        new WallTime(reader.GetDateTime(12), TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(13))), reader.GetInt32(14), reader.GetFieldValue<DateTimeOffset>(22))
    {
        Price = reader.IsDBNull(15) ? null : reader.GetDecimal(15), Currency = reader.GetString(16), Polyline = reader.OptionalText(17), Duration = reader.IsDBNull(18) ? null : reader.GetTimeSpan(18),
        State = StateNames.OfferState(reader.GetString(19)), Generation = reader.GetInt32(20), Version = reader.GetInt32(21), Reminded = reader.GetInt32(23),
    };

    private static Reservation ReadReservation(NpgsqlDataReader reader) => new(
        reader.GetGuid(1), new Traveller(reader.GetString(2), reader.GetString(3), reader.OptionalText(4), reader.OptionalText(5)), reader.GetInt32(6),
        new Place(reader.GetString(7), reader.GetDouble(8), reader.GetDouble(9)), reader.OptionalText(11), reader.GetFieldValue<DateTimeOffset>(13))
    {
        PickupAt = reader.OptionalTime(10), State = StateNames.ReservationState(reader.GetString(12)), ExpiresAt = reader.GetFieldValue<DateTimeOffset>(14), AnsweredAt = reader.OptionalTime(15),
        ChangedAt = reader.GetFieldValue<DateTimeOffset>(16), Revision = reader.GetInt32(17), ToldPickupAt = reader.OptionalTime(18),
    };
}
