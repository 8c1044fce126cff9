using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class InboundTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_receipt_creates_unknown_keys_and_adds_to_known_ones()
    {
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 5)));

        var inbound = await CommandApiHost.InboundAsync(
            _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(7, 3, 2), new QuantityLine(1, 1, 5)));

        Assert.Equal([(1L, 10), (7L, 2)], inbound.Lines.Select(line => (line.VendorItemId, line.StockCount)));
        Assert.Equal(3, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_repeated_receipt_gets_the_first_answer_and_adds_nothing()
    {
        var inboundId = Guid.NewGuid();
        using var first = await _api.ReceiveAsync(inboundId, new QuantityLine(1, 1, 5));
        using var again = await _api.ReceiveAsync(inboundId, new QuantityLine(1, 1, 5));

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await CommandApiHost.ProblemAsync(
            _api.ReceiveAsync(inboundId, new QuantityLine(2, 1, 5)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
        Assert.Equal(1, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM stock"));
    }

    [Fact]
    public async Task Concurrent_first_receipts_of_the_same_keys_all_count()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(index => _api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1 + (index % 3), 1, 1), new QuantityLine(4 - (index % 3), 2, 1), new QuantityLine(9, 9, 1))));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.Equal(48, await _api.Database.ScalarAsync<long>("SELECT sum(stock_count) FROM stock"));
    }

    [Fact]
    public async Task A_line_that_would_overflow_is_refused_and_the_others_are_received()
    {
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, int.MaxValue)));
        var inboundId = Guid.NewGuid();

        var inbound = await CommandApiHost.InboundAsync(
            _api.ReceiveAsync(inboundId, new QuantityLine(1, 1, 1), new QuantityLine(2, 1, 1)));
        using var again = await _api.ReceiveAsync(inboundId, new QuantityLine(2, 1, 1), new QuantityLine(1, 1, 1));

        Assert.Equal([(2L, 1)], inbound.Lines.Select(line => (line.VendorItemId, line.StockCount)));
        var refused = Assert.Single(inbound.Refused!);
        Assert.Equal((1L, 1, ProblemCodes.StockCountOverflow), (refused.VendorItemId, refused.Quantity, refused.Code));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(2, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_receipt_of_which_nothing_can_be_added_is_refused_and_may_be_sent_again()
    {
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, int.MaxValue)));
        var inboundId = Guid.NewGuid();

        var problem = await CommandApiHost.ProblemAsync(
            _api.ReceiveAsync(inboundId, new QuantityLine(1, 1, 1)), HttpStatusCode.Conflict, ProblemCodes.StockCountOverflow);
        await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 5));
        var inbound = await CommandApiHost.InboundAsync(_api.ReceiveAsync(inboundId, new QuantityLine(1, 1, 1)));

        Assert.Equal(1, problem.GetProperty("refused").GetArrayLength());
        Assert.Equal(int.MaxValue - 4, inbound.Lines[0].StockCount);
    }

    [Fact]
    public async Task A_thousand_lines_are_received_and_one_more_is_refused()
    {
        var lines = Enumerable.Range(1, 1001).Select(item => new QuantityLine(item, 1, 1)).ToArray();

        await CommandApiHost.ProblemAsync(
            _api.ReceiveAsync(Guid.NewGuid(), lines), HttpStatusCode.BadRequest, ProblemCodes.LineCountOutOfRange);
        var inbound = await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), lines[..1000]));

        Assert.Equal(1000, inbound.Lines.Count);
    }
}
