using Mail.Core.Domains.Senders;

namespace Mail.Tests.Core.Domains;

public sealed class SenderPolicyTests
{
    private static readonly SenderRelay _any = new("main", AcceptedSenders.Any, null, []);

    [Theory]
    [InlineData("a@shop.example", true)]
    [InlineData("Shop <A@SHOP.example>", true)]
    [InlineData("a@news.shop.example", true)]
    [InlineData("a@only.example", true)]
    [InlineData("a@below.only.example", false)]
    [InlineData("a@notshop.example", false)]
    [InlineData("a@example", false)]
    [InlineData("Me@Gmail.com", true)]
    [InlineData("you@gmail.com", false)]
    [InlineData("a@münchen.example", true)]
    [InlineData("a@xn--mnchen-3ya.example", true)]
    public void A_verified_domain_with_those_below_it_or_a_verified_address_may_send(string from, bool mayIt)
    {
        SenderPolicy policy = new(new Dictionary<string, bool> { ["shop.example"] = true, ["only.example"] = false, ["xn--mnchen-3ya.example"] = true }, ["me@gmail.com"], [_any]);

        Assert.Equal(mayIt, policy.Objection(from, "") is null);
    }

    [Fact]
    public void A_refusal_names_the_field_and_the_remedy()
    {
        SenderPolicy policy = new(new Dictionary<string, bool>(), [], [_any]);

        Assert.Equal(
            "`2.from` is of the domain shop.example, which is not verified in this project. Add the domain (POST /domains) and set its DNS records, or add the address as a sender identity (POST /sender-identities) and open the link that is mailed to it.",
            policy.Objection("a@shop.example", "2.")!.Detail);
        Assert.Equal(
            "`from` is an address that this project has not verified. Add me@gmail.com as a sender identity (POST /sender-identities) and open the link that is mailed to it.",
            policy.Objection("Me <me@gmail.com>", "")!.Detail);
    }

    [Theory]
    [InlineData(AcceptedSenders.Any, "a@shop.example", true)]
    [InlineData(AcceptedSenders.Any, "me@gmail.com", true)]
    [InlineData(AcceptedSenders.DomainsAndAddresses, "me@gmail.com", true)]
    [InlineData(AcceptedSenders.Domains, "a@shop.example", true)]
    [InlineData(AcceptedSenders.Domains, "me@gmail.com", false)]
    [InlineData(AcceptedSenders.Mailbox, "me@gmail.com", true)]
    [InlineData(AcceptedSenders.Mailbox, "alias@shop.example", true)]
    [InlineData(AcceptedSenders.Mailbox, "a@shop.example", false)]
    public void A_relay_takes_what_its_provider_takes(AcceptedSenders accepts, string from, bool doesIt)
    {
        SenderPolicy policy = new(new Dictionary<string, bool> { ["shop.example"] = true }, ["me@gmail.com", "alias@shop.example"], [new SenderRelay("main", accepts, "me@gmail.com", [])]);

        Assert.Equal(doesIt, policy.Objection(from, "") is null);
    }

    [Fact]
    public void One_relay_that_takes_it_is_enough_and_a_relays_own_list_restricts_it()
    {
        SenderRelay mailbox = new("gmail", AcceptedSenders.Mailbox, "me@gmail.com", []), listed = new("listed", AcceptedSenders.Any, null, ["news.example"]);
        Dictionary<string, bool> domains = new() { ["shop.example"] = true, ["news.example"] = true };

        Assert.Null(new SenderPolicy(domains, [], [mailbox, listed]).Objection("a@news.example", ""));
        Assert.Equal(
            "`from` is verified, but no relay of this project takes it: `gmail` sends for the mailbox me@gmail.com and its aliases; verify an alias as a sender identity (POST /sender-identities); `listed` is set up for news.example. Use another sender, or another relay.",
            new SenderPolicy(domains, [], [mailbox, listed]).Objection("a@shop.example", "")!.Detail);
    }

    [Theory]
    [InlineData("smtp", "gmail", null, AcceptedSenders.Mailbox, "include:_spf.google.com")]
    [InlineData("smtp", null, "SMTP.sendgrid.net", AcceptedSenders.DomainsAndAddresses, "include:sendgrid.net")]
    [InlineData("mailgun", null, null, AcceptedSenders.Domains, "include:mailgun.org")]
    [InlineData("smtp", null, "relay.shop.example", AcceptedSenders.Any, "a:relay.shop.example")]
    [InlineData("smtp", null, "localhost", AcceptedSenders.Any, null)]
    [InlineData("smtp", null, "192.0.2.1", AcceptedSenders.Any, null)]
    [InlineData("capture", null, null, AcceptedSenders.Any, null)]
    public void A_relay_is_known_by_preset_server_or_kind(string kind, string? preset, string? host, AcceptedSenders accepts, string? spf) =>
        Assert.Equal(new RelaySenderRule(accepts, spf), RelaySenderRule.Of(kind, preset, host));

    [Fact]
    public void Every_preset_and_kind_but_plain_ones_is_known() =>
        Assert.DoesNotContain(Mail.Core.Relays.Setup.SmtpPresets.All, preset => RelaySenderRule.Of("smtp", preset.Name, null).Accepts == AcceptedSenders.Any);
}
