using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Core.Relays.Limits;

/// <summary>Who may go over a relay now, and what the others are told. Without Redis: the rules are the same.</summary>
public sealed class RelayGateTests
{
    private static readonly RelayReply _slower = new(RelayVerdict.Transient, 421, "4.7.0", "Too many messages, slow down") { Scope = ReplyScope.Domain };
    private static readonly RelayReply _taken = new(RelayVerdict.Accepted, 250, "2.0.0", "taken");

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly SharedLimits _store;
    private readonly Paces _paces;

    public RelayGateTests()
    {
        _store = new SharedLimits(new RedisAccess(_services, TimeSpan.FromSeconds(0.5), NullLogger.Instance), new LocalLimits(_clock));
        _paces = new Paces(_store, _clock);
    }

    [Fact]
    public void A_message_that_nothing_limits_asks_nobody()
    {
        Assert.False(Gate().Concerns("a@example.com"));
        Assert.False(Gate(new DomainLimit("gmail.com", 1)).Concerns("a@example.com"));
        Assert.True(Gate(new DomainLimit("gmail.com", 1)).Concerns("a@GMAIL.com"));
        Assert.True(Gate(new DomainLimit("*", 1)).Concerns("a@example.com"));
        Assert.True(Gate(new DomainLimit("xn--bcher-kva.example", 1)).Concerns("a@bücher.example"));
    }

    [Fact]
    public async Task Of_one_message_only_those_whose_domain_has_room_are_offered()
    {
        RelayGate gate = Gate(new DomainLimit("slow.example", 0.1), new DomainLimit("busy.example", null, 1));
        Admission first = await AskAsync(gate, "a@slow.example", "a@busy.example");

        Admission second = await AskAsync(gate, "b@slow.example", "b@free.example", "b@busy.example");

        Assert.Equal((2, 1), (first.Admitted, second.Admitted));
        Assert.Null(second.Holds[1]);
        Assert.Equal(("limit/key/slow.example", "Waiting for its turn: the relay 'r' sends one message in 10 seconds to slow.example."), (second.Holds[0]!.WaitsAs, second.Holds[0]!.Reason));
        Assert.Equal(("limit/key/busy.example", "Waiting for its turn: the relay 'r' sends one message at a time to busy.example."), (second.Holds[2]!.WaitsAs, second.Holds[2]!.Reason));

        first.Settle(2);
        Assert.Null((await AskAsync(gate, "c@busy.example")).Holds[0]);
    }

    [Fact]
    public async Task A_full_relay_holds_all_and_a_critical_message_may_use_the_rest()
    {
        RelayGate gate = new(new RelayLimits("key", null, default, "r") { RatePerSecond = 10 }, _store, _paces, null, _clock);
        for (int i = 0; (await AskAsync(gate, "a@example.com")).Admitted == 1; i++) Assert.True(i < 10);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Admission critical = await gate.AdmitAsync(Lane.Critical, [new Candidate("a@example.com", true)]);

        Assert.Equal(1, critical.Admitted);
        Assert.Equal("Waiting for its turn: the relay 'r' sends 10 messages a second.", (await AskAsync(gate, "b@example.com")).Holds[0]!.Reason);
    }

    [Fact]
    public async Task A_message_to_very_many_is_not_offered_to_more_than_ten_seconds_allow()
    {
        RelayGate gate = Gate(new DomainLimit("example.com", 2));

        Admission many = await AskAsync(gate, [.. Enumerable.Range(0, 50).Select(i => $"r{i}@example.com")]);

        Assert.Equal(20, many.Admitted);
    }

