using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Protocol.Reports;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Feedback;

/// <summary>A delivery that a report is about.</summary>
public sealed record FoundDelivery(ProjectId ProjectId, MessageId MessageId, DeliveryId Id, string Recipient, DeliveryState State);

/// <summary>Finds the deliveries that reports are about.</summary>
public sealed class DeliveryFinder(NpgsqlDataSource dataSource)
{
    // A return path names the delivery and not its message, by whose id the tables are partitioned. But a delivery's id is made right after
    // its message's, so that the time in it bounds the search ($3, $4) to a few rows of one partition.
    private const string ByReturnPathSql = """
        SELECT project_id, message_id, id, recipient, state FROM recipients WHERE project_id = $1 AND id = $2 AND message_id >= $3 AND message_id <= $4
        """;

    // $1: the one project that may learn of it, or all: there are few projects, and each is one probe of a primary key.
    private const string ByMessageSql = """
        SELECT r.project_id, r.message_id, r.id, r.recipient, r.state FROM projects p JOIN recipients r ON r.project_id = p.id AND r.message_id = $2
        WHERE $1 IS NULL OR p.id = $1 ORDER BY r.id LIMIT 1000
        """;

    // One probe of a primary key for each message; the bounds ($3, $4) leave out the months that none of them is of. LIMIT keeps the planner from reading whole tables instead.
    private const string ByMessagesSql = """
        SELECT r.project_id, r.message_id, r.id, r.recipient, r.state FROM unnest($2::uuid[]) AS m(id) CROSS JOIN LATERAL (
            SELECT * FROM recipients WHERE project_id = $1 AND message_id = m.id AND message_id >= $3 AND message_id <= $4 LIMIT 1000) r
        """;

    /// <summary>Long enough for any machine; the second one for one that was busy.</summary>
    private static readonly TimeSpan[] _margins = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10)];

    public async Task<FoundDelivery?> FindAsync(VerpAddress returnPath, CancellationToken ct)
    {
        if (!TryReadTime(returnPath.DeliveryId, out DateTimeOffset made)) return null;
        foreach (TimeSpan margin in _margins)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(ByReturnPathSql);
            command.Parameters.AddTyped(returnPath.ProjectId).AddTyped(returnPath.DeliveryId).AddTyped(UuidV7.First(made - margin)).AddTyped(UuidV7.First(made.AddMilliseconds(1)));
            if (await ReadAsync(command, ct) is [FoundDelivery found, ..]) return found;
        }

        return null;
    }

    /// <summary>All recipients of the message that has this Message-ID, when it is one that we gave: `id@domain`.</summary>
    public async Task<IReadOnlyList<FoundDelivery>> FindAsync(string messageId, ProjectId? project, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messageId);
        if (IdIn(messageId) is not { } id) return [];
        await using NpgsqlCommand command = dataSource.CreateCommand(ByMessageSql);
        command.Parameters.AddTyped(project?.Value, NpgsqlDbType.Uuid).AddTyped(id);
        return await ReadAsync(command, ct);
    }

    /// <summary>All recipients of those messages that are the project's.</summary>
    public async Task<IReadOnlyList<FoundDelivery>> FindAsync(ProjectId project, IReadOnlyCollection<Guid> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0) return [];
        await using NpgsqlCommand command = dataSource.CreateCommand(ByMessagesSql);
        command.Parameters.AddTyped(project.Value).AddTyped(messages.ToArray()).AddTyped(messages.Min()).AddTyped(messages.Max());
        return await ReadAsync(command, ct);
    }

    private static Guid? IdIn(string messageId)
    {
        ReadOnlySpan<char> text = messageId.AsSpan().Trim().Trim("<>");
        int at = text.IndexOf('@');
        return at > 0 && Guid.TryParseExact(text[..at], "D", out Guid id) ? id : null;
    }

    private static bool TryReadTime(Guid id, out DateTimeOffset made)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        bool isTime = id.Version == 7 && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && milliseconds > (long)TimeSpan.FromDays(1).TotalMilliseconds;
        made = isTime ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isTime;
    }

    private static async Task<List<FoundDelivery>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<FoundDelivery> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new FoundDelivery(
                new ProjectId(reader.GetGuid(0)), new MessageId(reader.GetGuid(1)), new DeliveryId(reader.GetGuid(2)), reader.GetString(3), DeliveryStates.Parse(reader.GetString(4))));
        }

        return found;
    }
}
