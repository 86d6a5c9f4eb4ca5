using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Tracking;

namespace Mail.Tests.Core.Tracking;

public sealed class MachineRulesTests
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";

    private static readonly DateTimeOffset _sent = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Firefox, null, null, "desktop")]
    [InlineData(Phone, null, null, "mobile")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.17928; ms-office)", null, null, "desktop")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; CUBOT_KINGKONG) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", null, null, "mobile")] // a telephone by that name
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", null, "gmail", "unknown")]
    [InlineData("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", null, "yahoo", "unknown")]
    [InlineData("Mozilla/5.0", "apple_privacy", null, "unknown")]
    [InlineData(null, "no_user_agent", null, "unknown")]
    [InlineData("  ", "no_user_agent", null, "unknown")]
    [InlineData("Mozilla/5.0 (compatible; BarracudaCentral/1.0)", "scanner", null, "unknown")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5", "bot", null, "desktop")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "bot", null, "unknown")]
    [InlineData("somebody's-bot/2.1 (+http://example.com)", "bot", null, "unknown")]
    [InlineData("curl/8.5.0", "program", null, "unknown")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0 Safari/537.36", "program", null, "desktop")]
    public void A_user_agent_tells_machines_and_proxies(string? agent, string? machine, string? proxy, string device)
    {
        Visitor visitor = MachineRules.Of(agent, isHead: false, null);
        Assert.Equal((machine, proxy, device), (visitor.Machine, visitor.Proxy, visitor.Device));
    }

    [Fact]
    public void Who_only_looks_or_loads_ahead_is_no_reader()
    {
        Assert.Equal("head_request", MachineRules.Of(Firefox, isHead: true, null).Machine);
        Assert.Equal("prefetch", MachineRules.Of(Firefox, isHead: false, "prefetch;prerender").Machine);
        Assert.Equal("prefetch", MachineRules.Of(Firefox, isHead: false, "preview").Machine);
        Assert.Null(MachineRules.Of(Firefox, isHead: false, "navigate").Machine);
        Assert.Equal("program", MachineRules.Of(new string('x', 500) + " curl/1 " + new string('x', 100_000), isHead: false, null).Machine);
    }

    [Fact]
    public void Nobody_reads_a_mail_before_it_can_have_come()
    {
        Assert.Equal((HitOutcome.Machine, "too_fast"), Judge(new HitJudge(), Hit(null, 2), History()));
        Assert.Equal((HitOutcome.Machine, "too_fast"), Judge(new HitJudge(), Hit("https://a.example/", 2), History()));
        Assert.Equal((HitOutcome.Recorded, null), Judge(new HitJudge(), Hit("https://a.example/", 3), History()));
        Assert.Equal((HitOutcome.Machine, "too_fast"), Judge(new HitJudge(), Hit(null, 0), new HitHistory("a@example.com", isBeingSent: true)));
        Assert.Equal((HitOutcome.Recorded, null), Judge(new HitJudge(), Hit(null, 0), new HitHistory("a@example.com", isBeingSent: false))); // nobody knows when it left
    }

    [Fact]
    public void Several_links_at_once_are_a_scanners_the_earlier_ones_too()
    {
        HitJudge judge = new();
        HitHistory history = History();
        PastHit stored = new(Guid.NewGuid(), "https://a.example/0", _sent.AddSeconds(58.5), IsMachine: false, null, "desktop");
        history.Past.Add(stored);

        Judge(judge, Hit("https://a.example/1", 60), history);
        Judge(judge, Hit("https://a.example/1", 60.5), history);
        Judge(judge, Hit("https://a.example/2", 61), history);
        Judge(judge, Hit("https://a.example/3", 63.5), history);

        Assert.Equal(["several_links", "several_links", "several_links", null], judge.New.Select(one => one.Visitor.Machine));
        Assert.Equal(stored.EventId, Assert.Single(judge.Unmasked).Key);
    }

    [Fact]
    public void One_link_clicked_twice_is_a_persons()
    {
        HitJudge judge = new();
        HitHistory history = History();

        Assert.Equal((HitOutcome.Recorded, null), Judge(judge, Hit("https://a.example/", 60), history));
        Assert.Equal((HitOutcome.Recorded, null), Judge(judge, Hit("https://a.example/", 60.5), history));
        Assert.Equal((HitOutcome.Recorded, null), Judge(judge, Hit(null, 60.6), history));
    }

    [Fact]
    public void The_same_opening_is_told_once()
    {
        HitJudge judge = new();
        HitHistory history = History();

        Assert.Equal(
            [HitOutcome.Recorded, HitOutcome.Repeated, HitOutcome.Recorded, HitOutcome.Recorded],
            [Judge(judge, Hit(null, 60), history).Outcome, Judge(judge, Hit(null, 89), history).Outcome, Judge(judge, Hit(null, 70, Phone), history).Outcome, Judge(judge, Hit(null, 91), history).Outcome]);
    }

    [Fact]
    public void A_recipient_tells_so_much_and_no_more()
    {
        HitJudge judge = new();
        HitHistory history = History();
        HitOutcome[] clicks = [.. Enumerable.Range(0, 150).Select(i => Judge(judge, Hit("https://a.example/", 60 + (i * 10)), history).Outcome)];

        Assert.Equal((100, 50), (clicks.Count(one => one == HitOutcome.Recorded), clicks.Count(one => one == HitOutcome.Capped)));
        Assert.Equal(HitOutcome.Recorded, Judge(judge, Hit(null, 3000), history).Outcome); // the other type has room
        Assert.Equal(HitOutcome.Gone, new HitJudge().Judge(Hit(null, 60), null));
    }

    [Fact]
    public void An_event_holds_neither_address_nor_user_agent_of_the_reader()
    {
        HitJudge judge = new();
        Judge(judge, Hit("https://a.example/?a=\"b\"", 60), History());

        string detail = judge.New.Single().Detail();

        JsonElement json = JsonDocument.Parse(detail).RootElement;
        Assert.Equal(["click", "machine", "device"], json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["link", "timestamp"], json.GetProperty("click").EnumerateObject().Select(field => field.Name));
        Assert.DoesNotContain("Mozilla", detail, StringComparison.Ordinal);
    }

    private static HitHistory History() => new("a@example.com", isBeingSent: false) { SentAt = _sent };

    private static TrackingHit Hit(string? link, double seconds, string agent = Firefox) => new(new ProjectId(Guid.NewGuid()), new MessageId(Guid.NewGuid()), new DeliveryId(Guid.NewGuid()), link, MachineRules.Of(agent, isHead: false, null), _sent.AddSeconds(seconds));

    private static (HitOutcome Outcome, string? Machine) Judge(HitJudge judge, TrackingHit hit, HitHistory history)
    {
        HitOutcome outcome = judge.Judge(hit, history);
        return (outcome, outcome is HitOutcome.Recorded or HitOutcome.Machine ? judge.New[^1].Visitor.Machine : null);
    }
}