    [Fact]
    public async Task Where_others_wait_who_comes_fresh_goes_to_the_end_of_the_line_and_who_was_called_does_not()
    {
        RelayGate gate = Gate(new DomainLimit("example.com", 100));
        gate.HasBacklog("limit/key/example.com");

        Assert.Equal(0, (await gate.AdmitAsync(Lane.Bulk, [new Candidate("a@example.com", IsFresh: true)])).Admitted);
        Assert.Equal(1, (await gate.AdmitAsync(Lane.Bulk, [new Candidate("a@example.com", IsFresh: false)])).Admitted);
        Assert.Equal(1, (await gate.AdmitAsync(Lane.Critical, [new Candidate("a@example.com", IsFresh: true)])).Admitted);

        gate.HasNoBacklog("limit/key/example.com");
        Assert.Equal(1, (await gate.AdmitAsync(Lane.Bulk, [new Candidate("a@example.com", IsFresh: true)])).Admitted);
    }

    [Fact]
    public async Task A_domain_that_asks_for_less_gets_less_until_its_answers_are_good_for_a_while()
    {
        RelayGate gate = Gate();
        gate.Answered(_slower, "a@big.example");

        Assert.True(gate.Concerns("b@BIG.example"));
        Assert.False(gate.Concerns("b@other.example"));
        for (int i = 0; (await AskAsync(gate, "b@big.example")).Admitted == 1; i++) Assert.True(i < 6);
        RelayHold held = (await AskAsync(gate, "b@big.example")).Holds[0]!;
        for (int second = 0; gate.Concerns("b@big.example"); second++)
        {
            Assert.True(second < 300);
            _clock.Advance(TimeSpan.FromSeconds(1));
            gate.Answered(_taken, "b@big.example");
        }

        Assert.Equal("Waiting for its turn: the relay 'r' was asked to send more slowly to big.example, and sends 10 messages a second for now.", held.Reason);
    }

    [Fact]
    public void A_greylist_or_a_full_mailbox_slows_nothing_and_a_provider_that_counts_requests_is_slowed_as_a_whole()
    {
        RelayGate gate = Gate();
        gate.Answered(new RelayReply(RelayVerdict.Transient, 451, "4.7.1", "Greylisted, come back later") { Scope = ReplyScope.Recipient }, "a@grey.example");
        gate.Answered(new RelayReply(RelayVerdict.Transient, 452, "4.2.2", "Mailbox full") { Scope = ReplyScope.Recipient }, "a@full.example");
        gate.Answered(new RelayReply(RelayVerdict.Transient, 421, "4.3.2", "Shutting down") { Scope = ReplyScope.Relay }, "a@full.example");
        Assert.False(gate.Concerns("a@grey.example") || gate.Concerns("a@full.example"));

        gate.Answered(new RelayReply(RelayVerdict.Transient, 429, null, "Too many requests") { Scope = ReplyScope.Relay }, "a@x.example");
        Assert.True(gate.Concerns("a@y.example"));
    }

    [Fact]
    public async Task A_quota_that_cannot_be_looked_up_holds_and_fails_nothing()
    {
        await using Npgsql.NpgsqlDataSource nowhere = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Timeout=1");
        RelayLimits limits = new("key", new ProjectId(Guid.NewGuid()), default, "r") { DayQuota = 5 };
        RelayGate gate = new(limits, _store, _paces, new RelayQuota(limits, new RelayUsage(nowhere), new AlertOutbox(), _clock), _clock);

        Admission admission = await AskAsync(gate, "a@example.com");

        Assert.Equal((0, _clock.GetUtcNow().AddSeconds(5)), (admission.Admitted, admission.Holds[0]!.Until));
    }

    private RelayGate Gate(params DomainLimit[] limits) => new(new RelayLimits("key", null, default, "r")
    {
        Domains = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(limits.Where(limit => limit.Domain != "*"), limit => limit.Domain, StringComparer.OrdinalIgnoreCase),
        AnyDomain = Array.Find(limits, limit => limit.Domain == "*"),
    }, _store, _paces, null, _clock);

    private static async Task<Admission> AskAsync(RelayGate gate, params string[] recipients) =>
        await gate.AdmitAsync(Lane.Normal, [.. recipients.Select(recipient => new Candidate(recipient, IsFresh: true))]);
}
