using System.Net;
using Inventory.Gateway.Discovery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Inventory.Tests.Gateway.Discovery;

public sealed class InstanceResolverTests
{
    private readonly ScriptedNames _names = new();
    private readonly AsConfigured _services = new();
    private readonly DiscoveryOptions _options = new()
    {
        RefreshPeriod = TimeSpan.FromMilliseconds(100),
        LookupTimeout = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task Bug_the_gateway_knew_one_address_of_a_service_and_new_pods_got_no_load()
    {
        _names.Addresses = ["10.0.0.1", "10.0.0.2"];

        var found = await ResolveAsync("http://query-api-pods:8080");

        Assert.Equal(
            ["http://10.0.0.1:8080/", "http://10.0.0.2:8080/"],
            found.Destinations.Values.Select(destination => destination.Address).Order(StringComparer.Ordinal));
        Assert.All(found.Destinations.Values, destination => Assert.Equal("query-api-pods:8080", destination.Host));
    }

    [Fact]
    public async Task An_instance_keeps_its_name_when_others_come_and_go_so_that_its_health_is_kept()
    {
        var resolver = Resolver();
        _names.Addresses = ["10.0.0.1", "10.0.0.2"];
        var before = await ResolveAsync("http://query-api-pods:8080", resolver);
        _names.Addresses = ["10.0.0.3", "10.0.0.2"];

        var after = await ResolveAsync("http://query-api-pods:8080", resolver);

        var kept = Assert.Single(before.Destinations.Keys.Intersect(after.Destinations.Keys));
        Assert.Equal("http://10.0.0.2:8080/", after.Destinations[kept].Address);
        Assert.Equal(2, after.Destinations.Count);
    }

    [Fact]
    public async Task The_name_server_is_asked_again_after_a_refresh_period()
    {
        _names.Addresses = ["10.0.0.1"];

        var found = await ResolveAsync("http://query-api-pods:8080");

        var changed = new TaskCompletionSource();
        using var registration = found.ChangeToken!.RegisterChangeCallback(_ => changed.TrySetResult(), null);
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_changed_configuration_counts_at_once()
    {
        _options.RefreshPeriod = TimeSpan.FromHours(1);
        _names.Addresses = ["10.0.0.1"];
        var found = await ResolveAsync("http://query-api-pods:8080");
        Assert.False(found.ChangeToken!.HasChanged);

        await _services.Change.CancelAsync();

        Assert.True(found.ChangeToken.HasChanged);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task While_the_name_server_fails_the_last_instances_stay(bool isEmpty, bool hangs)
    {
        var resolver = Resolver();
        _names.Addresses = ["10.0.0.1", "10.0.0.2"];
        var before = await ResolveAsync("http://query-api-pods:8080", resolver);
        (_names.Addresses, _names.Hangs) = (isEmpty ? [] : null, hangs);

        var after = await ResolveAsync("http://query-api-pods:8080", resolver);

        Assert.Equal(before.Destinations.Keys.Order(), after.Destinations.Keys.Order());
        Assert.Equal(2, _names.Questions);
    }

    [Fact]
    public async Task A_name_that_was_never_resolved_stays_a_name_and_is_asked_for_again()
    {
        _names.Addresses = null;

        var found = await ResolveAsync("http://query-api-pods:8080");

        Assert.Equal("http://query-api-pods:8080", Assert.Single(found.Destinations).Value.Address);
        Assert.NotNull(found.ChangeToken);
    }

    [Fact]
    public async Task An_address_of_six_parts_becomes_one_of_a_uri()
    {
        _names.Addresses = ["fd00::1"];

        var found = await ResolveAsync("http://query-api-pods:8080/");

        Assert.Equal("http://[fd00::1]:8080/", Assert.Single(found.Destinations).Value.Address);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://[::1]:5000")]
    public async Task An_address_of_this_machine_stays_as_it_is_and_nobody_is_asked(string address)
    {
        var found = await ResolveAsync(address);

        Assert.Equal(address, Assert.Single(found.Destinations).Value.Address);
        Assert.Equal(0, _names.Questions);
    }

    [Fact]
    public async Task The_real_lookup_finds_this_machine()
    {
        NameLookup lookup = Dns.GetHostAddressesAsync;
        Assert.Contains(IPAddress.Loopback, await lookup("localhost", TestContext.Current.CancellationToken));
    }

    private InstanceResolver Resolver() => new(
        _services, _names.LookUpAsync, Options.Create(_options), TimeProvider.System, NullLogger<InstanceResolver>.Instance);

    private ValueTask<ResolvedDestinationCollection> ResolveAsync(string address, InstanceResolver? resolver = null) =>
        (resolver ?? Resolver()).ResolveDestinationsAsync(
            new Dictionary<string, DestinationConfig> { ["query-api"] = new() { Address = address } },
            TestContext.Current.CancellationToken);
}
