using System.Net;
using Inventory.Contracts.Problems;
using Inventory.Gateway.Limits;
using Inventory.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Inventory.Tests.Gateway;

public sealed class GatewayRateLimitTests
{
    private static readonly (string, string) OneRead = ("RateLimits:Reads:PermitsPerSecond", "1");
    private static readonly (string, string) NoReadBurst = ("RateLimits:Reads:Burst", "2");
    private static readonly (string, string) OneWrite = ("RateLimits:Writes:PermitsPerSecond", "1");
    private static readonly (string, string) NoWriteBurst = ("RateLimits:Writes:Burst", "2");

    [Fact]
    public async Task Reads_beyond_the_burst_are_429_problems_that_say_when_to_come_back()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query), OneRead, NoReadBurst);

        Assert.Equal(HttpStatusCode.OK, await StatusOfReadAsync(gateway));
        Assert.Equal(HttpStatusCode.OK, await StatusOfReadAsync(gateway));
        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.TooManyRequests, ProblemCodes.RateLimited);
        Assert.Equal(2, query.Requests.Count);
    }

    [Fact]
    public async Task A_client_that_waits_as_told_is_served_again()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query), OneRead, NoReadBurst);
        await StatusOfReadAsync(gateway);
        await StatusOfReadAsync(gateway);
        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");

        // The framework refills its buckets ten times a second.
        var wait = response.Headers.RetryAfter!.Delta!.Value + TimeSpan.FromMilliseconds(200);
        await Task.Delay(wait, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, await StatusOfReadAsync(gateway));
    }

    [Fact]
    public async Task Writes_are_counted_by_subject()
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command), OneWrite, NoWriteBurst);

        Assert.Equal(HttpStatusCode.OK, await StatusOfWriteAsync(gateway, "one"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfWriteAsync(gateway, "one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusOfWriteAsync(gateway, "one"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfWriteAsync(gateway, "another"));
    }

    [Fact]
    public async Task Guessing_tokens_is_limited_too()
    {
        await using var gateway = await GatewayHost.StartAsync(OneWrite, NoWriteBurst);

        using var first = await gateway.Client.WriteAsync("/api/orders", token: "");
        using var second = await gateway.Client.WriteAsync("/api/orders", token: "abc");
        using var third = await gateway.Client.WriteAsync("/api/orders", token: "abc");

        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        await TemporaryProblemAssert.IsAsync(third, HttpStatusCode.TooManyRequests, ProblemCodes.RateLimited);
    }

    [Fact]
    public async Task A_limit_of_0_is_none()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(query), ("RateLimits:Reads:PermitsPerSecond", "0"), ("RateLimits:Reads:Burst", "0"));

        for (var read = 0; read < 20; read++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusOfReadAsync(gateway));
        }
    }

    [Fact]
    public async Task A_negative_limit_keeps_the_gateway_from_starting() =>
        await Assert.ThrowsAnyAsync<Exception>(
            () => GatewayHost.StartAsync(("RateLimits:Reads:PermitsPerSecond", "-1")));

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Addresses_of_one_subscriber_are_one_client(string first, string second, bool same) =>
        Assert.Equal(same, ClientAt(first) == ClientAt(second));

    private static RateLimitClient ClientAt(string address) => RateLimitClient.ByAddress(
        new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } });

    private static async Task<HttpStatusCode> StatusOfReadAsync(ServiceHost gateway)
    {
        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusOfWriteAsync(ServiceHost gateway, string subject)
    {
        using var response = await gateway.Client.WriteAsync("/api/orders", token: Tokens.Create(subject: subject));
        return response.StatusCode;
    }
}
