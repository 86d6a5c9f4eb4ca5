using System.Net;
using System.Net.Sockets;
using Mail.Protocol.Dns;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dns;

/// <summary>The resolver against a real server on loopback: what it asks and how it reads the answers.</summary>
public sealed class DnsResolverTests
{
    private static readonly CancellationToken _ct = CancellationToken.None;
    private static readonly DateTimeOffset _noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Mail_exchangers_come_by_preference()
    {
        await using TestNameServer server = new(q => q.Reply().Mx(q.Name, 20, "b.example.net").Mx(q.Name, 5, "A.Example.net").Mx(q.Name, 10, "c.example.net"));

        DnsAnswer answer = await server.Resolver().MailExchangersAsync("Example.COM.", _ct);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Equal([(5, "a.example.net"), (10, "c.example.net"), (20, "b.example.net")], answer.MailExchangers.Select(mx => (mx.Preference, mx.Exchange)));
        Assert.Equal("example.com", server.Asked.Single().Name);
    }

    [Fact]
    public async Task A_null_mx_says_that_the_domain_takes_no_mail()
    {
        await using TestNameServer server = new(q => q.Reply().Mx(q.Name, 0, "."));

        DnsAnswer answer = await server.Resolver().MailExchangersAsync("example.com", _ct);

        Assert.True(answer.IsNullMx);
        Assert.Empty(answer.MailExchangers);
    }

    [Fact]
    public async Task The_strings_of_a_text_are_joined()
    {
        await using TestNameServer server = new(q => q.Reply().Txt(q.Name, "v=DKIM1; p=", new string('A', 255), "==").Txt(q.Name, "").Txt(q.Name, "žluť"));

        DnsAnswer answer = await server.Resolver().TextsAsync("s._domainkey.example.com", _ct);

        Assert.Equal(["v=DKIM1; p=" + new string('A', 255) + "==", "", "žluť"], answer.Texts);
    }

