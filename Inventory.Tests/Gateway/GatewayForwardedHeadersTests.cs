using Inventory.Tests.Hosting;

namespace Inventory.Tests.Gateway;

public sealed class GatewayForwardedHeadersTests
{
    private const string Spoofed = "203.0.113.9";

    [Fact]
    public async Task A_client_can_not_claim_another_address()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        Assert.Equal("127.0.0.1", await ForwardedAsync(gateway, query, "X-Forwarded-For", Spoofed));
    }

    [Theory]
    [InlineData("ForwardedHeaders:KnownProxies:0", "127.0.0.1")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "127.0.0.0/8")]
    public async Task A_known_proxy_is_believed(string key, string value)
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query), (key, value));

        Assert.Equal(Spoofed, await ForwardedAsync(gateway, query, "X-Forwarded-For", Spoofed));
    }

    [Fact]
    public async Task Behind_known_proxies_the_last_unknown_address_is_the_client()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(query),
            ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"),
            ("ForwardedHeaders:KnownProxies:1", "198.51.100.1"));

        var client = await ForwardedAsync(gateway, query, "X-Forwarded-For", $"192.0.2.1, {Spoofed}, 198.51.100.1");

        Assert.Equal(Spoofed, client);
    }

    [Fact]
    public async Task A_proxy_that_is_not_known_is_not_believed()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(query), ("ForwardedHeaders:KnownProxies:0", "192.0.2.1"));

        Assert.Equal("127.0.0.1", await ForwardedAsync(gateway, query, "X-Forwarded-For", Spoofed));
    }

    [Theory]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("Forwarded")]
    public async Task No_other_forwarding_header_of_a_client_passes(string name)
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        var passed = await ForwardedAsync(gateway, query, name, "spoofed");

        Assert.DoesNotContain("spoofed", passed, StringComparison.Ordinal);
    }

    private static async Task<string> ForwardedAsync(ServiceHost gateway, Upstream upstream, string name, string value)
    {
        using var response = await gateway.Client.ReadWithHeaderAsync("/api/stocks/7/3", name, value);
        response.EnsureSuccessStatusCode();
        return Assert.Single(upstream.Requests).Headers.TryGetValue(name, out var values) ? values.ToString() : "";
    }
}
