using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Suppressions;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Suppressions;

/// <summary>How addresses come onto the list by themselves, and what the worker makes of it: the real worker and queue.</summary>
public sealed class SuppressionFeedTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, string?> _quick = new() { ["Delivery:RetryDelays:0"] = "00:00:00.05" };

    [Theory]
    [InlineData(550, "5.1.1", "5.1.1 no such user here", "hard_bounce")]
    [InlineData(556, "5.1.10", "5.1.10 the domain takes no mail (null MX)", "hard_bounce")]
    [InlineData(550, "5.7.1", "5.7.1 message looks like spam", null)]
    [InlineData(554, "5.7.1", "5.7.1 your IP is on a block list (Spamhaus)", null)]
    [InlineData(552, "5.3.4", "5.3.4 message too big", null)]
    [InlineData(550, "5.7.26", "5.7.26 DMARC policy of the sender", null)]
    public async Task A_refusal_puts_the_address_on_the_list_only_when_it_is_about_the_address(int code, string enhanced, string text, string? reason)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new() { Reply = (_, _) => new RelayReply(RelayVerdict.Permanent, code, enhanced, text) { Scope = ReplyScope.Recipient } };
        MessageId id = await database.AddMessageAsync(["Gone@Example.com"]);
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, _quick);

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("Gone@Example.com")).State == "bounced");

        Assert.Equal(reason is null ? 0 : 1, await database.CountAsync("suppressions"));
        if (reason is null) return;
        Assert.Equal(1, await database.CountAsync($"suppressions s JOIN finished_deliveries f ON f.id = s.delivery_id WHERE s.address = 'gone@example.com' AND s.topic = '' AND s.reason = '{reason}' AND s.message_id = '{id}' AND s.note LIKE '{text[..5]}%' AND s.expires_at IS NULL"));
        Assert.Equal(1, await database.CountAsync($"events e JOIN suppressions s ON e.detail ->> 'id' = s.id::text WHERE e.type = 'suppression.added' AND e.message_id = '{id}' AND e.recipient = 'gone@example.com' AND e.detail ->> 'reason' = '{reason}'"));
    }

    [Fact]
    public async Task One_of_three_recipients_that_bounces_is_stopped_at_the_next_message_and_the_others_get_it()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new() { Reply = (_, to) => to == "dead@example.com" ? new RelayReply(RelayVerdict.Permanent, 550, "5.1.1", "5.1.1 no such user") { Scope = ReplyScope.Recipient } : FakeRelay.Accepted };
        await database.AddMessageAsync(["dead@example.com"]);
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, _quick);
        await Eventually.TrueAsync(async () => await database.CountAsync("suppressions") == 1);

        MessageId next = await database.AddMessageAsync(["a@example.com", "DEAD@example.com", "c@example.com"], lane: Lane.Critical);
        await Eventually.TrueAsync(async () => await database.CountAsync($"finished_deliveries WHERE message_id = '{next}'") == 3);

        Assert.Equal(1, await database.CountAsync("finished_deliveries WHERE recipient = 'DEAD@example.com' AND state = 'suppressed' AND attempts = 0 AND relay IS NULL AND cause = 'suppressed' AND reason LIKE 'Not sent: %bounced for good.'"));
        Assert.Equal(["email.suppressed"], await database.EventsAsync("DEAD@example.com"));
        Assert.Equal(["a@example.com", "c@example.com"], Assert.Single(relay.Offered, offer => offer.Id == next).Recipients.Select(recipient => recipient.Address.Address));
    }

    [Fact]
    public async Task Mailboxes_that_stay_full_rest_for_a_time_and_get_codes_all_the_same()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow);
        FakeRelay relay = new() { Reply = (_, _) => new RelayReply(RelayVerdict.Permanent, 552, "5.2.2", "5.2.2 mailbox full") { Scope = ReplyScope.Recipient } };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Suppressions:SoftBounces"] = "2", ["Suppressions:SoftBounceRest"] = "7.00:00:00" }, clock);
        await SendAsync("full@example.com");
        Assert.Equal(0, await database.CountAsync("suppressions"));
        clock.Advance(TimeSpan.FromDays(31));
        await SendAsync("full@example.com"); // the first one is too long ago to count
        Assert.Equal(0, await database.CountAsync("suppressions"));
        await SendAsync("Full@example.com");
        Assert.Equal(1, await database.CountAsync("suppressions WHERE reason = 'soft_bounce' AND expires_at - created_at = interval '7 days'"));

        relay.Reply = (_, _) => FakeRelay.Accepted;
        Assert.Equal("suppressed", await SendAsync("full@example.com"));
        Assert.Equal("sent", await SendAsync("full@example.com", Lane.Critical));
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal("sent", await SendAsync("full@example.com"));

        await new SuppressionMaintenance(database.Source, Microsoft.Extensions.Options.Options.Create(new SuppressionOptions()), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<SuppressionMaintenance>.Instance).RunOnceAsync(CancellationToken.None);
        Assert.Equal(0, await database.CountAsync("suppressions"));

        async Task<string> SendAsync(string to, Lane lane = Lane.Normal)
        {
            MessageId id = await database.AddMessageAsync([to], lane, due: clock.GetUtcNow().AddSeconds(-1));
            await Eventually.TrueAsync(async () => await database.CountAsync($"finished_deliveries WHERE message_id = '{id}'") == 1);
            return await database.ScalarAsync<string>($"SELECT state FROM finished_deliveries WHERE message_id = '{id}'");
        }
    }

    [Fact]
    public async Task Test_addresses_and_test_messages_suppress_nobody()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["bounced@mail.test", "complained@mail.test"]);
        MessageId test = await database.AddMessageAsync(["a@example.com"], isTest: true);
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, new FakeRelay(), _quick);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state IN ('bounced', 'complained')") == 2 && await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 1);

        DeliveryReports reports = new(database.Source, Feeds.Of(), TimeProvider.System);
        DeliveryId id = new(await database.ScalarAsync<Guid>($"SELECT id FROM finished_deliveries WHERE message_id = '{test}'"));
        Assert.Single(await reports.RecordAsync([new DeliveryReport(DeliveryDatabase.Project, test, id, DeliveryState.Complained)], CancellationToken.None));

        Assert.Equal(0, await database.CountAsync("suppressions"));
    }

    [Theory]
    [InlineData(DeliveryState.Complained, null, null, "complaint")]
    [InlineData(DeliveryState.Bounced, true, null, "hard_bounce")]
    [InlineData(DeliveryState.Bounced, null, "5.1.1 no such user", "hard_bounce")]
    [InlineData(DeliveryState.Bounced, false, "5.1.1 no such user", null)]
    [InlineData(DeliveryState.Bounced, null, "5.7.1 looks like spam", null)]
    [InlineData(DeliveryState.Bounced, null, null, null)]
    [InlineData(DeliveryState.Delivered, null, null, null)]
    public async Task A_later_report_feeds_the_list_once(DeliveryState state, bool? isHard, string? text, string? reason)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId message = await database.AddMessageAsync(["Ada@example.com"]);
        await using (TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, new FakeRelay()))
            await Eventually.TrueAsync(async () => (await database.RecipientAsync("Ada@example.com")).State == "sent");
        DeliveryId id = new(await database.ScalarAsync<Guid>("SELECT id FROM finished_deliveries"));
        DeliveryReports reports = new(database.Source, Feeds.Of(), TimeProvider.System);
        DeliveryReport report = new(DeliveryDatabase.Project, message, id, state) { IsHardBounce = isHard, Code = text is null ? null : 550, Text = text, Reason = "as reported" };

        Assert.Single(await reports.RecordAsync([report], CancellationToken.None));
        Assert.Equal(reason is null ? 0 : 1, await database.CountAsync("suppressions"));
        if (reason is null) return;
        Assert.Equal(1, await database.CountAsync($"suppressions WHERE address = 'ada@example.com' AND reason = '{reason}' AND message_id = '{message}' AND delivery_id = '{id.Value}' AND note <> ''"));

        await new SuppressionList(database.Source, Feeds.Hashes(database.Source), TimeProvider.System).RemoveAsync(DeliveryDatabase.Project, ["ada@example.com"], CancellationToken.None);
        Assert.Empty(await reports.RecordAsync([report], CancellationToken.None));
        Assert.Equal(0, await database.CountAsync("suppressions")); // the same report again does not undo what a person did
    }

    [Fact]
    public async Task A_lookup_shared_by_many_finds_for_each_what_is_theirs_and_of_their_project_alone()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        SuppressionList list = new(database.Source, Feeds.Hashes(database.Source), TimeProvider.System);
        await list.AddAsync(DeliveryDatabase.Project, [.. Enumerable.Range(0, 50).Select(i => new NewSuppression($"u{i * 2}@example.com", "", SuppressionReason.Manual, null, null))], tell: false, CancellationToken.None);
        await using SuppressionLookup lookup = new(database.Source, Feeds.Hashes(database.Source), TimeProvider.System);
        MailKind mail = MailKind.Of(Lane.Normal, null, false);

        bool[] found = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            SuppressionKey key = new(i < 100 ? DeliveryDatabase.Project : DeliveryDatabase.OtherProject, $"u{i % 100}@example.com");
            return (await lookup.FindAsync([key])).Find(key, mail) is not null;
        })));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i < 100 && i % 2 == 0), found);
        Assert.Same(SuppressionMatches.None, await lookup.FindAsync([new SuppressionKey(DeliveryDatabase.Project, "nobody@example.com")]));
    }

    [Fact]
    public async Task A_lookup_after_the_database_cut_it_off_fails_for_those_who_asked_and_works_for_the_next()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SuppressionLookup lookup = new(database.Source, Feeds.Hashes(database.Source), TimeProvider.System);
        SuppressionKey key = new(DeliveryDatabase.Project, "a@example.com");
        Assert.True((await lookup.FindAsync([key])).IsEmpty);
        await using (NpgsqlDataSource other = NpgsqlDataSource.Create(database.ConnectionString))
        await using (NpgsqlCommand cut = other.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
            await cut.ExecuteNonQueryAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => lookup.FindAsync([key]));
        Assert.True((await lookup.FindAsync([key])).IsEmpty);
    }
}