    [Fact]
    public async Task Addresses_of_both_families_are_read()
    {
        await using TestNameServer server = new(q => q.Type == DnsRecordType.A ? q.Reply().Address(q.Name, "192.0.2.1") : q.Reply().Address(q.Name, "2001:db8::1"));
        DnsResolver resolver = server.Resolver();

        DnsAnswer four = await resolver.AddressesAsync("mx.example.com", AddressFamily.InterNetwork, _ct);
        DnsAnswer six = await resolver.AddressesAsync("mx.example.com", AddressFamily.InterNetworkV6, _ct);

        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], [four.Addresses.Single(), six.Addresses.Single()]);
    }

    [Theory]
    [InlineData("192.0.2.7", "7.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public async Task The_name_of_an_address_stands_at_its_reverse_name(string address, string name)
    {
        await using TestNameServer server = new(q => q.Reply().Pointer(q.Name, "mail.example.com"));

        DnsAnswer answer = await server.Resolver().NamesOfAsync(IPAddress.Parse(address), _ct);

        Assert.Equal((name, "mail.example.com"), (server.Asked.Single().Name, answer.Targets.Single()));
    }

    [Fact]
    public async Task No_such_name_no_such_record_and_no_answer_are_three_things()
    {
        await using TestNameServer server = new(q => q.Name switch
        {
            "gone.example.com" => new ReplyPacket(q.Packet) { Code = 3 }.Authority().Soa("example.com", 600, 60),
            "bare.example.com" => q.Reply().Authority().Soa("example.com", 600, 60),
            _ => new ReplyPacket(q.Packet) { Code = 2 },
        });
        DnsResolver resolver = server.Resolver();

        DnsAnswer gone = await resolver.MailExchangersAsync("gone.example.com", _ct), bare = await resolver.MailExchangersAsync("bare.example.com", _ct), failed = await resolver.MailExchangersAsync("x.example.com", _ct);

        Assert.Equal([DnsOutcome.NoSuchName, DnsOutcome.NoData, DnsOutcome.ServerFailed], [gone.Outcome, bare.Outcome, failed.Outcome]);
        Assert.Equal([true, true, false], [gone.IsDefinite, bare.IsDefinite, failed.IsDefinite]);
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)), (gone.TimeToLive, bare.TimeToLive));
        Assert.Contains("SERVFAIL", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_within_an_answer_are_followed()
    {
        await using TestNameServer server = new(q => q.Reply().Cname("b.example.net", "c.example.org", 20).Txt("c.example.org", "found").Cname(q.Name, "B.example.net", 40));

        DnsAnswer answer = await server.Resolver().TextsAsync("a.example.com", _ct);

        Assert.Equal(("c.example.org", "found", TimeSpan.FromSeconds(20)), (answer.CanonicalName, answer.Texts.Single(), answer.TimeToLive));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task An_alias_without_its_end_is_asked_for_again()
    {
        await using TestNameServer server = new(q => q.Name == "a.example.com" ? q.Reply().Cname(q.Name, "k1.esp.example", 30) : q.Reply().Txt(q.Name, "v=DKIM1; p="));

        DnsAnswer answer = await server.Resolver().TextsAsync("a.example.com", _ct);

        Assert.Equal(("k1.esp.example", "v=DKIM1; p=", TimeSpan.FromSeconds(30)), (answer.CanonicalName, answer.Texts.Single(), answer.TimeToLive));
        Assert.Equal(["a.example.com", "k1.esp.example"], server.Asked.Select(q => q.Name));
    }

    [Fact]
    public async Task An_alias_to_nowhere_is_no_such_name()
    {
        await using TestNameServer server = new(q => new ReplyPacket(q.Packet) { Code = 3 }.Cname(q.Name, "gone.example.net").Authority().Soa("example.net", 60, 60));

        DnsAnswer answer = await server.Resolver().TextsAsync("a.example.com", _ct);

        Assert.Equal((DnsOutcome.NoSuchName, "gone.example.net"), (answer.Outcome, answer.CanonicalName));
    }

    [Fact]
    public async Task Aliases_in_a_circle_end_in_a_failure()
    {
        await using TestNameServer within = new(q => q.Reply().Cname("a.example.com", "b.example.com").Cname("b.example.com", "a.example.com"));
        await using TestNameServer across = new(q => q.Reply().Cname(q.Name, q.Name == "a.example.com" ? "b.example.com" : "a.example.com"));

        Assert.Equal(DnsOutcome.ServerFailed, (await within.Resolver().TextsAsync("a.example.com", _ct)).Outcome);
        Assert.Equal(DnsOutcome.ServerFailed, (await across.Resolver().TextsAsync("a.example.com", _ct)).Outcome);
    }

    [Fact]
    public async Task An_alias_that_is_asked_for_is_not_followed()
    {
        await using TestNameServer server = new(q => q.Reply().Cname(q.Name, "click.esp.example"));

        DnsAnswer answer = await server.Resolver().AliasAsync("link.example.com", _ct);

        Assert.Equal(("link.example.com", "click.esp.example"), (answer.CanonicalName, answer.Targets.Single()));
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_asked_for_over_tcp()
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => $"{i} {new string('x', 200)}")];
        await using TestNameServer server = new(q => q.OverTcp ? texts.Aggregate(q.Reply(), (reply, text) => reply.Txt(q.Name, text)) : new ReplyPacket(q.Packet) { Truncated = true });

        DnsAnswer answer = await server.Resolver().TextsAsync("big.example.com", _ct);

        Assert.Equal(texts, answer.Texts);
        Assert.Equal([false, true], server.Asked.Select(q => q.OverTcp));
    }

    [Fact]
    public async Task A_server_that_does_not_know_edns_is_asked_without_it()
    {
        await using TestNameServer server = new(q => q.HasOpt ? new ReplyPacket(q.Packet) { Code = 1 } : q.Reply().Txt(q.Name, "old"));

        Assert.Equal("old", (await server.Resolver().TextsAsync("example.com", _ct)).Texts.Single());
        Assert.Equal([true, false], server.Asked.Select(q => q.HasOpt));
    }

    [Fact]
    public async Task The_next_server_is_asked_when_one_fails_and_stays_the_first_choice()
    {
        await using TestNameServer silent = new(_ => []);
        await using TestNameServer failing = new(q => new ReplyPacket(q.Packet) { Code = 5 });
        await using TestNameServer good = new(q => q.Reply().Txt(q.Name, "yes"));
        DnsResolver resolver = new(new DnsResolverOptions { Servers = [silent.EndPoint, failing.EndPoint, good.EndPoint], TryTimeout = TimeSpan.FromSeconds(3) }, TimeProvider.System);

        Assert.Equal("yes", (await resolver.TextsAsync("one.example.com", _ct)).Texts.Single());
        Assert.Equal("yes", (await resolver.TextsAsync("two.example.com", _ct)).Texts.Single());
        Assert.Equal((1, 1, 2), (silent.Asked.Count, failing.Asked.Count, good.Asked.Count));
    }

    [Fact]
    public async Task Silence_and_closed_ports_are_unreachable_and_the_detail_names_them()
    {
        await using TestNameServer silent = new(_ => []);
        TestNameServer closed = new(_ => []);
        await closed.DisposeAsync();
        DnsResolver resolver = new(new DnsResolverOptions { Servers = [silent.EndPoint, closed.EndPoint], TryTimeout = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);

        DnsAnswer answer = await resolver.TextsAsync("example.com", _ct);

        Assert.Equal(DnsOutcome.Unreachable, answer.Outcome);
        await Eventually.TrueAsync(() => silent.Asked.Count == 2);
        Assert.Contains($"{silent.EndPoint} did not answer", answer.Detail, StringComparison.Ordinal);
        Assert.Contains($"{closed.EndPoint} cannot be reached", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lame_server_that_sends_us_elsewhere_gives_no_answer()
    {
        await using TestNameServer server = new(q => new ReplyPacket(q.Packet) { RecursionAvailable = false }.Authority().NameServer("com", "a.gtld.example"));

        Assert.Equal(DnsOutcome.ServerFailed, (await server.Resolver().TextsAsync("example.com", _ct)).Outcome);
    }

    [Fact]
    public async Task The_caller_can_end_the_wait()
    {
        await using TestNameServer silent = new(_ => []);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await silent.Resolver().TextsAsync("example.com", stop.Token));
    }

    [Fact]
    public async Task Ids_and_ports_change_with_every_question()
    {
        await using TestNameServer server = new(q => q.Reply());
        DnsResolver resolver = server.Resolver();

        for (int i = 0; i < 20; i++) await resolver.TextsAsync("example.com", _ct);

        Assert.InRange(server.Asked.Select(q => q.Id).Distinct().Count(), 18, 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b.example")]
    [InlineData("a\r\nb.example")]
    [InlineData("a\\999.example")]
    [InlineData("a\\")]
    public async Task What_is_no_name_is_refused(string name) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await new DnsResolver(new DnsResolverOptions(), TimeProvider.System).TextsAsync(name, _ct));

    [Fact]
    public async Task Answers_are_kept_for_their_time_to_live()
    {
        ManualClock clock = new(_noon);
        await using TestNameServer server = new(q => q.Reply().Address(q.Name, "192.0.2.1", ttl: 100));
        DnsResolver resolver = server.Resolver(clock);

        await resolver.AddressesAsync("mx.example.com", AddressFamily.InterNetwork, _ct);
        clock.Advance(TimeSpan.FromSeconds(99));
        DnsAnswer kept = await resolver.AddressesAsync("MX.example.com.", AddressFamily.InterNetwork, _ct);
        Assert.Equal((1, TimeSpan.FromSeconds(1)), (server.Asked.Count, kept.TimeToLive));
        clock.Advance(TimeSpan.FromSeconds(1));
        await resolver.AddressesAsync("mx.example.com", AddressFamily.InterNetwork, _ct);

        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task None_is_kept_briefly_and_failures_are_not_kept()
    {
        ManualClock clock = new(_noon);
        int code = 3;
        await using TestNameServer server = new(q => new ReplyPacket(q.Packet) { Code = (byte)Volatile.Read(ref code) }.Authority().Soa("example.com", 3600, 3600));
        DnsResolver resolver = server.Resolver(clock, options => options with { Tries = 1 });

        await resolver.TextsAsync("example.com", _ct);
        await resolver.TextsAsync("example.com", _ct);
        Assert.Single(server.Asked);
        clock.Advance(TimeSpan.FromSeconds(30));
        Volatile.Write(ref code, 2);
        await resolver.TextsAsync("example.com", _ct);
        await resolver.TextsAsync("example.com", _ct);

        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task The_cache_never_grows_beyond_its_size()
    {
        await using TestNameServer server = new(q => q.Reply().Txt(q.Name, new string('x', 200)));
        DnsResolver resolver = server.Resolver(change: options => options with { CacheSize = 20_000 });

        for (int i = 0; i < 40; i++) await resolver.TextsAsync($"n{i}.example.com", _ct);
        await resolver.TextsAsync("n39.example.com", _ct);
        Assert.Equal(40, server.Asked.Count);
        await resolver.TextsAsync("n0.example.com", _ct);

        Assert.Equal(41, server.Asked.Count);
    }
}
