using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Retention;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Retention;

public sealed class RetentionTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_code_is_forgotten_as_soon_as_it_has_arrived()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId arrived = await database.AddMessageAsync(["ada@example.com"], Lane.Critical, subject: "Your code is 517294, Ada", text: "517294");
        MessageId half = await database.AddMessageAsync(["bob@example.com", "eve@example.com"], Lane.Critical, subject: "Your code is 112233");
        MessageId test = await database.AddMessageAsync(["tom@example.com"], Lane.Critical, isTest: true, subject: "Your code is 445566");
        MessageId normal = await database.AddMessageAsync(["joe@example.com"], subject: "Invoice 20261");
        await FileAsync(database, arrived);
        await FinishAsync(database, "recipient <> 'eve@example.com'");

        int removed = await new ContentRemoval(database.Source, TimeProvider.System).RemoveCriticalAsync(CancellationToken.None);
        int again = await new ContentRemoval(database.Source, TimeProvider.System).RemoveCriticalAsync(CancellationToken.None);

        Assert.Equal((1, 0), (removed, again));
        Assert.Equal(("Your code is ••••, Ada", true), await ShownAsync(database, arrived));
        Assert.Equal(("Your code is 112233", false), await ShownAsync(database, half));
        Assert.Equal(("Your code is 445566", false), await ShownAsync(database, test));
        Assert.Equal(("Invoice 20261", false), await ShownAsync(database, normal));
        Assert.Equal(0, await database.CountAsync("attachments"));
        Assert.Equal(0, await database.CountAsync("messages WHERE content::text LIKE '%517294%'"));
    }

    [Fact]
    public async Task Test_mail_goes_by_its_own_age()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await ProjectsAsync(database, (DeliveryDatabase.Project, 10, 400), (DeliveryDatabase.OtherProject, 60, 400));
        foreach ((ProjectId project, int days) in ((ProjectId, int)[])[(DeliveryDatabase.Project, 9), (DeliveryDatabase.Project, 11), (DeliveryDatabase.OtherProject, 11)])
        {
            await using NpgsqlCommand command = database.Source.CreateCommand("INSERT INTO captured_messages (project_id, id, message_id, recipient, mime, captured_at) VALUES ($1, gen_random_uuid(), gen_random_uuid(), 'a@example.com', 'x', $2)");
            command.Parameters.AddTyped(project.Value).AddTyped(_now.AddDays(-days).UtcDateTime);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await new ContentRemoval(database.Source, new ManualClock(_now)).RemoveCapturedAsync(CancellationToken.None);

        Assert.Equal(1, await database.CountAsync($"captured_messages WHERE project_id = '{DeliveryDatabase.Project}'"));
        Assert.Equal(1, await database.CountAsync($"captured_messages WHERE project_id = '{DeliveryDatabase.OtherProject}'"));
    }

    [Fact]
    public async Task Bodies_go_when_their_project_says_so_and_never_before_the_message_has_left()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await ProjectsAsync(database, (DeliveryDatabase.Project, 10, 400), (DeliveryDatabase.OtherProject, 60, 400));
        MessageId old = await OldAsync(database, DeliveryDatabase.Project, 20), young = await OldAsync(database, DeliveryDatabase.Project, 5), other = await OldAsync(database, DeliveryDatabase.OtherProject, 20);
        MessageId waits = await OldAsync(database, DeliveryDatabase.Project, 15, waits: true), behind = await OldAsync(database, DeliveryDatabase.Project, 12);
        await FileAsync(database, old);
        ContentRemoval removal = new(database.Source, new ManualClock(_now));

        await removal.RemoveOldAsync(CancellationToken.None);

        bool[] first = await RemovedAsync();
        Assert.Equal([true, false, false, false, false], first);
        Assert.Equal(0, await database.CountAsync("attachments"));

        await FinishAsync(database, "true");
        await removal.RemoveOldAsync(CancellationToken.None);

        bool[] second = await RemovedAsync();
        Assert.Equal([true, false, false, true, true], second);

        Task<bool[]> RemovedAsync() => Task.WhenAll(new[] { old, young, other, waits, behind }.Select(async id => (await ShownAsync(database, id)).Removed));
    }

    [Fact]
    public async Task A_month_that_nobody_keeps_is_dropped_and_what_still_waits_in_another_is_not_touched()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await ProjectsAsync(database, (DeliveryDatabase.Project, 30, 90), (DeliveryDatabase.OtherProject, 30, 90));
        PartitionMaintenance partitions = new(database.Source);
        foreach (int days in (int[])[200, 170, 60]) await partitions.EnsureAsync(_now.AddDays(-days), CancellationToken.None);
        MessageId gone = await OldAsync(database, DeliveryDatabase.Project, 200), finished = await OldAsync(database, DeliveryDatabase.OtherProject, 170);
        MessageId waits = await OldAsync(database, DeliveryDatabase.Project, 170, waits: true), kept = await OldAsync(database, DeliveryDatabase.Project, 60);
        string month = _now.AddDays(-200).ToString("yyyy_MM", CultureInfo.InvariantCulture), waiting = _now.AddDays(-170).ToString("yyyy_MM", CultureInfo.InvariantCulture);

        (int dropped, long deleted) = await new HistoryRemoval(database.Source, partitions, new ManualClock(_now)).RunAsync(CancellationToken.None);

        Assert.True(dropped >= 6);
        Assert.Equal(1, deleted); // the finished one beside the one that waits
        foreach (string table in (string[])["messages", "attachments", "finished_deliveries", "events", "experiment_messages", "conversions"])
        {
            Assert.Equal(0, await database.CountAsync($"pg_class WHERE relname = '{table}_{month}'"));
            Assert.Equal(1, await database.CountAsync($"pg_class WHERE relname = '{table}_{waiting}'"));
            Assert.Equal(0, await database.CountAsync($"{table} WHERE {(table == "messages" ? "id" : "message_id")} IN ('{gone}', '{finished}')"));
        }

        Assert.Equal(2, await database.CountAsync($"messages WHERE id IN ('{waits}', '{kept}')"));
        Assert.Equal(1, await database.CountAsync($"deliveries WHERE message_id = '{waits}'"));
        Assert.Equal(1, await database.CountAsync($"events WHERE message_id = '{kept}'"));
    }

    [Fact]
    public async Task A_project_that_keeps_less_than_another_loses_its_own_rows_alone()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await ProjectsAsync(database, (DeliveryDatabase.Project, 7, 30), (DeliveryDatabase.OtherProject, 30, 3650));
        PartitionMaintenance partitions = new(database.Source);
        await partitions.EnsureAsync(_now.AddDays(-100), CancellationToken.None);
        MessageId mine = await OldAsync(database, DeliveryDatabase.Project, 100), young = await OldAsync(database, DeliveryDatabase.Project, 20), theirs = await OldAsync(database, DeliveryDatabase.OtherProject, 100);

        (int dropped, long deleted) = await new HistoryRemoval(database.Source, partitions, new ManualClock(_now)).RunAsync(CancellationToken.None);

        Assert.Equal((0, 1L), (dropped, deleted));
        Assert.Equal(0, await database.CountAsync($"events WHERE message_id = '{mine}'"));
        foreach (string table in (string[])["experiment_messages", "conversions"])
            Assert.Equal((0, 2), (await database.CountAsync($"{table} WHERE message_id = '{mine}'"), await database.CountAsync($"{table} WHERE message_id IN ('{young}', '{theirs}')")));
        Assert.Equal(2, await database.CountAsync($"events WHERE message_id IN ('{young}', '{theirs}')"));
        Assert.Equal(2, await database.CountAsync($"finished_deliveries WHERE message_id IN ('{young}', '{theirs}')"));
    }

    private static async Task ProjectsAsync(DeliveryDatabase database, params (ProjectId Id, int Content, int History)[] projects)
    {
        foreach ((ProjectId id, int content, int history) in projects)
            await ExecuteAsync(
                database, "INSERT INTO projects (id, name, keep_content_days, keep_history_days, created_at) VALUES ($1, 'P', $2, $3, now()) ON CONFLICT (id) DO UPDATE SET keep_content_days = $2, keep_history_days = $3",
                parameters => parameters.AddTyped(id.Value).AddTyped(content).AddTyped(history));
    }

    /// <summary>A message of so many days ago, with an event.</summary>
    private static async Task<MessageId> OldAsync(DeliveryDatabase database, ProjectId project, int days, bool waits = false)
    {
        DateTimeOffset at = _now.AddDays(-days);
        MessageId id = new(Guid.CreateVersion7(at));
        await ExecuteAsync(
            database,
            $$"""
            WITH message AS (
                INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
                VALUES ($1, $2, $3, 1, false, 'at_least_once', 'Hello', '{"from":"a@example.org","to":["b@example.com"],"cc":[],"bcc":[],"reply_to":[],"tags":[]}', '{"text":"Body","headers":{},"attachments":[]}')
            ), event AS (
                INSERT INTO events (project_id, message_id, id, type, created_at, recipient) VALUES ($1, $2, gen_random_uuid(), 'email.sent', $3, 'b@example.com')
            ), arm AS (
                INSERT INTO experiment_messages (project_id, message_id, experiment_id, arm, person) VALUES ($1, $2, $1, 'a', 1)
            ), conversion AS (
                INSERT INTO conversions (project_id, message_id, name, id, occurred_at, created_at) VALUES ($1, $2, 'order', $2, $3, $3)
            )
            {{(waits
                ? "INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason) VALUES ($1, gen_random_uuid(), $2, 'b@example.com', 'to', 1, 'scheduled', $3, 'Waits.')"
                : "INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) VALUES ($1, $2, gen_random_uuid(), 'b@example.com', 'to', 'sent', 1, $3)")}}
            """,
            parameters => parameters.AddTyped(project.Value).AddTyped(id.Value).AddTyped(at.UtcDateTime));
        return id;
    }

    private static Task FileAsync(DeliveryDatabase database, MessageId message) => ExecuteAsync(
        database, "INSERT INTO attachments (project_id, message_id, ordinal, content) VALUES ($1, $2, 0, '\\x00')", parameters => parameters.AddTyped(DeliveryDatabase.Project.Value).AddTyped(message.Value));

    private static Task FinishAsync(DeliveryDatabase database, string which) => ExecuteAsync(
        database,
        $"""
        WITH done AS (DELETE FROM deliveries WHERE {which} RETURNING *)
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, id, recipient, kind, 'sent', 1, now() FROM done
        """,
        _ => { });

    private static async Task<(string Subject, bool Removed)> ShownAsync(DeliveryDatabase database, MessageId id) =>
        (await database.ScalarAsync<string>($"SELECT subject FROM messages WHERE id = '{id}'"),
         await database.ScalarAsync<bool>($"SELECT content_removed_at IS NOT NULL AND content->>'removed_at' IS NOT NULL AND content->>'text' IS NULL FROM messages WHERE id = '{id}'"));

    private static async Task ExecuteAsync(DeliveryDatabase database, string sql, Action<NpgsqlParameterCollection> add)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
#pragma warning restore CA2100
        add(command.Parameters);
        await command.ExecuteNonQueryAsync();
    }
}
