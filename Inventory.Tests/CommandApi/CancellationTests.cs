using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Cancelling an order in several steps.</summary>
public sealed class CancellationTests(RealServers servers) : IAsyncLifetime
{
    private readonly Guid _order = Guid.NewGuid();
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 10)));
        await CommandApiHost.OrderAsync(
            _api.PlaceAsync(_order, new QuantityLine(1, 1, 4), new QuantityLine(2, 1, 2)), HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Some_pieces_of_a_line_can_be_given_back_and_the_rest_later()
    {
        var partly = await CommandApiHost.OrderAsync(CancelAsync(null, new QuantityLine(1, 1, 3)), HttpStatusCode.OK);
        var read = await CommandApiHost.OrderAsync(_api.FindAsync(_order.ToString()), HttpStatusCode.OK);
        var wholly = await CommandApiHost.OrderAsync(_api.CancelAsync(_order), HttpStatusCode.OK);

        Assert.Equal((OrderStatus.Placed, null), (partly.Status, partly.CancelledAt));
        Assert.Equal([(3, 9), (0, 8)], partly.Lines.Select(line => (line.CancelledQuantity, line.StockCount)));
        Assert.Equal(partly.Lines, read.Lines);
        Assert.Equal(OrderStatus.Cancelled, wholly.Status);
        Assert.Equal([(4, 10), (2, 10)], wholly.Lines.Select(line => (line.CancelledQuantity, line.StockCount)));
        Assert.Equal((10, 10), (await _api.StockAsync(1), await _api.StockAsync(2)));
    }

    [Fact]
    public async Task Giving_back_every_line_cancels_the_order()
    {
        await CommandApiHost.OrderAsync(CancelAsync(null, new QuantityLine(2, 1, 2)), HttpStatusCode.OK);
        var cancelled = await CommandApiHost.OrderAsync(CancelAsync(null, new QuantityLine(1, 1, 4)), HttpStatusCode.OK);

        Assert.Equal(OrderStatus.Cancelled, cancelled.Status);
        await CommandApiHost.ProblemAsync(
            _api.CancelAsync(_order), HttpStatusCode.Conflict, ProblemCodes.OrderAlreadyCancelled);
    }

    [Fact]
    public async Task No_more_is_given_back_than_the_order_has()
    {
        await CommandApiHost.OrderAsync(CancelAsync(null, new QuantityLine(1, 1, 3)), HttpStatusCode.OK);

        foreach (var line in (QuantityLine[])[new(1, 1, 2), new(3, 1, 1)])
        {
            var problem = await CommandApiHost.ProblemAsync(
                CancelAsync(null, line, new QuantityLine(2, 1, 1)),
                HttpStatusCode.Conflict,
                ProblemCodes.CancellationExceedsOrder);
            Assert.Equal(line.VendorItemId, problem.GetProperty("exceeding")[0].GetProperty("vendorItemId").GetInt64());
        }

        Assert.Equal((9, 8), (await _api.StockAsync(1), await _api.StockAsync(2)));
    }

    [Fact]
    public async Task A_repeated_cancellation_gets_the_first_answer_and_gives_nothing_back()
    {
        var id = Guid.NewGuid();
        using var first = await CancelAsync(id, new QuantityLine(1, 1, 1));
        await CommandApiHost.OrderAsync(CancelAsync(null, new QuantityLine(1, 1, 1)), HttpStatusCode.OK);
        using var again = await CancelAsync(id, new QuantityLine(1, 1, 1));

        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await CommandApiHost.ProblemAsync(
            CancelAsync(id, new QuantityLine(1, 1, 2)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
        Assert.Equal(8, await _api.StockAsync(1));
    }

    [Fact]
    public async Task Concurrent_cancellations_by_line_give_each_piece_back_once()
    {
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 7).Select(_ => CancelAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1))));

        Assert.Equal(4, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, responses.Count(response => response.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(10, await _api.StockAsync(1));
    }

    private Task<HttpResponseMessage> CancelAsync(Guid? cancellationId, params QuantityLine[] lines) =>
        CommandApiHost.CancelAsync(_api.Clients[0], _order, cancellationId, lines);
}
