using System.Buffers.Binary;
using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>
/// Lists messages and searches them, newest first. What an index serves is exact over all history: ids, the beginning of an address, what waits, what went wrong,
/// times. Anything else (a word of a subject, a tag, part of an address, an API key) is looked for message by message, from the newest back, in windows that grow, until the
/// page is full or <see cref="Budget"/> is spent; then the page says how far it came, and the next one goes on there. Acceptance pays for no index of this.
/// </summary>
public sealed class MessageSearch(NpgsqlDataSource dataSource)
{
    /// <summary>After it no further window is begun. One takes some ten milliseconds, so that an answer takes less than 200.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(100);

    private const int FirstWindow = 2_000, LargestWindow = 8_000, Growth = 4;
    private const int CandidatesAtOnce = 500;

    /// <summary>An address with more messages than that is found by looking at the newest, too.</summary>
    private const int MostByRecipient = 5_000;

    /// <summary>So many waiting recipients are looked through for an address.</summary>
    private const int MostWaiting = 20_000;

    public async Task<MessagePage> ListAsync(ProjectId project, MessageFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand settings = new(SearchSql.Settings, connection)) await settings.ExecuteNonQueryAsync(ct);
        return await new Search(connection, project, filter).RunAsync(ct);
    }

    private sealed class Search(NpgsqlConnection connection, ProjectId project, MessageFilter filter)
    {
        private readonly bool _newestFirst = filter.Before is null;
        private readonly long _began = Stopwatch.GetTimestamp();
        private readonly List<MessageSummary> _found = [];

        // What is not looked at yet; both belong to it.
        private Guid _highest = Least(filter.After is { } after ? Step(after.Value, -1) : Guid.AllBitsSet, filter.Until is { } until ? Step(UuidV7.First(until), -1) : Guid.AllBitsSet);
        private Guid _lowest = Most(filter.Before is { } before ? Step(before.Value, 1) : Guid.Empty, filter.Since is { } since ? UuidV7.First(since) : Guid.Empty);

        private bool IsSpent => Stopwatch.GetElapsedTime(_began) > Budget;

        public async Task<MessagePage> RunAsync(CancellationToken ct)
        {
            if (_highest.CompareTo(_lowest) < 0) return Page(null);
            if (await KnownAsync(ct) is { } known) return await AmongAsync(known, ct);
            if (SearchSql.Candidates(filter, _newestFirst) is { } candidates) return await OverCandidatesAsync(candidates, ct);
            if (filter is { Subject: null, TagName: null, Recipient: null, State: null, ApiKeyId: null })
            {
                await ReadAsync(null, _highest, _lowest, ct); // no condition that a window would bound
                return Page(null);
            }

            return await OverWindowsAsync(ct);
        }

        /// <summary>The only messages that can be it, where an index knows all of them; null where none does, or they are too many.</summary>
        private async Task<IReadOnlyList<Guid>?> KnownAsync(CancellationToken ct)
        {
            if (filter.Id is { } id) return [id.Value];
            if (filter.MessageIdHeader is not null) return await IdsAsync(SearchSql.ByMessageId, MostByRecipient, _highest, _lowest, ct);
            if (filter.Recipient is not { } recipient || !SearchSql.IsBeginning(recipient)) return null;
            await using (NpgsqlCommand waiting = Command(SearchSql.Waiting, _highest, _lowest, MostWaiting + 1, null))
                if ((long)(await waiting.ExecuteScalarAsync(ct))! > MostWaiting) return null;
            List<Guid> ids = await IdsAsync(SearchSql.ByRecipient, MostByRecipient + 1, _highest, _lowest, ct);
            return ids.Count > MostByRecipient ? null : ids;
        }

        private async Task<MessagePage> AmongAsync(IReadOnlyList<Guid> known, CancellationToken ct)
        {
            Guid[] inOrder = [.. _newestFirst ? known.Distinct().OrderDescending() : known.Distinct().Order()];
            foreach (Guid[] some in inOrder.Chunk(CandidatesAtOnce))
            {
                await ReadAmongAsync(some, ct);
                if (IsFull) return Page(null);
                if (IsSpent && some[^1] != inOrder[^1]) return Page(some[^1]);
            }

            return Page(null);
        }

        private async Task<MessagePage> OverCandidatesAsync(string candidates, CancellationToken ct)
        {
            while (true)
            {
                List<Guid> some = await IdsAsync(candidates, CandidatesAtOnce, _highest, _lowest, ct);
                if (some.Count > 0) await ReadAmongAsync([.. some.Distinct()], ct);
                if (IsFull || some.Count < CandidatesAtOnce) return Page(null);
                if (IsSpent) return Page(some[^1]);
                GoOnBehind(some[^1]);
            }
        }

        private async Task<MessagePage> OverWindowsAsync(CancellationToken ct)
        {
            for (int window = FirstWindow; ; window = Math.Min(window * Growth, LargestWindow))
            {
                Guid? end;
                await using (NpgsqlCommand command = Command(SearchSql.WindowEnd(filter.OnlyTest, _newestFirst), _highest, _lowest, window, null)) end = (Guid?)await command.ExecuteScalarAsync(ct);
                (Guid top, Guid bottom) = end is not { } last ? (_highest, _lowest) : _newestFirst ? (_highest, last) : (last, _lowest);
                await ReadAsync(null, top, bottom, ct);
                if (IsFull || end is null) return Page(null);
                if (IsSpent) return Page(end);
                GoOnBehind(end.Value);
            }
        }

        private bool IsFull => _found.Count > filter.Limit;

        private void GoOnBehind(Guid last)
        {
            if (_newestFirst) _highest = Step(last, -1);
            else _lowest = Step(last, 1);
        }

        /// <summary>Reads what is it of these, which are in order. Whichever way PostgreSQL finds them, it then looks at nothing outside of them: so each row is looked at once, however many times this is called.</summary>
        private Task ReadAmongAsync(Guid[] candidates, CancellationToken ct)
        {
            (Guid highest, Guid lowest) = _newestFirst ? (candidates[0], candidates[^1]) : (candidates[^1], candidates[0]);
            return ReadAsync(candidates, Least(highest, _highest), Most(lowest, _lowest), ct);
        }

        /// <summary>One row too many tells whether there is another page.</summary>
        private async Task ReadAsync(Guid[]? candidates, Guid highest, Guid lowest, CancellationToken ct)
        {
            await using NpgsqlCommand command = Command(SearchSql.Page(filter, candidates is not null, _newestFirst), highest, lowest, filter.Limit + 1 - _found.Count, candidates);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                _found.Add(new MessageSummary(
                    new MessageId(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), MessageReader.Envelope(reader.GetString(3)), reader.OptionalTime(4),
                    DeliveryStates.Worst(reader.GetFieldValue<string[]>(5).Select(DeliveryStates.Parse))));
            }
        }

        private async Task<List<Guid>> IdsAsync(string sql, int limit, Guid highest, Guid lowest, CancellationToken ct)
        {
            await using NpgsqlCommand command = Command(sql, highest, lowest, limit, null);
            List<Guid> ids = [];
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
            return ids;
        }

        private NpgsqlCommand Command(string sql, Guid highest, Guid lowest, int limit, Guid[]? candidates)
        {
#pragma warning disable CA2100 // put together from constants; what was asked for stands in parameters
            NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
#pragma warning disable CA1308 // as lower() in SQL
            string? recipient = filter.Recipient?.ToLowerInvariant(), subject = filter.Subject?.ToLowerInvariant();
#pragma warning restore CA1308
            string? tag = filter.TagName is null ? null : filter.TagValue is null ? $$"""{"name":"{{filter.TagName}}",""" : $$"""{"name":"{{filter.TagName}}","value":"{{filter.TagValue}}"}""";
            command.Parameters
                .AddTyped(project.Value).AddTyped(highest).AddTyped(lowest).AddTyped(candidates ?? [], NpgsqlDbType.Array | NpgsqlDbType.Uuid).AddTyped(limit)
                .AddTyped(subject, NpgsqlDbType.Text).AddTyped(tag, NpgsqlDbType.Text).AddTyped(recipient, NpgsqlDbType.Text).AddTyped(recipient + char.ConvertFromUtf32(0x10FFFF), NpgsqlDbType.Text)
                .AddTyped(filter.State?.Name(), NpgsqlDbType.Text).AddTyped(filter.ExperimentId, NpgsqlDbType.Uuid).AddTyped(filter.Arm, NpgsqlDbType.Text).AddTyped(filter.MessageIdHeader, NpgsqlDbType.Text).AddTyped(filter.ApiKeyId, NpgsqlDbType.Uuid);
            return command;
        }

        private MessagePage Page(Guid? searchedTo)
        {
            bool hasMore = IsFull || searchedTo is not null;
            if (IsFull) _found.RemoveAt(filter.Limit);
            if (!_newestFirst) _found.Reverse();
            return new MessagePage(_found, hasMore, searchedTo is { } last ? new SearchedTo(new MessageId(last), UuidV7.TimeOf(last)) : null);
        }

        private static Guid Least(Guid a, Guid b) => a.CompareTo(b) < 0 ? a : b;

        private static Guid Most(Guid a, Guid b) => a.CompareTo(b) > 0 ? a : b;

        /// <summary>The id just before or behind; the first and the last stay what they are.</summary>
        private static Guid Step(Guid id, int by)
        {
            if (id == (by < 0 ? Guid.Empty : Guid.AllBitsSet)) return id;
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            UInt128 number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            BinaryPrimitives.WriteUInt128BigEndian(bytes, by < 0 ? number - 1 : number + 1);
            return new Guid(bytes, bigEndian: true);
        }
    }
}
