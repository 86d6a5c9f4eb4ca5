using Mail.Core.Messages;
using Mail.Core.Suppressions;

namespace Mail.Tests.Core.Suppressions;

public sealed class SuppressionRulesTests
{
    /// <summary>The table of docs/guides/suppressions.md: for each entry, the mail that it stops.</summary>
    [Theory]
    [InlineData("hard_bounce", "", "code plain notification topic other-topic bulk")]
    [InlineData("complaint", "", "code plain notification topic other-topic bulk")]
    [InlineData("manual", "", "code plain notification topic other-topic bulk")]
    [InlineData("manual", "news", "topic")]
    [InlineData("soft_bounce", "", "plain notification topic other-topic bulk")]
    [InlineData("unsubscribe", "", "notification topic other-topic bulk")]
    [InlineData("unsubscribe", "news", "topic")]
    public void An_entry_stops_exactly_its_mail(string reason, string topic, string stopped)
    {
        (string Name, MailKind Kind)[] all =
        [
            ("code", MailKind.Of(Lane.Critical, "news", false)), ("plain", MailKind.Of(Lane.Normal, null, false)), ("notification", MailKind.Of(Lane.Normal, null, true)),
            ("topic", MailKind.Of(Lane.Normal, "news", false)), ("other-topic", MailKind.Of(Lane.Bulk, "offers", true)), ("bulk", MailKind.Of(Lane.Bulk, null, true)),
        ];
        SuppressionMatch entry = new(topic, SuppressionReasons.Parse(reason), DateTimeOffset.UnixEpoch);

        Assert.DoesNotContain(all, mail => entry.Stops(mail.Kind with { IsOfAccount = true })); // whoever writes the list could keep an attack from the owner
        Assert.Equal(stopped, string.Join(' ', all.Where(mail => entry.Stops(mail.Kind)).Select(mail => mail.Name)));
        Assert.StartsWith("Not sent: ", entry.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bob@Example.COM", "bob@example.com")]
    [InlineData("bob+news@example.com", "bob+news@example.com")]
    [InlineData("Zoë@Bücher.example", "zoë@xn--bcher-kva.example")]
    [InlineData("Zoe\u0308@xn--bcher-kva.example", "zoë@xn--bcher-kva.example")]
    public void Addresses_that_name_one_mailbox_have_one_form(string given, string normal)
    {
        Assert.Equal(normal, NormalAddress.Of(given));
        Assert.True(NormalAddress.TryParse($"Some Name <{given}>", out string? parsed, out _));
        Assert.Equal(normal, parsed);
    }

    [Fact]
    public void What_is_no_address_is_told() => Assert.False(NormalAddress.TryParse("bob at example.com", out _, out string? error) || error is null);
}
