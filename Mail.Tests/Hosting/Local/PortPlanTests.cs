using System.Net;
using System.Net.Sockets;
using Mail.Hosting.Local.Running;

namespace Mail.Tests.Hosting.Local;

public sealed class PortPlanTests
{
    [Fact]
    public void A_taken_port_means_the_next_free_one()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;
        using PortPlan plan = new(random: false);

        int port = plan.Take(taken);

        Assert.InRange(port, taken + 1, taken + 100);
        using TcpListener ours = new(IPAddress.Loopback, port);
        ours.Start();
    }

    [Fact]
    public void Two_applications_never_get_the_same_port()
    {
        using PortPlan first = new(random: false);
        using PortPlan second = new(random: false);
        int wanted = first.Take(null);

        Assert.Equal(wanted + 1, second.Take(wanted));
    }

    [Fact]
    public void A_test_gets_any_port_but_the_wanted_one()
    {
        using PortPlan plan = new(random: true);

        int port = plan.Take(1080);

        Assert.InRange(port, 20_000, 31_999);
    }
}
