using System.Diagnostics;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Api;

namespace Inventory.Tests.Tools.Api;

public sealed class GatewayClientTests : IAsyncLifetime
{
    internal static readonly RetryPolicy QuickRetries =
        new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10));

    private static readonly QuantityLine[] Lines = [new(1, 1, 5)];

    private UnrulyGateway _gateway = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await UnrulyGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Trouble_that_passes_is_not_noticed()
    {
        using var http = GatewayClient.CreateHttpClient(_gateway.Address, "token");
        var client = new GatewayClient(http, QuickRetries, TimeProvider.System);
        _gateway.Misbehave(
            Misbehaviour.RateLimitedBriefly, Misbehaviour.Unavailable, Misbehaviour.DropBefore, Misbehaviour.DropAfterwards);

        var reply = await client.ReceiveAsync(new ReceiveInboundRequest(Guid.NewGuid(), Lines), Cancellation);

        Assert.Equal(5, Assert.Single(reply.Answer!.Lines).StockCount);
        Assert.Equal(5, _gateway.Requests);
    }

    [Fact]
    public async Task A_server_that_says_when_to_come_back_is_obeyed()
    {
        using var http = GatewayClient.CreateHttpClient(_gateway.Address, "token");
        var client = new GatewayClient(http, QuickRetries, TimeProvider.System);
        _gateway.Misbehave(Misbehaviour.RateLimited);
        var watch = Stopwatch.StartNew();

        await client.ReceiveAsync(new ReceiveInboundRequest(Guid.NewGuid(), Lines), Cancellation);

        // Retry-After says one second; the clock of a timer and the watch may differ by a tick.
        Assert.True(watch.ElapsedMilliseconds >= 950, $"came back after {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_problem_that_will_not_pass_is_told_at_once()
    {
        using var http = GatewayClient.CreateHttpClient(_gateway.Address, "token");
        var client = new GatewayClient(http, QuickRetries, TimeProvider.System);

        var reply = await client.PlaceAsync(new PlaceOrderRequest(Guid.NewGuid(), Lines), Cancellation);

        Assert.Equal(new GatewayProblem(409, "NOT_ENOUGH_STOCK", "Sold out."), reply.Problem);
        Assert.Equal(1, _gateway.Requests);
    }

    [Fact]
    public async Task Patience_ends()
    {
        using var http = GatewayClient.CreateHttpClient(_gateway.Address, "token");
        var client = new GatewayClient(http, QuickRetries with { Patience = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        _gateway.MisbehaveEvery = 1;

        var reply = await client.PlaceAsync(new PlaceOrderRequest(Guid.NewGuid(), Lines), Cancellation);
        await _gateway.DisposeAsync();
        var later = await client.PlaceAsync(new PlaceOrderRequest(Guid.NewGuid(), Lines), Cancellation);

        Assert.True(reply.Problem!.GaveUp);
        Assert.True(later.Problem is { GaveUp: true, Status: 0, Code: GatewayProblem.ConnectionFailed });
    }

    [Fact]
    public async Task Answers_that_are_no_problem_documents_are_told_too()
    {
        using var http = GatewayClient.CreateHttpClient(new Uri(_gateway.Address, "elsewhere"), token: null);
        var client = new GatewayClient(http, QuickRetries, TimeProvider.System);

        var reply = await client.ReadOnceAsync(new StockKey(1, 1), minVersion: 0, Cancellation);

        Assert.Equal((404, GatewayProblem.NoCode), (reply.Problem!.Status, reply.Problem.Code));
    }

    [Fact]
    public void Delays_grow_to_a_bound_and_never_undercut_what_the_server_asked_for()
    {
        var policy = new RetryPolicy(TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

        Assert.All(Enumerable.Range(0, 100), attempt =>
        {
            var longest = Math.Min(100 * Math.Pow(2, attempt), 1_000);
            Assert.InRange(policy.DelayAfter(attempt, retryAfter: null).TotalMilliseconds, longest / 2, longest);
            Assert.InRange(policy.DelayAfter(attempt, TimeSpan.FromSeconds(3)).TotalMilliseconds, 3_000, 3_250);
        });
    }
}
