using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Reservations;

/// <summary>How something came about.</summary>
public enum Means
{
    /// <summary>An app's call.</summary>
    Api,

    /// <summary>A link in a mail.</summary>
    Link,

    /// <summary>A page that a link in a mail opens.</summary>
    Page,
    Timer,

    /// <summary>Somebody at the machine.</summary>
    Command,
}

/// <summary>Who does something, and how. Holds no address of a person.</summary>
/// <param name="Actor">The key's or user's id; `driver` or `passenger` for one who came by a link.</param>
/// <param name="Ip">Where from; null for what no request did.</param>
public sealed record Via(Means How, string? Actor = null, string? Ip = null)
{
    public static Via Timer { get; } = new(Means.Timer);

    public static Via Command { get; } = new(Means.Command);

    public static Via Api(string? actor, IPAddress? ip) => new(Means.Api, actor, ip?.ToString());
}

/// <summary>A mail that told of it, or why it did not go.</summary>
/// <param name="To">`driver` or `passenger`.</param>
public sealed record HistoryMail(string Template, string To, Guid? Reservation, string? MessageId, string? Problem);

/// <summary>A row of the history.</summary>
public sealed record HistoryEntry(Guid Id, Guid? Reservation, string Event, DateTimeOffset At, string How, string? Actor, string? Ip, IReadOnlyList<HistoryMail> Mails);

/// <summary>The table `reservation_history`.</summary>
public sealed class TripHistory(NpgsqlDataSource dataSource)
{
    public async Task AddAsync(OfferChange change, Via via, IReadOnlyList<HistoryMail> mails, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(via);
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.AddHistory, within);
        command.Parameters.AddTyped(change.After.ProjectId.Value).AddTyped(change.After.Id).AddTyped(UuidV7.New(now)).AddTyped(change.About is [{ } one] ? (Guid?)one.Id : null, NpgsqlDbType.Uuid)
            .AddTyped(StateNames.Of(change.Event)).AddTyped(now.UtcDateTime).AddTyped(StateNames.Of(via.How)).AddTyped(via.Actor, NpgsqlDbType.Text).AddTyped(via.Ip, NpgsqlDbType.Text)
            .AddTyped(JsonSerializer.Serialize(mails, ReservationJson.Default.HistoryMails), NpgsqlDbType.Jsonb).AddTyped(change.After.Version);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What happened to an offer, in order.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> ReadAsync(ProjectId project, Guid offer, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.History);
        command.Parameters.AddTyped(project.Value).AddTyped(offer);
        List<HistoryEntry> entries = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            entries.Add(new HistoryEntry(
                reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4), reader.OptionalText(5), reader.OptionalText(6),
                JsonSerializer.Deserialize(reader.GetString(7), ReservationJson.Default.HistoryMails)!));
        }

        return entries;
    }
}
