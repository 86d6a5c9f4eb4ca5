using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Suppressions;

/// <summary>A delivery whose outcome concerns the list.</summary>
/// <param name="Address">In its normal form.</param>
public readonly record struct FedSuppression(Guid DeliveryId, string Address, SuppressionReason Reason);

/// <summary>
/// How bounces and complaints come onto the list: as parts of the very statement that records them, so that neither is ever there without the other. Nothing of
/// it runs when nothing bounced.
/// </summary>
public sealed class SuppressionFeed(TestAddresses tests, IOptions<SuppressionOptions> options)
{
    /// <summary>The parameters that <see cref="AddTo"/> adds, for the statement of outcomes: $24 to $29.</summary>
    public const string OfOutcomes = """
        , fed_by AS MATERIALIZED (
            SELECT * FROM unnest($24::uuid[], $25::text[], $26::text[]) AS f(delivery_id, address, suppression)
        ), rule AS (
            SELECT $27::bigint AS soft_bounces, $28::timestamptz AS since, $29::timestamptz AS until
        )
        """;

    /// <summary>The same for the statement of reports: $15 to $20.</summary>
    public const string OfReports = """
        , fed_by AS MATERIALIZED (
            SELECT * FROM unnest($15::uuid[], $16::text[], $17::text[]) AS f(delivery_id, address, suppression)
        ), rule AS (
            SELECT $18::bigint AS soft_bounces, $19::timestamptz AS since, $20::timestamptz AS until
        )
        """;

    // `fed` is what was really recorded, and `rule` the limits. Sorted, because two statements that held A,B and B,A would wait for each other. Hard reasons stay as
    // they were first seen; a rest begins anew. Only a row that is there has a message to tell its event by.
    public const string Store = $"""
        , softened AS (
            INSERT INTO soft_bounces AS s (project_id, address, count, since)
            SELECT project_id, address, count(*), $1 FROM fed WHERE suppression = 'soft_bounce' GROUP BY project_id, address ORDER BY project_id, address
            ON CONFLICT (project_id, address) DO UPDATE
                SET count = CASE WHEN s.since <= (SELECT since FROM rule) THEN excluded.count ELSE s.count + excluded.count END,
                    since = CASE WHEN s.since <= (SELECT since FROM rule) THEN excluded.since ELSE s.since END
            RETURNING project_id, address, count
        ), stopped AS (
            INSERT INTO suppressions AS s (project_id, address, topic, reason, id, message_id, delivery_id, note, created_at, expires_at)
            SELECT DISTINCT ON (f.project_id, f.address, f.suppression) f.project_id, f.address, '', f.suppression, {UuidV7.NewSql}, f.message_id, f.delivery_id, f.note, $1,
                   CASE WHEN f.suppression = 'soft_bounce' THEN rule.until END
            FROM fed f CROSS JOIN rule LEFT JOIN softened ON softened.project_id = f.project_id AND softened.address = f.address
            WHERE f.suppression <> 'soft_bounce' OR (rule.soft_bounces > 0 AND softened.count >= rule.soft_bounces)
            ORDER BY f.project_id, f.address, f.suppression
            ON CONFLICT (project_id, address, topic, reason) DO UPDATE
                SET id = excluded.id, message_id = excluded.message_id, delivery_id = excluded.delivery_id, note = excluded.note, created_at = excluded.created_at, expires_at = excluded.expires_at
                WHERE s.expires_at IS NOT NULL
            RETURNING project_id, address, reason, id, message_id, expires_at
        ), stops_told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail)
            SELECT project_id, message_id, {UuidV7.NewSql}, '{SuppressionEvents.Added}', $1, address,
                   jsonb_build_object('id', id, 'reason', reason, 'topic_id', NULL, 'expires_at', expires_at)
            FROM stopped
        )
        """;

    /// <returns>Null when the address may stay.</returns>
    /// <param name="recipient">Without a display name.</param>
    public FedSuppression? Of(Guid deliveryId, string recipient, SuppressionReason? reason)
    {
        if (reason is not { } why || (why == SuppressionReason.SoftBounce && options.Value.SoftBounces == 0) || tests.Contains(recipient)) return null;
        return new FedSuppression(deliveryId, NormalAddress.Of(recipient), why);
    }

    /// <summary>What the statements ask for: three columns, three limits.</summary>
    public void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<FedSuppression> fed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fed);
        parameters
            .AddTyped(fed.Select(one => one.DeliveryId).ToArray()).AddTyped(fed.Select(one => one.Address).ToArray()).AddTyped(fed.Select(one => one.Reason.Name()).ToArray())
            .AddTyped((long)options.Value.SoftBounces).AddTyped((now - options.Value.SoftBounceWindow).UtcDateTime).AddTyped((now + options.Value.SoftBounceRest).UtcDateTime);
    }
}
