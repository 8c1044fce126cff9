using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Inventory.Servers;
using Inventory.Servers.Ports;

namespace Inventory.Tests.Servers;

public sealed class FreePortsTests
{
    [Fact]
    public void Ports_differ_and_lie_below_those_of_outgoing_connections()
    {
        var firstOutgoing = int.Parse(
            File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t')[0], CultureInfo.InvariantCulture);

        int[] ports = [.. Enumerable.Range(0, 50).Select(_ => FreePorts.Take(IPAddress.Loopback))];

        Assert.Distinct(ports);
        Assert.All(ports, port => Assert.InRange(port, 1_024, firstOutgoing - 1));
    }

    [Fact]
    public void Ports_in_a_row_are_given_once()
    {
        const int count = 7;
        int[] firsts = [.. Enumerable.Range(0, 20).Select(_ => FreePorts.TakeBlock(count, IPAddress.Loopback))];

        Assert.Distinct(firsts.SelectMany(first => Enumerable.Range(first, count)));
    }

    [Fact]
    public void A_wanted_port_that_somebody_listens_on_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var exception = Assert.Throws<ServerStartException>(() => PortPlan.Resolve(port, "X", IPAddress.Loopback));

        Assert.Equal($"X cannot start: port {port} is already in use.", exception.Message);
    }

    [Fact]
    public async Task A_start_is_tried_again_when_somebody_took_the_port_meanwhile()
    {
        var attempts = 0;

        var answer = await PortPlan.StartAsync(() => ++attempts < 3
            ? throw new ServerStartException("java.net.BindException: Address already in use")
            : Task.FromResult("started"));

        Assert.Equal("started", answer);
    }

    [Fact]
    public async Task A_start_that_fails_for_another_reason_is_not_tried_again()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<ServerStartException>(() => PortPlan.StartAsync<string>(() =>
        {
            attempts++;
            throw new ServerStartException("out of memory");
        }));

        Assert.Equal(1, attempts);
    }
}
