using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Domains.Dns;
using Mail.Protocol.Dkim;
using Mail.Protocol.Dns;
using Mail.Tests.Protocol.Dns;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Tests.Core.Domains;

/// <summary>The check of records against a name server on loopback: what stands there, and what the answer calls it.</summary>
public sealed class DomainCheckTests
{
    private const string Domain = "shop.example";

    private static readonly CancellationToken _ct = CancellationToken.None;
    private static readonly SenderDomain _domain = new(new ProjectId(Guid.NewGuid()), new DomainId(Guid.NewGuid()), Domain, Domain, DateTimeOffset.UnixEpoch);
    private static readonly DomainKey _key = new DomainSecrets(new EphemeralDataProtectionProvider()).Create(_domain.ProjectId, _domain.Id, DomainKeyState.Active, DateTimeOffset.UnixEpoch);
    private static readonly DomainKey _other = new DomainSecrets(new EphemeralDataProtectionProvider()).Create(_domain.ProjectId, _domain.Id, DomainKeyState.Active, DateTimeOffset.UnixEpoch);

    private static string DkimName => $"{_key.Selector}._domainkey.{Domain}";

    private static string[] Strings => [.. _key.Record.Chunk(255).Select(part => new string(part))];

    [Fact]
    public async Task A_key_split_over_strings_is_found_also_behind_a_CNAME()
    {
        RecordState direct = await DkimAsync(q => q.Name == DkimName ? q.Reply().Txt(q.Name, Strings) : NoSuchName(q));
        RecordState alias = await DkimAsync(q => q.Name == DkimName ? q.Reply().Cname(q.Name, "k.dns.example").Txt("k.dns.example", Strings) : NoSuchName(q));
        RecordState many = await DkimAsync(q => q.Name == DkimName ? q.Reply().Txt(q.Name, [.. _key.Record.Chunk(40).Select(part => new string(part))]) : NoSuchName(q));

        Assert.Equal([RecordStatus.Verified, RecordStatus.Verified, RecordStatus.Verified], [direct.Status, alias.Status, many.Status]);
        Assert.Equal([_key.Record], direct.Found);
    }

    [Fact]
    public async Task A_key_is_missing_wrong_several_broken_cut_or_misplaced()
    {
        string revoked = "v=DKIM1; k=rsa; p=", spaced = _key.Record.Replace("p=", "p= ", StringComparison.Ordinal);

        Assert.Equal(RecordStatus.Missing, (await DkimAsync(NoSuchName)).Status);
        Assert.Equal(RecordStatus.Missing, (await DkimAsync(q => q.Reply())).Status);
        Assert.Equal((RecordStatus.Wrong, "It is another key."), Told(await DkimAsync(q => q.Reply().Txt(q.Name, _other.Record[..255], _other.Record[255..]))));
        Assert.Equal((RecordStatus.Wrong, "The key is revoked (p= is empty)."), Told(await DkimAsync(q => q.Reply().Txt(q.Name, revoked))));
        Assert.Equal((RecordStatus.Wrong, null), Told(await DkimAsync(q => q.Reply().Txt(q.Name, "hello"))));
        Assert.Equal((RecordStatus.Several, "2"), Told(await DkimAsync(q => q.Reply().Txt(q.Name, Strings).Txt(q.Name, _other.Record[..255], _other.Record[255..]))));
        Assert.Equal((RecordStatus.Cut, "255"), Told(await DkimAsync(q => q.Reply().Txt(q.Name, Strings[0]))));
        Assert.Equal((RecordStatus.Broken, "\""), Told(await DkimAsync(q => q.Reply().Txt(q.Name, "\"" + Strings[0][..200], Strings[0][200..], Strings[1] + "\""))));
        Assert.Equal(RecordStatus.Broken, (await DkimAsync(q => q.Reply().Txt(q.Name, "v=DKIM1; k=rsa; p=%%%"))).Status);
        Assert.Equal(RecordStatus.Verified, (await DkimAsync(q => q.Reply().Txt(q.Name, spaced[..200], spaced[200..]))).Status);
        Assert.Equal((RecordStatus.Misplaced, $"{DkimName}.{Domain}"), Told(await DkimAsync(q => q.Name == $"{DkimName}.{Domain}" ? q.Reply().Txt(q.Name, Strings) : NoSuchName(q))));
    }

