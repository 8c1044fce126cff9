using System.Net;
using Inventory.Gateway.Discovery;
using Inventory.Tests.Gateway.Discovery;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Inventory.Tests.Gateway;

/// <summary>The gateway before instances that a name server adds and drops.</summary>
public sealed class GatewayDiscoveryTests
{
    [Fact]
    public async Task An_instance_that_the_name_server_adds_gets_requests_and_one_that_it_drops_gets_no_more()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync(first.Port, "127.0.0.2");
        var names = new ScriptedNames { Addresses = ["127.0.0.1"] };
        await using var gateway = await StartAsync(names, first.Port);
        await ReadAsync(gateway);
        Assert.NotEmpty(first.Requests);

        names.Addresses = ["127.0.0.2", "127.0.0.1"];
        await Faults.Publishing.Patience.WaitAsync(async () =>
        {
            await ReadAsync(gateway);
            return !second.Requests.IsEmpty;
        });

        names.Addresses = ["127.0.0.2"];
        await Faults.Publishing.Patience.WaitAsync(() => Task.FromResult(States(gateway).Count == 1));
        first.Requests.Clear();
        for (var read = 0; read < 20; read++)
        {
            await ReadAsync(gateway);
        }

        Assert.Empty(first.Requests);
    }

    [Fact]
    public async Task Health_is_known_of_each_address_and_kept_when_another_one_comes()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync(first.Port, "127.0.0.2");
        second.Healthy = false;
        var names = new ScriptedNames { Addresses = ["127.0.0.1", "127.0.0.2"] };
        await using var gateway = await StartAsync(names, first.Port);
        await Faults.Publishing.Patience.WaitAsync(() => Task.FromResult(
            Count(gateway, DestinationHealth.Healthy) == 1 && Count(gateway, DestinationHealth.Unhealthy) == 1));

        names.Addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
        await Faults.Publishing.Patience.WaitAsync(() => Task.FromResult(States(gateway).Count == 3));

        Assert.InRange(Count(gateway, DestinationHealth.Unhealthy), 1, 2);
        Assert.Equal(1, Count(gateway, DestinationHealth.Healthy));
    }

    [Fact]
    public async Task A_gateway_that_starts_before_its_name_server_answers_once_that_does()
    {
        await using var upstream = await Upstream.StartAsync();
        var names = new ScriptedNames { Addresses = null };
        await using var gateway = await StartAsync(names, upstream.Port);
        using (var refused = await gateway.Client.ReadAsync("/api/stocks/7/3"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        names.Addresses = ["127.0.0.1"];
        await Faults.Publishing.Patience.WaitAsync(async () =>
        {
            using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
            return response.IsSuccessStatusCode;
        });
    }

    private static Task<ServiceHost> StartAsync(ScriptedNames names, int port) => GatewayHost.StartAsync(
        services => services.AddSingleton<NameLookup>(names.LookUpAsync),
        ("Discovery:RefreshPeriod", "00:00:00.1"),
        ("services:query-api:http:0", $"http://query-api-pods:{port}"),
        ("ReverseProxy:Clusters:query-api:HealthCheck:Active:Interval", "00:00:00.2"));

    private static async Task ReadAsync(ServiceHost gateway)
    {
        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static int Count(ServiceHost gateway, DestinationHealth health) =>
        States(gateway).Count(state => state.Health.Active == health);

    private static IReadOnlyList<DestinationState> States(ServiceHost gateway) =>
        gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("query-api", out var cluster)
            ? cluster.DestinationsState.AllDestinations
            : [];
}
