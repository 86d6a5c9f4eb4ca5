namespace Mail.Core.Reservations;

/// <summary>The statements on `offers`, `reservations` and `reservation_history`.</summary>
internal static class OfferSql
{
    private const string OfferColumns = """
        id, is_test, driver_name, driver_email, driver_phone, driver_locale, from_label, from_latitude, from_longitude, to_label, to_latitude, to_longitude, departure_local, time_zone, seats,
        price, currency, polyline, duration, state, generation, version, created_at, reminded
        """;

    private const string ReservationColumns = """
        offer_id, id, passenger_name, passenger_email, passenger_phone, passenger_locale, seats, pickup_label, pickup_latitude, pickup_longitude, pickup_at, message, state, created_at, expires_at,
        answered_at, changed_at, revision, told_pickup_at
        """;

    public const string Find = $"SELECT {OfferColumns} FROM offers WHERE project_id = $1 AND id = ANY($2)";

    // The offer's row is the lock of the whole aggregate: whoever holds it alone changes the offer and its reservations, so no two accepts see the same last seat.
    public const string Lock = Find + " FOR UPDATE";

    public const string Reservations = $"SELECT {ReservationColumns} FROM reservations WHERE project_id = $1 AND offer_id = ANY($2) ORDER BY id";

    public const string OfferOf = "SELECT offer_id FROM reservations WHERE project_id = $1 AND id = $2";

    public const string Add = """
        INSERT INTO offers (project_id, id, is_test, driver_name, driver_email, driver_phone, driver_locale, from_label, from_latitude, from_longitude, to_label, to_latitude, to_longitude,
            departure_local, time_zone, departure_at, seats, price, currency, polyline, duration, state, generation, version, reminded, created_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
        """;

    // The lock makes the version needless in the usual way; it keeps a caller who forgot to lock from losing what another one wrote.
    public const string Change = """
        UPDATE offers SET departure_local = $4, time_zone = $5, departure_at = $6, seats = $7, price = $8, currency = $9, polyline = $10, duration = $11, state = $12, generation = $13,
            version = $3 + 1, changed_at = $14, reminded = $15 WHERE project_id = $1 AND id = $2 AND version = $3
        """;

    public const string PutReservation = """
        INSERT INTO reservations AS r (project_id, offer_id, id, passenger_name, passenger_email, passenger_phone, passenger_locale, seats, pickup_label, pickup_latitude, pickup_longitude,
            pickup_at, message, state, created_at, expires_at, answered_at, changed_at, revision, told_pickup_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        ON CONFLICT (project_id, id) DO UPDATE SET pickup_at = $12, state = $14, expires_at = $16, answered_at = $17, changed_at = $18, revision = $19, told_pickup_at = $20
        """;

    public const string AddHistory = "INSERT INTO reservation_history (project_id, offer_id, id, reservation_id, event, at, how, actor, ip, mails, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    public const string History = "SELECT id, reservation_id, event, at, how, actor, ip, mails::text FROM reservation_history WHERE project_id = $1 AND offer_id = $2 ORDER BY version LIMIT 1000";

    // Ids are UUIDv7: a page is a range of the primary key. One row too many tells whether there is another page.
    public const string List = $"""
        SELECT {OfferColumns} FROM offers WHERE project_id = $1 AND is_test = $2 AND id < $3 AND ($4::text IS NULL OR driver_email = $4) AND ($5::text IS NULL OR state = $5)
            AND ($6::timestamptz IS NULL OR departure_at >= $6)
        ORDER BY id DESC LIMIT $7
        """;

    public const string ListReservations = """
        SELECT r.offer_id, r.id FROM reservations r JOIN offers o ON o.project_id = r.project_id AND o.id = r.offer_id
        WHERE r.project_id = $1 AND o.is_test = $2 AND r.id < $3 AND ($4::uuid IS NULL OR r.offer_id = $4) AND ($5::text IS NULL OR r.state = $5) AND ($6::text IS NULL OR r.passenger_email = $6)
        ORDER BY r.id DESC LIMIT $7
        """;

    public const string Forget = "DELETE FROM offers WHERE project_id = $1 AND id = $2 AND departure_at <= $3";

    // Whose timer has come and whose has not, of all projects or one: for the commands, which do what timers do.
    public const string Overdue = """
        SELECT r.project_id, r.offer_id, r.id FROM reservations r WHERE r.state = 'pending' AND r.expires_at <= $1 AND ($2::uuid IS NULL OR r.project_id = $2) ORDER BY r.expires_at LIMIT $3
        """;

    // Trips of the next two days, which every zone's day before is among; the aggregate says which of them are to be reminded now.
    public const string Upcoming = """
        SELECT project_id, id, generation FROM offers WHERE state = 'open' AND departure_at > $1 AND departure_at <= $1 + interval '2 days' AND ($2::uuid IS NULL OR project_id = $2)
            AND (project_id, id) > ($3, $4)
        ORDER BY project_id, id LIMIT $5
        """;

    // Overdue ones are those whose timer has not come: a number above 0 for more than a second is an error.
    public const string CountPending = """
        SELECT count(*), count(*) FILTER (WHERE r.expires_at <= $3) FROM reservations r JOIN offers o ON o.project_id = r.project_id AND o.id = r.offer_id
        WHERE r.project_id = $1 AND o.is_test = $2 AND r.state = 'pending'
        """;

    // What happened, not what the states are now: who was accepted and cancelled later was accepted all the same.
    public const string CountEvents = """
        SELECT h.event, count(*) FROM reservation_history h JOIN offers o ON o.project_id = h.project_id AND o.id = h.offer_id
        WHERE h.project_id = $1 AND o.is_test = $2 AND h.at >= $3 GROUP BY h.event
        """;

    public const string CountMails = """
        SELECT count(*) FILTER (WHERE mail ? 'message_id'), count(*) FILTER (WHERE NOT mail ? 'message_id')
        FROM reservation_history h JOIN offers o ON o.project_id = h.project_id AND o.id = h.offer_id CROSS JOIN LATERAL jsonb_array_elements(h.mails) AS mail
        WHERE h.project_id = $1 AND o.is_test = $2 AND h.at >= $3
        """;
}
