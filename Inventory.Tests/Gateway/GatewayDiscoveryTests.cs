using System.Net;
using Inventory.Gateway.Discovery;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Inventory.Tests.Gateway;

public sealed class GatewayDiscoveryTests
{
    [Fact]
    public async Task An_instance_that_the_name_server_adds_gets_requests_and_one_that_it_drops_gets_no_more()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync(first.Port, "127.0.0.2");
        var names = new ScriptedLookup();
        names.Answer("127.0.0.1");
        await using var gateway = await StartAsync(names, first.Port);

        await ReadAsync(gateway);
        Assert.Equal(["query-api[http://127.0.0.1:{0}]"], Destinations(gateway, first.Port));
        Assert.NotEmpty(first.Requests);

        names.Answer("127.0.0.2", "127.0.0.1");
        await Eventually.IsTrueAsync(async () =>
        {
            await ReadAsync(gateway);
            return !second.Requests.IsEmpty;
        });

        names.Answer("127.0.0.2");
        await Eventually.IsTrueAsync(() => Task.FromResult(Destinations(gateway, first.Port).Length == 1));
        first.Requests.Clear();
        for (var read = 0; read < 20; read++)
        {
            await ReadAsync(gateway);
        }

        Assert.Empty(first.Requests);
    }

    [Fact]
    public async Task Health_is_known_of_each_address()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync(first.Port, "127.0.0.2");
        second.Healthy = false;
        var names = new ScriptedLookup();
        names.Answer("127.0.0.1", "127.0.0.2");
        await using var gateway = await StartAsync(names, first.Port);

        await Eventually.IsTrueAsync(() => Task.FromResult(
            States(gateway).Count(static state => state.Health.Active == DestinationHealth.Healthy) == 1
            && States(gateway).Count(static state => state.Health.Active == DestinationHealth.Unhealthy) == 1));

        // An address more does not make what is known of the others forgotten.
        names.Answer("127.0.0.1", "127.0.0.2", "127.0.0.3");
        await Eventually.IsTrueAsync(() => Task.FromResult(States(gateway).Count == 3));
        Assert.Contains(States(gateway), static state => state.Health.Active == DestinationHealth.Unhealthy);
    }

    [Fact]
    public async Task The_last_addresses_are_kept_while_the_name_server_fails()
    {
        await using var upstream = await Upstream.StartAsync();
        var names = new ScriptedLookup();
        names.Answer("127.0.0.1");
        await using var gateway = await StartAsync(names, upstream.Port);
        await ReadAsync(gateway);

        names.AnswerNothing();
        var before = names.Lookups;
        await Eventually.IsTrueAsync(() => Task.FromResult(names.Lookups > before + 2));
        await ReadAsync(gateway);

        // An answer without any address is none.
        names.Answer();
        before = names.Lookups;
        await Eventually.IsTrueAsync(() => Task.FromResult(names.Lookups > before + 2));
        await ReadAsync(gateway);
    }

    [Fact]
    public async Task A_gateway_that_starts_before_its_name_server_answers_once_that_does()
    {
        await using var upstream = await Upstream.StartAsync();
        var names = new ScriptedLookup();
        await using var gateway = await StartAsync(names, upstream.Port);
        using (var refused = await gateway.Client.ReadAsync("/api/stocks/7/3"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        names.Answer("127.0.0.1");
        await Eventually.IsTrueAsync(async () =>
        {
            using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
            return response.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task A_lookup_that_hangs_is_waited_for_no_longer_than_the_timeout_and_no_other_is_begun_meanwhile()
    {
        var hanging = new TaskCompletionSource();
        var names = new ScriptedLookup();
        names.Hang(hanging.Task);
        var host = new FollowedHost(
            "query-api-headless",
            names,
            new DiscoveryOptions
            {
                RefreshInterval = TimeSpan.FromMilliseconds(50),
                LookupTimeout = TimeSpan.FromMilliseconds(50),
            },
            TimeProvider.System,
            NullLogger.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var following = host.FollowAsync(stop.Token);

        var nothing = await host.AnswerAsync(stop.Token);
        Assert.Empty(nothing.Addresses);
        Assert.Equal(1, names.Lookups);

        names.Answer("127.0.0.9");
        hanging.SetResult();
        await Eventually.IsTrueAsync(() => Task.FromResult(nothing.Outdated.HasChanged));
        Assert.Equal([IPAddress.Parse("127.0.0.9")], (await host.AnswerAsync(stop.Token)).Addresses);
        await stop.CancelAsync();
        await following;
    }

    [Fact]
    public async Task An_instance_with_addresses_of_both_families_counts_once()
    {
        var names = new ScriptedLookup();
        names.Answer("fd00::1", "10.0.0.1", "10.0.0.1");
        await using var hosts = new FollowedHosts(
            names, Microsoft.Extensions.Options.Options.Create(new DiscoveryOptions()), TimeProvider.System, NullLogger<FollowedHosts>.Instance);

        var answer = await hosts.Get("query-api-headless").AnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal([IPAddress.Parse("10.0.0.1")], answer.Addresses);
    }

    [Fact]
    public async Task A_name_is_looked_up_where_the_machine_looks_names_up()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            ("Gateway:Discovery:Dns", "true"),
            ("services:query-api:http:0", $"http://localhost:{upstream.Port}"));

        await ReadAsync(gateway);

        Assert.Equal(["query-api[http://127.0.0.1:{0}]"], Destinations(gateway, upstream.Port));
    }

    [Fact]
    public async Task Names_are_left_as_they_are_unless_asked_for()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            ("services:query-api:http:0", $"http://localhost:{upstream.Port}"));

        await ReadAsync(gateway);

        Assert.Contains("localhost", Assert.Single(Destinations(gateway, upstream.Port)), StringComparison.Ordinal);
    }

    private static Task<ServiceHost> StartAsync(ScriptedLookup names, int port) => GatewayHost.StartAsync(
        services => services.AddSingleton<IHostLookup>(names),
        ("Gateway:Discovery:Dns", "true"),
        ("Gateway:Discovery:RefreshInterval", "00:00:00.05"),
        ("services:query-api:http:0", $"http://query-api-headless:{port}"),
        ("ReverseProxy:Clusters:query-api:HealthCheck:Active:Interval", "00:00:00.2"));

    private static async Task ReadAsync(ServiceHost gateway)
    {
        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static List<DestinationState> States(ServiceHost gateway) =>
        gateway.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("query-api", out var cluster)
            ? [.. cluster.DestinationsState.AllDestinations]
            : [];

    /// <summary>Their ids, with <c>{0}</c> for the port.</summary>
    private static string[] Destinations(ServiceHost gateway, int port) =>
    [
        .. States(gateway)
            .Select(state => state.DestinationId.Replace($":{port}", ":{0}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
