using System.Net;
using Mail.Core.Projects;

namespace Mail.Tests.Core.Projects;

public sealed class ApiKeyIdentityTests
{
    private static ApiKeyIdentity Of(params string[] networks) => new(default, "p", "en", default, false, [], [], [.. networks.Select(IPNetwork.Parse)], null);

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", true)]
    [InlineData("203.0.114.7", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void A_key_is_used_from_its_networks(string client, bool may) => Assert.Equal(may, Of("203.0.113.0/24", "2001:db8::/32").MayBeUsedFrom(IPAddress.Parse(client)));

    [Fact]
    public void Without_networks_it_is_used_from_anywhere_and_with_them_not_from_an_unknown_place()
    {
        Assert.True(Of().MayBeUsedFrom(null));
        Assert.False(Of("0.0.0.0/0").MayBeUsedFrom(null));
    }
}
