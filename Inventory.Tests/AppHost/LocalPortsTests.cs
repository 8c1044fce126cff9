using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Inventory.AppHost.Running;
using Inventory.Contracts.Composition;
using Inventory.Servers.Ports;
using Microsoft.Extensions.Configuration;

namespace Inventory.Tests.AppHost;

public sealed class LocalPortsTests
{
    [Fact]
    public void Bug_a_second_checkout_could_not_start_beside_the_first()
    {
        using var first = ListenIfFree(ServicePorts.Gateway);

        var port = LocalPorts.Gateway(Options());

        Assert.NotEqual(ServicePorts.Gateway, port);
        Assert.True(FreePorts.IsFree(port, IPAddress.Loopback));
    }

    [Fact]
    public void A_port_that_was_asked_for_and_is_taken_is_an_error_that_names_it_and_the_way_out()
    {
        var port = LocalPorts.Any();
        using var taken = Listen(port);

        var error = Assert.Throws<DistributedApplicationException>(() => LocalPorts.Gateway(Options(("gateway-port", $"{port}"))));

        Assert.Contains($"{port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--gateway-port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_free_port_that_was_asked_for_is_taken()
    {
        var port = LocalPorts.Any();
        Assert.Equal(port, LocalPorts.Gateway(Options(("gateway-port", $"{port}"))));
    }

    [Theory]
    [InlineData("65536", "at most 65535")]
    [InlineData("-1", "must be a number")]
    [InlineData("http", "must be a number")]
    public void What_is_no_port_is_refused(string text, string reason)
    {
        var error = Assert.Throws<DistributedApplicationException>(() => Options(("gateway-port", text)).GatewayPort);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_do_not_swallow_the_argument_after_them()
    {
        string[] arguments = ["--fresh", "--no-dashboard", "--gateway-port", "0"];

        Assert.Equal(["--gateway-port", "0"], RunOptions.ForBuilder(arguments).Args!);
        Assert.True(RunOptions.ForBuilder(arguments).DisableDashboard);
        Assert.True(new RunOptions(arguments, new ConfigurationManager()).Fresh);
    }

    private static RunOptions Options(params (string Key, string Value)[] settings) => new(
        [],
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    // Another system on this machine may have it already, which serves as well.
    private static TcpListener? ListenIfFree(int port) => FreePorts.IsFree(port, IPAddress.Loopback) ? Listen(port) : null;
}
