using System.Net;
using System.Net.Sockets;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>What is known of a message when the line fails, and what a provider that misbehaves can do to us: nothing.</summary>
public sealed class HttpRelayTransportTests
{
    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_connection_lost_after_the_request_was_sent_leaves_the_outcome_open_unless_a_repetition_is_recognised(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        bench.Fake.Script = request => IsLogin(request) ? null : FakeAnswer.Drop;

        RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple("zoe@example.net")));

        Assert.Equal((kind == "resend" ? RelayVerdict.Transient : RelayVerdict.Unknown, null, ReplyScope.Relay), (reply.Verdict, reply.Code, reply.Scope));
        Assert.Contains("was sent", reply.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("ses", RelayVerdict.Unknown), InlineData("resend", RelayVerdict.Transient)]
    public async Task So_does_an_answer_that_does_not_come_in_time(string kind, RelayVerdict verdict)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind, environment: RelayBench.Environment() with { AnswerTimeout = TimeSpan.FromSeconds(2) });
        bench.Fake.Script = _ => FakeAnswer.Hang;

        RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple("zoe@example.net")));

        Assert.Equal(verdict, reply.Verdict);
        Assert.Contains("no answer came within 2 seconds", reply.Text, StringComparison.Ordinal);
    }

    /// <summary>Deliveries that were sent together may be tried apart, and then the provider would not recognise them.</summary>
    [Fact]
    public async Task For_several_recipients_a_lost_answer_is_open_even_when_repetitions_are_recognised()
    {
        await using RelayBench bench = await RelayBench.StartAsync("resend");
        bench.Fake.Script = _ => FakeAnswer.Drop;

        Assert.All(await bench.SendAsync(RelayBench.Simple("a@example.net", "b@example.net")), reply => Assert.Equal(RelayVerdict.Unknown, reply.Verdict));
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_provider_that_cannot_be_reached_is_the_relays_fault(string kind)
    {
        RelayBench bench = await RelayBench.StartAsync(kind);
        await bench.Fake.DisposeAsync();
        bool asked = false;

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Message(RelayBench.Sample(["zoe@example.net"]), ["zoe@example.net"], _ => ValueTask.FromResult(asked = true)), CancellationToken.None);

        Assert.Equal(RelayOutcomeKind.Unavailable, outcome.Kind);
        Assert.False(outcome.Fault!.IsPermanent);
        Assert.Contains("cannot be reached", outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.False(asked);
        Assert.Equal(outcome.Fault.Reason, (await bench.Relay.ProbeAsync(CancellationToken.None))!.Reason);
        await bench.Relay.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_lost_while_the_request_is_being_sent_is_not_open()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using Socket socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[1000]);
            socket.Close(0); // a reset, with megabytes still to come
        });
        await using HttpRelay relay = RelayBench.Make("mailgun", new MailgunFake().Settings(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")));
        byte[] large = new byte[20_000_000];
        "From: a@example.com\r\nTo: b@example.net\r\n\r\n"u8.CopyTo(large);

        RelayOutcome outcome = await relay.SendAsync(RelayBench.Message(large, ["b@example.net"]), CancellationToken.None);

        Assert.Equal((RelayOutcomeKind.Unavailable, false), (outcome.Kind, outcome.Fault!.IsPermanent));
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_message_that_may_not_start_is_taken_back_before_a_byte_of_it_leaves(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        int asked = 0;
        RelayMessage message = RelayBench.Message(RelayBench.Sample(["zoe@example.net"]), ["zoe@example.net"], _ => ValueTask.FromResult(++asked == 0));

        RelayOutcome outcome = await bench.Relay.SendAsync(message, CancellationToken.None);

        Assert.Equal((RelayOutcomeKind.Withdrawn, 1), (outcome.Kind, asked));
        Assert.All(bench.Fake.Requests, request => Assert.True(IsLogin(request)));
    }

    [Fact]
    public async Task Cancelled_before_the_request_it_is_taken_back_and_after_it_the_outcome_is_open()
    {
        await using RelayBench bench = await RelayBench.StartAsync("ses");
        using CancellationTokenSource early = new(), late = new();
        Task<RelayOutcome> withdrawn = bench.Relay.SendAsync(RelayBench.Message(RelayBench.Sample(["a@example.net"]), ["a@example.net"], async ct =>
        {
            await early.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
            return true;
        }), early.Token);
        Assert.Equal(RelayOutcomeKind.Withdrawn, (await withdrawn).Kind);

        bench.Fake.Script = _ =>
        {
            late.Cancel();
            return FakeAnswer.Hang;
        };
        RelayOutcome open = await bench.Relay.SendAsync(RelayBench.Simple("b@example.net"), late.Token);
        Assert.Equal(RelayVerdict.Unknown, Assert.Single(open.Replies).Verdict);
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_redirect_is_not_followed(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        bench.Fake.Script = request => IsLogin(request) ? null : new FakeAnswer(307).With("Location", "https://evil.example/take?key=1");

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);

        Assert.True(outcome.Fault!.IsPermanent);
        Assert.Contains("evil.example", outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("key=1", outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.Contains("redirect", (await bench.Relay.ProbeAsync(CancellationToken.None))!.Reason, StringComparison.Ordinal);
    }

    /// <summary>A proxy, a captive portal or another API said 200: nobody knows what became of the message.</summary>
    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_success_that_is_not_the_providers_is_none(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        foreach (FakeAnswer answer in new[] { new FakeAnswer(200, "<html>Welcome</html>", "text/html"), new FakeAnswer(200, "{\"id\":"), new FakeAnswer(200, "[]"), new FakeAnswer(200) })
        {
            bench.Fake.Script = request => IsLogin(request) ? null : answer;

            RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple("zoe@example.net")));

            Assert.Equal(RelayVerdict.Unknown, reply.Verdict);
            Assert.Contains("API address", reply.Text, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task An_answer_without_end_is_cut_and_one_of_nonsense_is_told_in_short(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind, environment: RelayBench.Environment() with { AnswerTimeout = TimeSpan.FromMinutes(5) });
        string nested = new string('[', 50_000) + new string(']', 50_000);
        foreach (FakeAnswer answer in new[] { new FakeAnswer(500, "", "text/plain", FakeEnd.Endless), new FakeAnswer(500, nested), new FakeAnswer(500, "\0\u0001\ud83d oops \r\n\r\nX-Fake: 1\n" + new string('é', 30_000), "text/plain") })
        {
            bench.Fake.Script = request => IsLogin(request) ? null : answer;

            RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Simple("zoe@example.net")));

            Assert.Equal((RelayVerdict.Transient, 500), (reply.Verdict, reply.Code ?? 0));
            Assert.InRange(reply.Text.Length, 1, 510);
            Assert.DoesNotContain(reply.Text, char.IsControl);
        }
    }

    [Fact]
    public async Task A_gateway_that_lost_patience_leaves_the_outcome_open()
    {
        await using RelayBench bench = await RelayBench.StartAsync("mailgun");
        bench.Fake.Script = _ => new FakeAnswer(504, "<h1>504 Gateway Time-out</h1>", "text/html");

        Assert.Equal(RelayVerdict.Unknown, Assert.Single(await bench.SendAsync(RelayBench.Simple("zoe@example.net"))).Verdict);
    }

    [Fact]
    public async Task Outside_of_development_no_private_address_is_asked()
    {
        await using ProviderFake fake = await ProviderFake.StartAsync(new ResendFake());
        HttpRelayEnvironment production = new(new RelayOptions(), TimeProvider.System);
        Dictionary<string, string?> settings = fake.Provider.Settings(fake.Url);

        Assert.Contains("`settings.base_url` must be an https URL", HttpRelayFactory.Create(RelayKind.Resend, "r", RelayBench.Given(settings), production).Failure!.Detail, StringComparison.Ordinal);

        settings["base_url"] = "https://localhost:" + fake.Url.Port;
        await using HttpRelay relay = HttpRelayFactory.Create(RelayKind.Resend, "r", RelayBench.Given(settings), production).Value;
        RelayOutcome outcome = await relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);
        Assert.Contains("no public address", outcome.Fault!.Reason, StringComparison.Ordinal);
        Assert.Empty(fake.Requests);
    }

    [Fact]
    public async Task There_are_never_more_requests_than_allowed_and_some_room_is_kept_for_critical_messages()
    {
        using SemaphoreSlim gate = new(0);
        await using RelayBench bench = await RelayBench.StartAsync("graph", environment: RelayBench.Environment(options: new RelayOptions { MaxConnections = 50, ConnectionsForCritical = 2 }));
        int waiting = 0;
        async ValueTask<bool> Wait(CancellationToken ct)
        {
            Interlocked.Increment(ref waiting);
            await gate.WaitAsync(ct);
            return true;
        }

        Task<RelayOutcome>[] bulk = [.. Enumerable.Range(0, 10).Select(i => bench.Relay.SendAsync(RelayBench.Message(RelayBench.Sample([$"b{i}@example.net"]), [$"b{i}@example.net"], Wait, Lane.Bulk), CancellationToken.None))];
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == 2); // Microsoft bears four at the same time

        RelayOutcome critical = await bench.Relay.SendAsync(RelayBench.Message(RelayBench.Sample(["code@example.net"]), ["code@example.net"], lane: Lane.Critical), CancellationToken.None);

        Assert.Equal(RelayVerdict.Accepted, critical.Replies[0].Verdict);
        Assert.Equal(2, Volatile.Read(ref waiting));
        gate.Release(10);
        await Task.WhenAll(bulk);
        Assert.Equal(11, bench.Fake.Mails.Count);
    }

    private static bool IsLogin(FakeRequest request) => request.Path.Contains("token", StringComparison.Ordinal);
}
