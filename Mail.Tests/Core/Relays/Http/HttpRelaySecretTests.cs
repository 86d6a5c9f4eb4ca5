using System.Diagnostics.Tracing;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>Keys and tokens stand in no text that is stored, shown or logged, even when a provider repeats them.</summary>
public sealed class HttpRelaySecretTests
{
    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_provider_that_repeats_our_secrets_does_not_make_us_repeat_them(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        await bench.SendAsync(RelayBench.Simple("zoe@example.net")); // a token is there now
        string all = string.Join(" | ", [.. bench.Fake.Provider.Secrets, .. bench.Fake.Requests.SelectMany(request => request.Headers.Where(header => header.Key is "AUTHORIZATION" or "X-POSTMARK-SERVER-TOKEN").Select(header => header.Value))]);
        List<string> texts = [];
        foreach (int status in new[] { 200, 400, 401, 403, 404, 422, 429, 500 })
        {
            // As text, and where each of them puts its words.
            foreach (string body in new[] { all, Everywhere(all) })
            {
                bench.Fake.Script = request => request.Path.Contains("token", StringComparison.Ordinal) ? null : new FakeAnswer(status, body).With("x-amzn-ErrorType", all);
                RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);
                texts.AddRange(outcome.Replies.SelectMany(reply => new[] { reply.Text, reply.ProviderCode, reply.ProviderMessageId, reply.Transcript }).OfType<string>());
                if (outcome.Fault is not null) texts.AddRange(new[] { outcome.Fault.Reason, outcome.Fault.Transcript }.OfType<string>());
                if (await bench.Relay.ProbeAsync(CancellationToken.None) is { } fault) texts.Add(fault.Reason);
            }
        }

        Assert.True(texts.Count >= 16, $"{texts.Count} texts");
        Assert.Contains(texts, text => text.Contains("***", StringComparison.Ordinal));
        foreach (string secret in bench.Fake.Provider.Secrets)
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
    }

    [Theory, InlineData("graph"), InlineData("gmail"), InlineData("gmail by service account")]
    public async Task Neither_does_a_login(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        string all = string.Join(' ', bench.Fake.Provider.Secrets);
        Assert.True(all.Length > 20);
        foreach (FakeAnswer answer in new[] { TokenFake.Error(400, "invalid_grant", all), new FakeAnswer(500, all, "text/plain") })
        {
            bench.Fake.Script = _ => answer;

            string reason = (await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None)).Fault!.Reason;

            foreach (string secret in bench.Fake.Provider.Secrets) Assert.DoesNotContain(secret, reason, StringComparison.Ordinal);
        }
    }

    /// <summary>What the runtime tells about HTTP requests to whoever listens: telemetry among others.</summary>
    [Fact]
    public async Task No_url_holds_a_secret()
    {
        foreach (string kind in RelayBench.AllKinds.Select(row => row.Data))
        {
            await using RelayBench bench = await RelayBench.StartAsync(kind);
            await bench.SendAsync(RelayBench.Simple("zoe@example.net"));
            foreach (string secret in bench.Fake.Provider.Secrets)
                Assert.DoesNotContain(bench.Fake.Requests, request => Uri.UnescapeDataString(request.Path).Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_mask_hides_every_form_and_leaves_no_half_of_a_secret_at_the_cut()
    {
        SecretMask mask = new(["p+ss/w=rd", "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nAAAABBBBCCCCDDDD\n-----END KEY-----", "short"]);
        mask.Add("token-one");

        Assert.Equal("*** *** *** of token-", mask.Clean("p+ss/w=rd p%2Bss%2Fw%3Drd token-one of token-"));
        Assert.Equal("a *** b *** short", mask.Clean("a MIIEvQIBADANBgkqhkiG b\r\n\tAAAABBBBCCCCDDDD short\n"));
        string cut = mask.Clean(new string('x', 495) + "p+ss/w=rd");
        Assert.DoesNotContain("p+s", cut, StringComparison.Ordinal);
        for (int i = 2; i < 262; i++) mask.Add($"token-{i:000}");
        Assert.Equal("token-one ***", mask.Clean("token-one token-261")); // long ended
    }

    [Fact]
    public void A_secret_shows_in_no_text_of_what_holds_it() =>
        Assert.DoesNotContain("top-secret", $"{new Secret("top-secret")} {new GoogleServiceAccount("a@b", null, new Secret("top-secret"))}", StringComparison.Ordinal);

    /// <summary>The runtime's own event sources for HTTP, at every level.</summary>
    [Fact]
    public async Task The_runtimes_events_hold_no_secret()
    {
        foreach (string kind in RelayBench.AllKinds.Select(row => row.Data))
        {
            using HttpEvents events = new();
            await using RelayBench bench = await RelayBench.StartAsync(kind);
            await bench.SendAsync(RelayBench.Simple("zoe@example.net"));

            Assert.NotEmpty(events.Lines);
            foreach (string secret in bench.Fake.Provider.Secrets)
                Assert.DoesNotContain(events.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static string Everywhere(string text) => System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["message"] = text, ["Message"] = text, ["name"] = text, ["ErrorCode"] = text, ["id"] = text, ["MessageId"] = text, ["MessageID"] = text, ["error"] = new Dictionary<string, string> { ["message"] = text, ["code"] = text, ["status"] = text },
        ["errors"] = new Dictionary<string, string>[] { new() { ["message"] = text, ["field"] = text } },
    });

    private sealed class HttpEvents : EventListener
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public IReadOnlyList<string> Lines => [.. _lines];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution") EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => _lines?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new System.Collections.ObjectModel.ReadOnlyCollection<object?>([]))}");
    }
}
