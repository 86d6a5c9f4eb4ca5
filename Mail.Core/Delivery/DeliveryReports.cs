using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Suppressions;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Delivery;

/// <summary>Records later reports: the one way in which a final state changes (<see cref="DeliveryStates.MayBeReported"/>).</summary>
public sealed class DeliveryReports(NpgsqlDataSource dataSource, SuppressionFeed suppressions, TimeProvider clock)
{
    // The allowed transitions come as two columns ($10, $11), so that they stand in one place: DeliveryStates. A report that comes twice, or after a
    // worse one, finds no row to change and tells no event. Its words replace those of the attempt; where it has none, those stay.
    private const string Reports = """
        WITH report AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $12::uuid[], $13::text[], $14::jsonb[])
                AS r(project_id, message_id, id, state, reason, code, enhanced_code, reply, event_id, cause, detail)
        ), allowed AS (
            SELECT * FROM unnest($10::text[], $11::text[]) AS a(was, becomes)
        ), changed AS (
            UPDATE finished_deliveries f SET state = r.state, reason = r.reason, cause = r.cause, code = coalesce(r.code, f.code), enhanced_code = coalesce(r.enhanced_code, f.enhanced_code), reply = coalesce(r.reply, f.reply)
            FROM report r JOIN allowed a ON a.becomes = r.state
            WHERE f.project_id = r.project_id AND f.message_id = r.message_id AND f.id = r.id AND f.state = a.was
            RETURNING f.project_id, f.message_id, f.id, f.recipient, f.relay, r.state, r.reason, r.code, r.enhanced_code, r.reply, r.event_id, r.cause, r.detail
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, code, enhanced_code, reply, reason, cause, detail)
            SELECT project_id, message_id, event_id, 'email.' || state, $1, recipient, relay, code, enhanced_code, reply, reason, cause, detail FROM changed
        )
        """;

    // A report joins the trace of the request that accepted the message.
    private const string RecordSql = Reports + " SELECT c.id, m.trace_parent FROM changed c LEFT JOIN messages m ON m.project_id = c.project_id AND m.id = c.message_id";

    // What changed nothing feeds nothing: a report that comes twice must not put back an address that somebody has taken off the list.
    private const string RecordAndSuppressSql = Reports + SuppressionFeed.OfReports + """
        , fed AS MATERIALIZED (
            SELECT c.project_id, c.message_id, c.id AS delivery_id, f.address, f.suppression, coalesce(c.reply, c.reason) AS note FROM fed_by f JOIN changed c ON c.id = f.delivery_id
        )
        """ + SuppressionFeed.Store + " SELECT c.id, m.trace_parent FROM changed c LEFT JOIN messages m ON m.project_id = c.project_id AND m.id = c.message_id";

    // Whose address it is, which never changes. What a test key sent suppresses nobody.
    private const string RecipientsSql = """
        SELECT f.id, f.recipient FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS r(project_id, message_id, id)
        JOIN finished_deliveries f ON f.project_id = r.project_id AND f.message_id = r.message_id AND f.id = r.id
        JOIN messages m ON m.project_id = r.project_id AND m.id = r.message_id WHERE NOT m.is_test
        """;

    /// <param name="reports">At most one about each delivery.</param>
    /// <returns>Those that changed something. The others tell nothing new, come too late, or are about a delivery that is unknown or still waits.</returns>
    public Task<HashSet<DeliveryId>> RecordAsync(IReadOnlyCollection<DeliveryReport> reports, CancellationToken ct) => RecordAsync(reports, null, ct);

    /// <param name="within">The connection in whose transaction it is to happen; null for none.</param>
    /// <inheritdoc cref="RecordAsync(IReadOnlyCollection{DeliveryReport}, CancellationToken)"/>
    public async Task<HashSet<DeliveryId>> RecordAsync(IReadOnlyCollection<DeliveryReport> reports, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reports);
        DateTimeOffset now = clock.GetUtcNow();
        List<FedSuppression> fed = await FedAsync(reports, within, ct);
        await using NpgsqlCommand command = dataSource.CreateCommand(fed.Count == 0 ? RecordSql : RecordAndSuppressSql, within);
        command.Parameters
            .AddTyped(now.UtcDateTime)
            .AddTyped(Column(reports, report => report.ProjectId.Value))
            .AddTyped(Column(reports, report => report.MessageId.Value))
            .AddTyped(Column(reports, report => report.DeliveryId.Value))
            .AddTyped(Column(reports, report => report.State.Name()))
            .AddTyped(Column(reports, report => Storable(report.Reason)), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(reports, report => report.Code), NpgsqlDbType.Array | NpgsqlDbType.Integer)
            .AddTyped(Column(reports, report => Storable(report.EnhancedCode)), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(reports, report => Storable(report.Text)), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(DeliveryStates.ReportedTransitions, transition => transition.Was.Name()))
            .AddTyped(Column(DeliveryStates.ReportedTransitions, transition => transition.Becomes.Name()))
            .AddTyped(Column(reports, _ => UuidV7.New(now)))
            .AddTyped(Column(reports, CauseFinder.OfReport), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(reports, report => report.Detail), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        if (fed.Count > 0) suppressions.AddTo(command.Parameters, fed, now);
        Dictionary<DeliveryId, string?> traces = new(reports.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) traces[new DeliveryId(reader.GetGuid(0))] = reader.OptionalText(1);
        foreach (DeliveryReport report in reports)
            if (traces.TryGetValue(report.DeliveryId, out string? trace)) Tell(report, trace);
        return [.. traces.Keys];
    }

    /// <summary>Counts it, and adds it to the message's own trace, where people look for what became of the message.</summary>
    private static void Tell(DeliveryReport report, string? trace)
    {
        DeliveryMetrics.Reported(report.State);
        using Activity? span = MailTelemetry.Source.StartActivity("mail.report", ActivityKind.Consumer, trace);
        span?.SetTag("mail.message_id", report.MessageId.ToString()).SetTag("mail.state", report.State.Name());
    }

    private async Task<List<FedSuppression>> FedAsync(IReadOnlyCollection<DeliveryReport> reports, NpgsqlConnection? within, CancellationToken ct)
    {
        Dictionary<Guid, SuppressionReason> reasons = [];
        List<DeliveryReport> feeding = [];
        foreach (DeliveryReport report in reports)
        {
            if (SuppressionOf(report) is not { } reason) continue;
            reasons[report.DeliveryId.Value] = reason;
            feeding.Add(report);
        }

        List<FedSuppression> fed = [];
        if (feeding.Count == 0) return fed;
        await using NpgsqlCommand command = dataSource.CreateCommand(RecipientsSql, within);
        command.Parameters.AddTyped(Column(feeding, report => report.ProjectId.Value)).AddTyped(Column(feeding, report => report.MessageId.Value)).AddTyped(Column(feeding, report => report.DeliveryId.Value));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (suppressions.Of(reader.GetGuid(0), reader.GetString(1), reasons[reader.GetGuid(0)]) is { } one) fed.Add(one);
        return fed;
    }

    private static SuppressionReason? SuppressionOf(DeliveryReport report) => report switch
    {
        { State: DeliveryState.Complained } => SuppressionReason.Complaint,
        { State: not DeliveryState.Bounced } => null,
        { IsHardBounce: true } => SuppressionReason.HardBounce,
        _ => CauseFinder.OfReport(report) is { } cause && AddressCauses.SuppressionOf(cause) is { } reason && (report.IsHardBounce is null || reason is SuppressionReason.SoftBounce) ? reason : null,
    };

    internal static string? Storable(string? text) => text is null ? null : Delivery.Storable(text);

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyCollection<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];
}
