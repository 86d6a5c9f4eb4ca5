using System.Net;
using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

public sealed class SystemNameServersTests
{
    [Fact]
    public void The_first_three_servers_of_a_resolv_conf_are_taken()
    {
        const string Text = "# made by hand\nsearch example.com\nnameserver 192.0.2.1\n  nameserver\t2001:db8::53 # second\nnameservers 192.0.2.9\nnameserver not-an-address\nnameserver\noptions timeout:1\r\nnameserver 192.0.2.3\r\nnameserver 192.0.2.4";

        Assert.Equal([IPEndPoint.Parse("192.0.2.1:53"), IPEndPoint.Parse("[2001:db8::53]:53"), IPEndPoint.Parse("192.0.2.3:53")], SystemNameServers.Parse(Text));
    }

    [Fact]
    public void An_interface_may_be_named_behind_a_link_local_address()
    {
        Assert.Equal(7, SystemNameServers.Parse("nameserver fe80::1%7").Single().Address.ScopeId);
        Assert.Empty(SystemNameServers.Parse("nameserver fe80::1%no-such-interface"));
    }

    [Fact]
    public void There_is_always_a_server() => Assert.NotEmpty(SystemNameServers.Read());
}
