using Mail.Core.Relays;
using Mail.Tests.Core.Relays.Fakes;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>Tokens that end, logins that are refused, probes.</summary>
public sealed class HttpRelayLoginTests
{
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);

    public static TheoryData<string> TokenKinds { get; } = ["graph", "gmail", "gmail by service account"];

    [Theory, MemberData(nameof(TokenKinds))]
    public async Task A_token_is_kept_until_shortly_before_it_ends(string kind)
    {
        await using RelayBench bench = await StartAsync(kind);
        foreach ((int minutes, int given) in new[] { (0, 1), (54, 1), (2, 2), (50, 2) })
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            await bench.SendAsync(RelayBench.Simple("zoe@example.net"));
            Assert.Equal(given, Tokens(bench).Given);
        }
    }

    [Theory, MemberData(nameof(TokenKinds))]
    public async Task Many_messages_at_once_need_one_token(string kind)
    {
        await using RelayBench bench = await StartAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => bench.SendAsync(RelayBench.Simple($"r{i}@example.net"))));

        Assert.Equal((12, 1), (bench.Fake.Mails.Count, Tokens(bench).Given));
    }

    [Theory, MemberData(nameof(TokenKinds))]
    public async Task A_token_that_is_taken_back_is_replaced_and_the_message_goes(string kind)
    {
        await using RelayBench bench = await StartAsync(kind);
        await bench.SendAsync(RelayBench.Simple("one@example.net"));
        Tokens(bench).Revoke();

        Assert.Equal(RelayVerdict.Accepted, (await bench.SendAsync(RelayBench.Simple("two@example.net")))[0].Verdict);

        Assert.Equal((2, 2), (bench.Fake.Mails.Count, Tokens(bench).Given));
    }

    [Theory, MemberData(nameof(TokenKinds))]
    public async Task A_login_that_fails_for_a_moment_does_no_harm_while_the_old_token_holds(string kind)
    {
        await using RelayBench bench = await StartAsync(kind);
        await bench.SendAsync(RelayBench.Simple("one@example.net"));
        bench.Fake.Script = request => request.Path.Contains("token", StringComparison.Ordinal) ? new FakeAnswer(503, "busy", "text/plain") : null;

        _clock.Advance(TimeSpan.FromMinutes(57));
        await bench.SendAsync(RelayBench.Simple("two@example.net"));
        _clock.Advance(TimeSpan.FromMinutes(4));
        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple("three@example.net"), CancellationToken.None);

        Assert.Equal((RelayOutcomeKind.Unavailable, false), (outcome.Kind, outcome.Fault!.IsPermanent));
        Assert.Contains("busy", outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.Equal(2, bench.Fake.Mails.Count);
    }

    [Theory]
    [InlineData("graph", "client_secret", "another~secret", "AADSTS7000215")]
    [InlineData("gmail", "refresh_token", "1//another", "expired or revoked")]
    [InlineData("gmail by service account", "mailbox", "other@example.com", "unauthorized")]
    public async Task A_login_that_is_refused_is_the_relays_fault_and_a_persons_to_mend(string kind, string field, string value, string words)
    {
        await using RelayBench bench = await StartAsync(kind, settings => settings[field] = value);

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);

        Assert.True(outcome.Fault!.IsPermanent);
        Assert.Contains(words, outcome.Fault.Reason, StringComparison.Ordinal);
        if (field != "mailbox") Assert.DoesNotContain(value, outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.True((await bench.Relay.ProbeAsync(CancellationToken.None))!.IsPermanent);
    }

    [Theory, InlineData("<html>hello</html>"), InlineData("{\"access_token\":\"\"}"), InlineData("{\"access_token\":\"a\\r\\nX-Evil: 1\",\"expires_in\":3600}"), InlineData("{\"access_token\":\"abcdef\",\"expires_in\":\"never\"}"), InlineData("[1]")]
    public async Task What_is_no_token_is_not_taken_for_one(string body)
    {
        await using RelayBench bench = await StartAsync("graph");
        bench.Fake.Script = _ => new FakeAnswer(200, body);

        RelayOutcome outcome = await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);

        Assert.True(outcome.Fault!.IsPermanent);
        Assert.Single(bench.Fake.Requests);
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_probe_finds_a_good_relay_good_without_sending_anything(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        Assert.Null(await bench.Relay.ProbeAsync(CancellationToken.None));

        Assert.Empty(bench.Fake.Mails);
        Assert.NotEmpty(bench.Fake.Requests);
    }

    [Theory]
    [InlineData("sendgrid", "api_key")]
    [InlineData("ses", "secret_access_key")]
    [InlineData("mailgun", "api_key")]
    [InlineData("mailgun", "domain")]
    [InlineData("postmark", "server_token")]
    [InlineData("resend", "api_key")]
    public async Task A_probe_finds_a_wrong_key(string kind, string field)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind, settings => settings[field] = "another.value-1");

        RelayFault? fault = await bench.Relay.ProbeAsync(CancellationToken.None);

        Assert.True(fault!.IsPermanent);
        Assert.Equal(fault.IsPermanent, (await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None)).Fault!.IsPermanent);
    }

    [Theory]
    [InlineData("sendgrid", 200, "{\"scopes\":[\"alerts.read\"]}", true)]
    [InlineData("ses", 200, "{\"SendingEnabled\":false}", true)]
    [InlineData("postmark", 200, "<html>", true)]
    [InlineData("resend", 500, "oops", false)]
    [InlineData("graph", 503, "oops", false)]
    [InlineData("mailgun", 200, "{}", true)]
    [InlineData("gmail", 200, "<html>", true)]
    public async Task A_probe_tells_what_a_relay_lacks(string kind, int status, string body, bool isPermanent)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        bench.Fake.Script = request => request.Path.Contains("token", StringComparison.Ordinal) ? null : new FakeAnswer(status, body);

        Assert.Equal(isPermanent, (await bench.Relay.ProbeAsync(CancellationToken.None))!.IsPermanent);
    }

    [Theory]
    [InlineData("ses", 403, "AccessDeniedException")]
    [InlineData("resend", 429, "rate_limit_exceeded")]
    public async Task A_probe_that_is_not_allowed_to_look_has_seen_enough(string kind, int status, string code)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        bench.Fake.Script = _ => kind == "ses" ? SesFake.Error(status, code, "User: arn:aws:iam::1:user/m is not authorized to perform: ses:GetAccount") : ResendFake.Error(status, code, "Too many requests");

        Assert.Null(await bench.Relay.ProbeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_probe_says_so()
    {
        await using RelayBench bench = await RelayBench.StartAsync("graph");
        using CancellationTokenSource cancel = new();
        bench.Fake.Script = _ =>
        {
            cancel.Cancel();
            return FakeAnswer.Hang;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Relay.ProbeAsync(cancel.Token));
    }

    [Fact]
    public async Task Temporary_credentials_of_aws_are_signed_with_their_session()
    {
        await using RelayBench bench = await RelayBench.StartAsync(new SesFake { SessionToken = "fake-session-token-of-this-test" });

        Assert.Equal(RelayVerdict.Accepted, (await bench.SendAsync(RelayBench.Simple("zoe@example.net")))[0].Verdict);
    }

    private async Task<RelayBench> StartAsync(string kind, Action<Dictionary<string, string?>>? change = null)
    {
        IProvider provider = RelayBench.Provider(kind);
        if (provider is GmailFake gmail) gmail.Clock = _clock;
        return await RelayBench.StartAsync(provider, change, RelayBench.Environment(_clock));
    }

    private static TokenFake Tokens(RelayBench bench) => bench.Fake.Provider is GraphFake graph ? graph.Tokens : ((GmailFake)bench.Fake.Provider).Tokens;
}
