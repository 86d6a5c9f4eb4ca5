using Mail.Core.Accounts;

namespace Mail.Tests.Core.Accounts;

public sealed class AccountClientTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::9", "2001:db8:1:3::/64")]
    [InlineData(null, "—")]
    public void Tries_are_counted_by_the_network_of_somebody_with_IPv6(string? ip, string network) => Assert.Equal(network, new AccountClient(ip, "Firefox").Network);
}
