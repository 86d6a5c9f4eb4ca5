using System.Buffers.Binary;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messaging;

/// <summary>The queue in the table `bus_messages`, as its workers use it.</summary>
internal sealed class BusQueue(NpgsqlDataSource dataSource, IOptions<BusOptions> options, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Projects that one claim passes by at most.</summary>
    private const int LongestWalk = 256;

    private readonly HeldConnection _connection = new(dataSource);
    private Guid _nextProject;

    /// <param name="room">How many at most.</param>
    public Task<List<ClaimedMessage>> ClaimAsync(int room, CancellationToken ct) => _connection.UseAsync(
        async (connection, ct) =>
        {
            // Half of the room is for what has been due longest. When that fills it, the rest is for all projects in turn.
            int half = (room + 1) / 2;
            List<ClaimedMessage> claimed = await ClaimAsync(connection, BusSql.Claim, half, ct);
            int rest = room - half;
            if (claimed.Count < half || rest == 0) return claimed;
            List<ClaimedMessage> inTurn = await ClaimAsync(connection, BusSql.ClaimByTurns, rest, ct);
            claimed.AddRange(inTurn);
            if (inTurn.Count < rest) claimed.AddRange(await ClaimAsync(connection, BusSql.Claim, rest - inTurn.Count, ct));
            return claimed;
        },
        ct);

    /// <summary>Frees what dead workers held.</summary>
    public Task<int> TakeOverAsync(CancellationToken ct) => _connection.UseAsync((connection, ct) => ExecuteAsync(connection, BusSql.TakeOver, _ => { }, ct), ct);

    /// <summary>Begins their leases anew.</summary>
    /// <returns>Those that are no longer ours, unless a transaction of ours has just handled them.</returns>
    public Task<List<ClaimedMessage>> ExtendAsync(IReadOnlyList<ClaimedMessage> held, CancellationToken ct) => _connection.UseAsync(
        async (connection, ct) =>
        {
            int extended = await ExecuteAsync(connection, BusSql.Extend, parameters => AddHeld(parameters.AddTyped(options.Value.Lease), held), ct);
            if (extended == held.Count) return [];
            await using NpgsqlCommand command = new(BusSql.StillHeld, connection);
            AddHeld(command.Parameters, held);
            HashSet<Guid> ours = [];
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) ours.Add(reader.GetGuid(0));
            return held.Where(one => !ours.Contains(one.Id)).ToList();
        },
        ct);

    /// <returns>False when it was no longer ours: nothing has changed.</returns>
    public Task<bool> RetryAsync(ClaimedMessage message, DateTimeOffset at, string reason, CancellationToken ct) =>
        WriteAsync(BusSql.Retry, message, parameters => parameters.AddTyped(at.UtcDateTime).AddTyped(reason), ct);

    /// <returns>False when it was no longer ours: nothing has changed.</returns>
    public Task<bool> BuryAsync(ClaimedMessage message, string error, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return WriteAsync(BusSql.Bury, message, parameters => parameters.AddTyped(now.UtcDateTime).AddTyped(error).AddTyped(UuidV7.New(now)), ct);
    }

    public Task ReleaseAsync(ClaimedMessage message, CancellationToken ct) => WriteAsync(BusSql.Release, message, _ => { }, ct);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>On any connection: a timer that somebody is replacing is waited for, which must not hold up the claims.</summary>
    private async Task<bool> WriteAsync(string sql, ClaimedMessage message, Action<NpgsqlParameterCollection> more, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        return await ExecuteAsync(connection, sql, parameters => more(parameters.AddTyped(message.Project).AddTyped(message.Id).AddTyped(message.LeaseToken)), ct) > 0;
    }

    private async Task<List<ClaimedMessage>> ClaimAsync(NpgsqlConnection connection, string sql, int room, CancellationToken ct)
    {
        Guid token = Guid.NewGuid();
#pragma warning disable CA2100 // one of two constants
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(options.Value.Lease).AddTyped(token).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(room);
        bool byTurns = sql == BusSql.ClaimByTurns;
        if (byTurns) command.Parameters.AddTyped(_nextProject).AddTyped(LongestWalk);
        List<ClaimedMessage> claimed = [];
        Guid? walkEnd = null;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (byTurns && !reader.IsDBNull(12)) walkEnd = reader.GetGuid(12);
            if (reader.IsDBNull(0)) continue;
            claimed.Add(new ClaimedMessage(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5), reader.GetBoolean(6), reader.OptionalText(7),
                reader.GetInt32(8), reader.OptionalText(9), reader.GetFieldValue<DateTimeOffset>(10), reader.GetInt32(11), token));
        }

        // Behind the last one that had its turn; from the start when the walk came to the end.
        if (byTurns) _nextProject = claimed.Count == room ? Behind(claimed.Max(one => one.Project)) : walkEnd is { } end ? Behind(end) : Guid.Empty;
        return claimed;
    }

    /// <summary>The smallest id that is greater, in PostgreSQL's order, which is that of the octets.</summary>
    private static Guid Behind(Guid id)
    {
        Span<byte> octets = stackalloc byte[16];
        id.TryWriteBytes(octets, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(octets, BinaryPrimitives.ReadUInt128BigEndian(octets) + 1);
        return new Guid(octets, bigEndian: true);
    }

    private static void AddHeld(NpgsqlParameterCollection parameters, IReadOnlyList<ClaimedMessage> held) => parameters
        .AddTyped(held.Select(one => one.Project).ToArray()).AddTyped(held.Select(one => one.Id).ToArray()).AddTyped(held.Select(one => one.LeaseToken).ToArray());

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // constants of BusSql
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        add(command.Parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
