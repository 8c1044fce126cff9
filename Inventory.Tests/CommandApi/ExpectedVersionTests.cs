using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Orders that want the stock as their buyer saw it.</summary>
public sealed class ExpectedVersionTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;
    private long _version;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());
        var inbound = await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 10)));
        _version = inbound.Lines[0].Version;
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task An_order_is_placed_while_the_version_is_the_expected_one()
    {
        var order = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1, _version), new QuantityLine(2, 1, 1)),
            HttpStatusCode.Created);

        Assert.Equal(9, order.Lines[0].StockCount);
    }

    [Fact]
    public async Task An_order_that_expects_an_older_version_is_refused_whole_and_told_the_present_one()
    {
        var other = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)), HttpStatusCode.Created);
        var id = Guid.NewGuid();
        QuantityLine[] lines = [new(1, 1, 1, _version), new(2, 1, 1)];

        var problem = await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(id, lines), HttpStatusCode.Conflict, ProblemCodes.StaleVersion);
        var again = await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(id, lines), HttpStatusCode.Conflict, ProblemCodes.StaleVersion);

        var stale = Assert.Single(problem.GetProperty("staleVersions").EnumerateArray());
        Assert.Equal(_version, stale.GetProperty("expectedVersion").GetInt64());
        Assert.Equal(other.Lines[0].Version, stale.GetProperty("version").GetInt64());
        Assert.Equal(problem.GetRawText(), again.GetRawText());
        Assert.Equal((9, 10), (await _api.StockAsync(1), await _api.StockAsync(2)));
    }

    [Fact]
    public async Task Of_concurrent_orders_that_expect_the_same_version_one_is_placed()
    {
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1, _version))));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(9, await _api.StockAsync(1));
    }

    [Fact]
    public async Task The_same_order_without_the_expectation_is_another_body()
    {
        var id = Guid.NewGuid();
        await _api.PlaceAsync(id, new QuantityLine(1, 1, 1, _version));

        await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(id, new QuantityLine(1, 1, 1)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
    }

    [Fact]
    public async Task An_inbound_expects_no_version() =>
        await CommandApiHost.ProblemAsync(
            _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1, _version)),
            HttpStatusCode.BadRequest,
            ProblemCodes.InvalidVersion);
}