    [Fact]
    public async Task Failing_and_silent_servers_say_nothing_about_the_records()
    {
        RecordState[] failing = await CheckAsync(q => new ReplyPacket(q.Packet) { Code = 2 });
        await using TestNameServer silent = new(_ => (IEnumerable<byte[]>)[]);
        RecordState[] timedOut = await new DomainCheck(new DomainDns(silent.Resolver(change: options => options with { TryTimeout = TimeSpan.FromMilliseconds(50) }))).RunAsync(Domain, Records("include:spf.relay.example"), _ct);

        Assert.All(failing.Concat(timedOut), state => Assert.Equal(RecordStatus.Unreachable, state.Status));
    }

    [Theory]
    [InlineData("v=spf1 include:spf.relay.example ~all", RecordStatus.Verified, null)]
    [InlineData("v=spf1 a mx include:other.example -all", RecordStatus.Verified, null)] // which includes ours
    [InlineData("v=spf1 redirect=other.example", RecordStatus.Verified, null)]
    [InlineData("V=SPF1 INCLUDE:SPF.RELAY.EXAMPLE ?all", RecordStatus.Verified, null)]
    [InlineData("v=spf1 mx -all", RecordStatus.Wrong, "include:spf.relay.example")]
    [InlineData("v=spf1 -include:spf.relay.example ~all", RecordStatus.Wrong, "include:spf.relay.example")]
    [InlineData("v=spf1 include:spf.relay.example +all", RecordStatus.Wrong, "+all")]
    [InlineData("v=spf1 include:spf.relay.example include:nothing.example ~all", RecordStatus.Broken, "include:nothing.example")]
    [InlineData("\"v=spf1 include:spf.relay.example ~all\"", RecordStatus.Broken, "\"")]
    [InlineData("v=spf1 include:loop.example include:spf.relay.example ~all", RecordStatus.Verified, null)]
    [InlineData("v=spf1 a:1.a a:2.a a:3.a a:4.a a:5.a a:6.a a:7.a a:8.a a:9.a a:10.a include:spf.relay.example ~all", RecordStatus.TooManyLookups, "11")]
    [InlineData("v=spf1 include:many.example include:spf.relay.example ~all", RecordStatus.TooManyLookups, "11")]
    [InlineData("v=spf10 something", RecordStatus.Missing, null)]
    public async Task Spf_names_our_relay_once_and_is_cheap_enough_for_receivers(string text, RecordStatus status, string? detail)
    {
        RecordState spf = await SpfAsync(q => q.Reply().Txt(q.Name, text));

        Assert.Equal((status, detail), Told(spf));
    }

    [Fact]
    public async Task Spf_says_what_to_write_in_place_of_what_is_there()
    {
        RecordState wrong = await SpfAsync(q => q.Reply().Txt(q.Name, "v=spf1 mx -all").Txt(q.Name, "google-site-verification=1"));
        RecordState several = await SpfAsync(q => q.Reply().Txt(q.Name, "v=spf1 mx -all").Txt(q.Name, "v=spf1 include:spf.relay.example ~all"));

        Assert.Equal("v=spf1 mx include:spf.relay.example -all", wrong.Suggestion);
        Assert.Equal(["v=spf1 mx -all"], wrong.Found);
        Assert.Equal((RecordStatus.Several, "2"), Told(several));
    }

    [Theory]
    [InlineData("_dmarc.news.shop.example", "v=DMARC1; p=reject; rua=mailto:d@shop.example", RecordStatus.Verified, "p=reject")]
    [InlineData("_dmarc.shop.example", "v=DMARC1; p=reject; sp=none", RecordStatus.Verified, "p=none (_dmarc.shop.example)")]
    [InlineData("_dmarc.shop.example", "v=DMARC1; p=quarantine", RecordStatus.Verified, "p=quarantine (_dmarc.shop.example)")]
    [InlineData("_dmarc.news.shop.example", "v=DMARC1; rua=mailto:d@shop.example", RecordStatus.Broken, "p=")]
    [InlineData("_dmarc.news.shop.example", "\"v=DMARC1; p=none\"", RecordStatus.Broken, "\"")]
    [InlineData("_dmarc.elsewhere.example", "v=DMARC1; p=none", RecordStatus.Missing, null)]
    public async Task Dmarc_of_the_domain_or_of_one_above_it(string at, string text, RecordStatus status, string? detail)
    {
        await using TestNameServer server = new(q => q.Name == at ? q.Reply().Txt(q.Name, text) : NoSuchName(q));
        DomainRecord record = new(DomainRecord.Dmarc, "_dmarc.news.shop.example", "TXT", "v=DMARC1; p=none;", IsRequired: false);

        RecordState[] states = await new DomainCheck(new DomainDns(server.Resolver())).RunAsync("news.shop.example", [record], _ct);

        Assert.Equal((status, detail), Told(states.Single()));
    }

