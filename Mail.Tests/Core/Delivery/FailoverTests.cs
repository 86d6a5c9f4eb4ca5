using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery;

/// <summary>Several relays: who is asked, in which order, and what a delivery says of it.</summary>
public sealed class FailoverTests(PostgresFixture postgres) : IAsyncDisposable
{
    private static readonly RelayFault _down = new("The mail server first.example:587 cannot be used: connection refused", IsPermanent: false);
    private static readonly RelayReply _busy = new(RelayVerdict.Transient, 421, "4.3.2", "too busy") { Scope = ReplyScope.Relay };
    private static readonly RelayReply _noSuchUser = new(RelayVerdict.Permanent, 550, "5.1.1", "no such user");
    private static readonly RelayReply _notYours = new(RelayVerdict.Permanent, 550, "5.7.1", "sender not allowed") { Scope = ReplyScope.Sender };

    private readonly FakeRelay _first = new() { Name = "first" };
    private readonly FakeRelay _second = new() { Name = "second" };

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_relay_that_is_down_is_passed_by_within_the_same_attempt_and_the_timeline_says_so()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        _first.Fault = _down;
        await using TestWorker worker = await StartAsync(database);
        await database.AddMessageAsync(["a@example.com"]);

        await SentAsync(database, 1);

        Assert.Equal(("sent", "second"), await StateAsync(database, "a@example.com"));
        Assert.Equal(1, (await database.RecipientAsync("a@example.com")).Attempts);
        Assert.Equal(["email.rerouted", "email.sent"], await database.EventsAsync("a@example.com"));
        Assert.Equal(1, await database.CountAsync("events WHERE type = 'email.rerouted' AND relay = 'first' AND reason LIKE '%connection refused%'"));
    }

    [Fact]
    public async Task A_refusal_of_the_relays_own_goes_on_to_the_next_and_one_of_the_recipient_does_not()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        _first.Reply = (_, recipient) => recipient.StartsWith("busy", StringComparison.Ordinal) ? _busy : _noSuchUser;
        await using TestWorker worker = await StartAsync(database);
        await database.AddMessageAsync(["busy@example.com", "nobody@example.com"]);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 2);

        Assert.Equal(("sent", "second"), await StateAsync(database, "busy@example.com"));
        Assert.Equal(("bounced", "first"), await StateAsync(database, "nobody@example.com"));
        Assert.Equal(["busy@example.com"], _second.Offered.Single().Recipients.Select(recipient => recipient.Address.Address));
    }

    [Fact]
    public async Task An_unknown_outcome_is_never_tried_on_another_relay_in_the_same_attempt()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        _first.Reply = (_, _) => new RelayReply(RelayVerdict.Unknown, null, null, "lost after DATA");
        await using TestWorker worker = await StartAsync(database);
        await database.AddMessageAsync(["a@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 1);

        Assert.Equal(("failed", "first"), await StateAsync(database, "a@example.com"));
        Assert.Empty(_second.Offered);
    }

    [Fact]
    public async Task What_only_an_unusable_relay_may_still_take_waits_for_it_and_goes_when_it_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        _first.Fault = _down;
        _second.Reply = (_, _) => _notYours;
        await using TestWorker worker = await StartAsync(database);
        await database.AddMessageAsync(["a@example.com"]);
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "delivery_delayed");
        string? waitsFor = (await database.RecipientAsync("a@example.com")).Reason;

        _first.Fault = null;
        await SentAsync(database, 1);

        Assert.Equal(_down.Reason, waitsFor);
        Assert.Equal(("sent", "first"), await StateAsync(database, "a@example.com"));
    }

    [Fact]
    public async Task With_all_relays_down_messages_wait_for_any_and_go_by_the_first_that_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        _first.Fault = _second.Fault = _down;
        await using TestWorker worker = await StartAsync(database);
        for (int i = 0; i < 50; i++) await database.AddMessageAsync([$"r{i}@example.com"]);
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE parked_by = 'pair'") == 50);

        _second.Fault = null;
        await SentAsync(database, 50);

        Assert.Equal(50, await database.CountAsync("finished_deliveries WHERE relay = 'second'"));
    }

    [Fact]
    public async Task A_relay_of_a_lower_rank_gets_nothing_while_the_first_can_be_used()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using TestWorker worker = await StartAsync(database);
        for (int i = 0; i < 30; i++) await database.AddMessageAsync([$"r{i}@example.com"]);

        await SentAsync(database, 30);

        Assert.Empty(_second.Offered);
    }

    [Fact]
    public async Task A_refusal_of_the_relays_own_is_not_the_last_word_when_the_worker_stops_before_the_next_relay_was_asked()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        int asked = 0;
        _first.Reply = (_, _) => _notYours;
        _second.BeforeStart = _ => Interlocked.Increment(ref asked) == 1 ? throw new OperationCanceledException() : Task.CompletedTask;
        await using TestWorker worker = await StartAsync(database);
        await database.AddMessageAsync(["a@example.com"]);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 1);

        Assert.Equal(("sent", "second"), await StateAsync(database, "a@example.com"));
    }

    private Task<TestWorker> StartAsync(DeliveryDatabase database) => TestWorker.StartAsync(
        database.ConnectionString, options => new RouteTable("pair", null,
        [
            new RelayRoute(_first, new RelayBreaker(options, TimeProvider.System), RelayRouting.Any, "pair"),
            new RelayRoute(_second, new RelayBreaker(options, TimeProvider.System), RelayRouting.Any with { Priority = 2 }, "pair"),
        ]), new()
        {
            ["Relay:FirstPause"] = "00:00:00.1", ["Relay:MaxPause"] = "00:00:00.3", ["Delivery:RetryDelays:0"] = "00:00:00.2",
            ["Delivery:RetryDelays:1"] = "00:10:00", // nothing is given up while a slow machine takes its time
        });

    private static Task SentAsync(DeliveryDatabase database, int count) =>
        Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == count);

    private static async Task<(string State, string? Relay)> StateAsync(DeliveryDatabase database, string recipient) =>
        ((await database.RecipientAsync(recipient)).State, await database.RelayOfAsync(recipient));
}
