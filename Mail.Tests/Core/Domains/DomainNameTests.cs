using Mail.Core.Common;
using Mail.Core.Domains;

namespace Mail.Tests.Core.Domains;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("example.com", "example.com", "example.com")]
    [InlineData(" Shop.EXAMPLE.com. ", "shop.example.com", "shop.example.com")]
    [InlineData("münchen.example", "xn--mnchen-3ya.example", "münchen.example")]
    [InlineData("XN--mnchen-3ya.example", "xn--mnchen-3ya.example", "münchen.example")]
    [InlineData("t.co", "t.co", "t.co")]
    public void A_domain_is_kept_in_A_labels_and_shown_as_people_write_it(string typed, string ascii, string shown)
    {
        Result<DomainName> name = DomainName.Read(typed);

        Assert.Equal(new DomainName(ascii, shown), name.Value);
    }

    [Theory]
    [InlineData("", "Missing `name` field.")]
    [InlineData("com", "`name` is a part of DNS that nobody sends from")]
    [InlineData("co.uk", "`name` is a part of DNS that nobody sends from")]
    [InlineData("com.au", "`name` is a part of DNS that nobody sends from")]
    [InlineData("localhost", "`name` is a part of DNS that nobody sends from")]
    [InlineData("192.0.2.1", "`name` is an IP address")]
    [InlineData("[2001:db8::1]", "`name` is an IP address")]
    [InlineData("2001:db8::1", "`name` is an IP address")]
    [InlineData("1.2.3.4.5", "`name` is not a domain name")]
    [InlineData("*.example.com", "`name` cannot have a wildcard")]
    [InlineData("https://example.com/", "`name` must be the domain alone")]
    [InlineData("me@example.com", "`name` must be the domain alone")]
    [InlineData("exa mple.com", "`name` is not a domain name")]
    [InlineData("-a.example.com", "`name` is not a domain name")]
    [InlineData("a..example.com", "`name` is not a domain name")]
    [InlineData("a_b.example.com", "`name` is not a domain name")]
    [InlineData("example.com\u0000", "`name` is not a domain name")]
    [InlineData("xn--a-0000000000.example", "`name` is not a domain name")]
    [InlineData("gmail.com", "`name` belongs to a mail provider and its DNS is not yours. Verify your own address at gmail.com as a sender identity")]
    [InlineData("Orange.FR", "`name` belongs to a mail provider")]
    public void What_nobody_can_send_from_is_refused_with_the_remedy(string typed, string message)
    {
        Result<DomainName> name = DomainName.Read(typed);

        Assert.False(name.IsSuccess);
        Assert.StartsWith(message, name.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_leaves_no_room_for_a_selector_is_refused() =>
        Assert.All(
            (string[])[string.Join('.', Enumerable.Repeat("abcdefghi", 30)), new string('a', 64) + ".example.com", new string('x', 5000)],
            name => Assert.False(DomainName.Read(name).IsSuccess));
}