    [Fact]
    public async Task An_alias_leads_to_our_host_or_elsewhere()
    {
        DomainRecord record = new(DomainRecord.Tracking, "links.shop.example", "CNAME", "links.mail.example", IsRequired: false);
        async Task<RecordStatus> LookAsync(Func<TestNameServer.Query, ReplyPacket> answer)
        {
            await using TestNameServer server = new(answer);
            return (await new DomainCheck(new DomainDns(server.Resolver())).RunAsync(Domain, [record], _ct)).Single().Status;
        }

        Assert.Equal(RecordStatus.Verified, await LookAsync(q => q.Reply().Cname(q.Name, "Links.mail.example")));
        Assert.Equal(RecordStatus.Wrong, await LookAsync(q => q.Reply().Cname(q.Name, "other.example")));
        Assert.Equal(RecordStatus.Wrong, await LookAsync(q => q.Type == DnsRecordType.A ? q.Reply().Address(q.Name, "192.0.2.1") : q.Reply()));
        Assert.Equal(RecordStatus.Missing, await LookAsync(NoSuchName));
    }

    [Fact]
    public async Task What_strangers_wrote_into_dns_is_cut_and_has_no_control_characters()
    {
        RecordState state = await DkimAsync(q => q.Reply().Txt(q.Name, [.. Enumerable.Repeat("p=\r\n\0" + new string('x', 240), 8)]));

        string found = Assert.Single(state.Found);
        Assert.True(found.Length <= 701, $"{found.Length}");
        Assert.DoesNotContain(found, char.IsControl);
    }

    [Fact]
    public void The_key_record_is_one_that_verifiers_take()
    {
        DkimKeyRecord record = DkimKeyRecord.Parse(_key.Record);

        Assert.Equal(("rsa", 2048), (record.KeyType, record.KeySize));
        Assert.NotEqual(_key.Selector, _other.Selector);
        Assert.Matches("^mail-[a-z2-9]{8}$", _key.Selector);
    }

    private static (RecordStatus, string?) Told(RecordState state) => (state.Status, state.Detail);

    private static IReadOnlyList<DomainRecord> Records(params string[] spf) => DomainRecords.Of(_domain, [_key], new DomainSurroundings(spf, null, null));

    private static async Task<RecordState> DkimAsync(Func<TestNameServer.Query, ReplyPacket> answer) => (await CheckAsync(answer, DomainRecord.Dkim)).Single();

    private static async Task<RecordState> SpfAsync(Func<TestNameServer.Query, ReplyPacket> answer) => (await CheckAsync(
        q => q.Name switch
        {
            Domain => answer(q),
            "spf.relay.example" => q.Reply().Txt(q.Name, "v=spf1 ip4:192.0.2.0/24 -all"),
            "other.example" => q.Reply().Txt(q.Name, "v=spf1 include:spf.relay.example ~all"),
            "loop.example" => q.Reply().Txt(q.Name, "v=spf1 include:loop.example include:shop.example ~all"),
            "many.example" => q.Reply().Txt(q.Name, "v=spf1 mx a exists:a.b mx:c a:d a:e a:f a:g a:h a:i a:j ~all"),
            _ => NoSuchName(q),
        },
        DomainRecord.Spf)).Single();

    private static async Task<RecordState[]> CheckAsync(Func<TestNameServer.Query, ReplyPacket> answer, string? purpose = null)
    {
        await using TestNameServer server = new(answer);
        return await new DomainCheck(new DomainDns(server.Resolver())).RunAsync(Domain, [.. Records("include:spf.relay.example").Where(record => purpose is null || record.Purpose == purpose)], _ct);
    }

    private static ReplyPacket NoSuchName(TestNameServer.Query query) => new(query.Packet) { Code = 3 };
}
