using Mail.Core.Messages;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Delivery;

/// <summary>Only what a relay was told to begin can be of unknown outcome.</summary>
public sealed class TransferStartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_mark_that_could_not_be_written_starts_nothing_and_the_message_is_sent_later()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using (NpgsqlCommand failOnce = database.Source.CreateCommand("""
            CREATE SEQUENCE marks;
            CREATE FUNCTION refuse_the_first_mark() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('marks') = 1 THEN RAISE EXCEPTION 'the database is away'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER marks BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.data_started AND NOT OLD.data_started) EXECUTE FUNCTION refuse_the_first_mark();
            """))
            await failOnce.ExecuteNonQueryAsync();
        await database.AddMessageAsync(["once@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:RetryDelays:0"] = "00:00:00.1" });

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("once@example.com")).State == "sent");

        Assert.Single(relay.Offered);
        Assert.Equal(["email.delivery_delayed", "email.sent"], await database.EventsAsync("once@example.com"));
        Assert.Equal(1, await database.CountAsync("events WHERE reason LIKE '%nothing was sent%'"));
        Assert.Contains(worker.Log.All, line => line.Contains("the database is away", StringComparison.Ordinal));
    }

    [Theory, InlineData(false, "delivery_delayed"), InlineData(true, "failed")]
    public async Task A_relay_that_throws_leaves_an_unknown_outcome_only_when_it_had_begun(bool hadBegun, string state)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["once@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        FakeRelay relay = new();
        if (hadBegun) relay.Before = (_, _) => throw new InvalidOperationException("broken");
        else relay.BeforeStart = _ => throw new InvalidOperationException("broken");
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("once@example.com")).Attempts == 1);

        Assert.Equal(state, (await database.RecipientAsync("once@example.com")).State);
    }

    [Fact]
    public async Task Connections_cut_between_the_claim_and_the_mark_fail_no_message()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        string own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "cut" }.ConnectionString;
        await database.AddMessageAsync(["once@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        int cuts = 0;
        FakeRelay relay = new()
        {
            BeforeStart = async ct =>
            {
                if (Interlocked.Increment(ref cuts) > 1) return;
                await using NpgsqlCommand cut = database.Source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut'");
                await cut.ExecuteNonQueryAsync(ct);
            },
        };
        await using TestWorker worker = await TestWorker.StartAsync(own, relay, new() { ["Delivery:RetryDelays:0"] = "00:00:00.1" });

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("once@example.com")).State == "sent");

        Assert.Single(relay.Taken);
    }
}
