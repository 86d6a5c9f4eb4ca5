using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Core.Suppressions;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Delivery;

public sealed class DeliveryReportTests(PostgresFixture postgres)
{
    private static readonly DeliveryState[] _final = [.. Enum.GetValues<DeliveryState>().Where(state => !state.IsWaiting())];

    /// <summary>Every final state, every report: the row and the event agree with the table of transitions.</summary>
    [Fact]
    public async Task A_report_changes_a_final_state_exactly_where_the_table_allows_it()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        DeliveryReports reports = new(database.Source, Feeds.Of(), TimeProvider.System);
        foreach (DeliveryState was in _final)
        {
            foreach (DeliveryState reported in DeliveryStates.Reportable)
            {
                string recipient = $"{was.Name()}-{reported.Name()}@example.com";
                (MessageId message, DeliveryId id) = await FinishedAsync(database, recipient, was);

                HashSet<DeliveryId> changed = await reports.RecordAsync([new(DeliveryDatabase.Project, message, id, reported) { Reason = "reported" }], CancellationToken.None);

                bool allowed = was.MayBeReported(reported);
                Assert.Equal(allowed, changed.Contains(id));
                Assert.Equal((allowed ? reported : was).Name(), (await database.RecipientAsync(recipient)).State);
                Assert.Equal(allowed ? [$"email.{reported.Name()}"] : [], await database.EventsAsync(recipient));
            }
        }
    }

    [Fact]
    public void No_report_leads_back_into_the_queue_and_what_ended_badly_stays()
    {
        Assert.All(DeliveryStates.ReportedTransitions, transition => Assert.False(transition.Was.IsWaiting() || transition.Becomes.IsWaiting() || transition.Was == transition.Becomes));
        Assert.DoesNotContain(DeliveryStates.ReportedTransitions, transition => transition.Was is DeliveryState.Bounced or DeliveryState.Complained or DeliveryState.Suppressed);
        foreach (DeliveryState state in Enum.GetValues<DeliveryState>().Except(DeliveryStates.Reportable))
            Assert.Throws<ArgumentException>(() => new DeliveryReport(default, default, default, state));
    }

    [Fact]
    public async Task A_report_brings_its_words_keeps_what_it_does_not_know_and_is_told_once()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        DeliveryReports reports = new(database.Source, Feeds.Of(), TimeProvider.System);
        (MessageId message, DeliveryId id) = await FinishedAsync(database, "a@example.com", DeliveryState.Sent);
        DeliveryReport bounce = new(DeliveryDatabase.Project, message, id, DeliveryState.Bounced) { Code = 552, EnhancedCode = "5.2.2", Text = "mailbox full \0 \uD83D", Reason = "Its mailbox is full." };

        Assert.Single(await reports.RecordAsync([bounce], CancellationToken.None));
        Assert.Empty(await reports.RecordAsync([bounce], CancellationToken.None));

        Assert.Equal(1, await database.CountAsync("finished_deliveries WHERE state = 'bounced' AND code = 552 AND reply LIKE 'mailbox full%' AND relay = 'default' AND attempts = 1 AND reason = 'Its mailbox is full.'"));
        Assert.Equal(1, await database.CountAsync("events WHERE type = 'email.bounced' AND code = 552 AND enhanced_code = '5.2.2' AND relay = 'default' AND attempt IS NULL"));
        Assert.Equal(["email.bounced"], await database.EventsAsync("a@example.com"));
    }

    [Fact]
    public async Task A_report_about_another_projects_delivery_or_one_that_waits_changes_nothing()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        DeliveryReports reports = new(database.Source, Feeds.Of(), TimeProvider.System);
        (MessageId message, DeliveryId id) = await FinishedAsync(database, "a@example.com", DeliveryState.Sent);
        MessageId waiting = await database.AddMessageAsync(["waits@example.com"]);
        DeliveryId waits = new(await database.ScalarAsync<Guid>("SELECT id FROM deliveries"));

        Assert.Empty(await reports.RecordAsync([new(ProjectId.New(DateTimeOffset.UtcNow), message, id, DeliveryState.Complained), new(DeliveryDatabase.Project, waiting, waits, DeliveryState.Delivered)], CancellationToken.None));

        Assert.Equal("sent", (await database.RecipientAsync("a@example.com")).State);
        Assert.Equal("queued", (await database.RecipientAsync("waits@example.com")).State);
        Assert.Equal(0, await database.CountAsync("events"));
    }

    private static async Task<(MessageId, DeliveryId)> FinishedAsync(DeliveryDatabase database, string recipient, DeliveryState state)
    {
        MessageId message = await database.AddMessageAsync([recipient]);
        await using NpgsqlCommand move = database.Source.CreateCommand("""
            WITH gone AS (DELETE FROM deliveries WHERE message_id = $1 RETURNING *)
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, finished_at)
            SELECT project_id, message_id, id, recipient, kind, $2, 1, 'default', now() FROM gone RETURNING id
            """);
        move.Parameters.AddTyped(message.Value).AddTyped(state.Name());
        return (message, new DeliveryId((Guid)(await move.ExecuteScalarAsync())!));
    }
}
