using FsCheck;
using FsCheck.Fluent;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Support;
using Npgsql;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

/// <summary>
/// Nothing leaves a final state but by a later report, nothing waits without a time and a reason, nothing is lost or doubled, and every fate is told
/// once: for random sequences of what happens to a delivery, in memory and in the database, one after the other and all at once.
/// </summary>
public sealed class StateMachineTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetrySchedule _retries = RetrySchedule.Of(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));

    private static readonly Action<Claimed, DateTimeOffset>[] _outcomes =
    [
        .. from verdict in Enum.GetValues<RelayVerdict>()
           from guarantee in Enum.GetValues<DeliveryGuarantee>()
           select (Action<Claimed, DateTimeOffset>)((delivery, now) => delivery.Record(new RelayReply(verdict, 450, null, "text"), "default", guarantee, _retries, now)),
        (delivery, now) => delivery.Park(new RelayFault("The mail server is down.", false), "default", "default", now.AddSeconds(30), _retries, now),
        (delivery, now) => delivery.Hold(Holds.Turn(now), now, TimeSpan.FromDays(1), now),
        (delivery, now) => delivery.Hold(Holds.Quota(now), now, TimeSpan.FromDays(1), now),
        (delivery, now) => delivery.Hold(Holds.Quota(now), now.AddDays(-2), TimeSpan.FromDays(1), now),
        (delivery, now) => delivery.Delay("A fault in the mail system.", _retries, now),
        (delivery, now) => delivery.Fail("It cannot be composed."),
        (delivery, _) => delivery.Suppress("Not sent: the recipient unsubscribed."),
    ];

    /// <summary>A life is a claim and an outcome, again and again until it is final; after each, every other outcome is tried too.</summary>
    [Fact]
    public void A_life_of_any_outcomes_waits_only_with_time_and_reason_and_ends_for_good() =>
        Prop.ForAll(Gen.Choose(0, _outcomes.Length - 1).ArrayOf(12).ToArbitrary(), life =>
        {
            DateTimeOffset now = _noon;
            int attempts = 0;
            foreach (int outcome in life)
            {
                Claimed delivery = new(ProjectId.New(now), DeliveryId.New(now), MessageId.New(now), "a@example.com", Lane.Normal, attempts) { FirstAttemptAt = _noon };
                _outcomes[outcome](delivery, now);
                (DeliveryState state, DateTimeOffset? next, string? reason) = (delivery.State, delivery.NextAttemptAt, delivery.Reason);

                Assert.True(DeliveryTransitions.Allow(QueueOperation.Record, DeliveryState.Sending, state), $"sending became {state}");
                Assert.Equal(state.IsWaiting(), next is not null);
                Assert.True(next is null || next > now);
                Assert.True(state == DeliveryState.Sent || !string.IsNullOrWhiteSpace(reason));
                foreach (Action<Claimed, DateTimeOffset> other in _outcomes) Assert.Throws<InvalidOperationException>(() => other(delivery, now));
                Assert.Equal((state, next, reason), (delivery.State, delivery.NextAttemptAt, delivery.Reason));
                if (!state.IsWaiting()) return;
                (attempts, now) = (delivery.Attempts, next!.Value);
            }

            Assert.True(attempts <= _retries.Retries, $"{attempts} attempts");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task No_operation_on_the_queue_leaves_the_state_machine(int seed)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow);
        Random random = new(seed);
        await using QueueActor one = new(database, random, clock), other = new(database, random, clock);
        Dictionary<Guid, Row> before = [];
        HashSet<QueueOperation> done = [];
        HashSet<DeliveryState> seen = [];
        for (int step = 0; step < 250; step++)
        {
            QueueOperation operation = await (random.Next(2) == 0 ? one : other).StepAsync();
            done.Add(operation);
            Dictionary<Guid, Row> after = await SnapshotAsync(database);
            string where = $"seed {seed}, step {step}: {operation}";
            foreach ((Guid id, Row was) in before)
            {
                Assert.True(after.TryGetValue(id, out Row? now), $"{where} lost a delivery that was {was.State}");
                Assert.True(DeliveryTransitions.Allow(operation, was.State, now.State), $"{where} made {now.State} of {was.State}");
            }

            foreach (Row row in after.Values) row.Check(where);
            seen.UnionWith(after.Values.Select(row => row.State));
            before = after;
            if (random.Next(8) == 0) clock.Advance(TimeSpan.FromMinutes(random.Next(10)));
        }

        Assert.Equal(Enum.GetValues<QueueOperation>().Length, done.Count);
        Assert.True(seen.Count >= 8, $"Only {string.Join(", ", seen)} were reached.");
    }

    /// <summary>The same from four sides at once. A trigger writes down each change of a row, whoever made it.</summary>
    [Theory, InlineData(7), InlineData(8)]
    public async Task No_operation_leaves_the_state_machine_when_all_come_at_once(int seed)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await ExecuteAsync(database, HistorySql);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async actor =>
        {
            await using QueueActor acting = new(database, new Random(seed * 100 + actor), TimeProvider.System);
            for (int step = 0; step < 150; step++) await acting.StepAsync();
        }));

        foreach (Row row in (await SnapshotAsync(database)).Values) row.Check($"seed {seed}");
        List<(Guid Id, DeliveryState Was, DeliveryState Becomes)> changes = await ChangesAsync(database);
        Assert.True(changes.Count > 200, $"Only {changes.Count} changes.");
        foreach ((Guid id, DeliveryState was, DeliveryState becomes) in changes) Assert.True(was == becomes || DeliveryTransitions.Allow(was, becomes), $"{id}: {becomes} after {was}");
        Assert.Equal(await database.CountAsync("history WHERE tg_op = 'DELETE'"), await database.CountAsync("finished_deliveries"));
    }

    private const string HistorySql = """
        CREATE TABLE history (at bigserial, tg_op text, delivery uuid, was text, becomes text);
        CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO history (tg_op, delivery, was, becomes)
            VALUES (TG_OP, coalesce(NEW.id, OLD.id), OLD.state, NEW.state);
            RETURN NULL;
        END $$;
        CREATE TRIGGER keep_history AFTER UPDATE OR DELETE ON deliveries FOR EACH ROW EXECUTE FUNCTION keep_history();
        CREATE TRIGGER keep_history AFTER INSERT OR UPDATE ON finished_deliveries FOR EACH ROW EXECUTE FUNCTION keep_history();
        """;

    /// <summary>Updates as they are; a row that leaves the queue and the one that enters the archive are one change.</summary>
    private static async Task<List<(Guid, DeliveryState, DeliveryState)>> ChangesAsync(DeliveryDatabase database)
    {
        await using NpgsqlCommand command = database.Source.CreateCommand("""
            SELECT delivery, was, becomes FROM history WHERE tg_op = 'UPDATE'
            UNION ALL
            SELECT d.delivery, d.was, i.becomes FROM history d JOIN history i ON i.delivery = d.delivery AND i.tg_op = 'INSERT' WHERE d.tg_op = 'DELETE'
            """);
        List<(Guid, DeliveryState, DeliveryState)> changes = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) changes.Add((reader.GetGuid(0), DeliveryStates.Parse(reader.GetString(1)), DeliveryStates.Parse(reader.GetString(2))));
        return changes;
    }

    private static async Task<Dictionary<Guid, Row>> SnapshotAsync(DeliveryDatabase database)
    {
        await using NpgsqlCommand command = database.Source.CreateCommand("""
            SELECT r.id, r.state, r.next_attempt_at, r.reason,
                   (SELECT array_agg(e.type) FROM events e WHERE e.project_id = r.project_id AND e.message_id = r.message_id AND e.recipient = r.recipient)
            FROM recipients r
            """);
        Dictionary<Guid, Row> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            Row row = new(DeliveryStates.Parse(reader.GetString(1)), reader.OptionalTime(2), reader.OptionalText(3), reader.IsDBNull(4) ? [] : reader.GetFieldValue<string[]>(4));
            Assert.True(rows.TryAdd(reader.GetGuid(0), row), "A delivery stands in the queue and in the archive."); // one snapshot, so it is no race
        }

        return rows;
    }

    private static async Task ExecuteAsync(DeliveryDatabase database, string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A delivery as its sender sees it, with its events.</summary>
    private sealed record Row(DeliveryState State, DateTimeOffset? NextAttemptAt, string? Reason, string[] Events)
    {
        private static readonly string[] _ends = ["email.sent", "email.bounced", "email.failed", "email.canceled"];

        public void Check(string where)
        {
            Assert.True(State.IsWaiting() == NextAttemptAt is not null, $"{where}: {State} with the next attempt at {NextAttemptAt}");
            Assert.True(!State.IsWaiting() || !string.IsNullOrWhiteSpace(Reason), $"{where}: {State} waits without a reason");
            if (State.IsWaiting()) Assert.True(!Events.Any(_ends.Contains), $"{where}: {State} after {string.Join(' ', Events)}");
            else Assert.True(Events.Count(type => type == $"email.{State.Name()}") == 1, $"{where}: {State}, told by {string.Join(' ', Events)}");
        }
    }
}
