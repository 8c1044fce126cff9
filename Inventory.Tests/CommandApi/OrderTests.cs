using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class OrderTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 5), new QuantityLine(2, 2, 5)));
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task An_order_takes_its_stock_and_answers_with_the_new_version_of_every_key()
    {
        var orderId = Guid.NewGuid();

        var order = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(orderId, new QuantityLine(2, 2, 1), new QuantityLine(1, 1, 3)), HttpStatusCode.Created);

        Assert.Equal((orderId, OrderStatus.Placed), (order.OrderId, order.Status));
        Assert.Equal([(1L, 7), (2L, 4)], order.Lines.Select(line => (line.VendorItemId, line.StockCount)));
        foreach (var line in order.Lines)
        {
            Assert.Equal(line.Version, await _api.Database.ScalarAsync<long>(
                "SELECT version FROM stock WHERE (vendor_item_id, fulfillment_center_id, stock_count) = ($1, $2, $3)",
                line.VendorItemId, line.FulfillmentCenterId, line.StockCount));
            Assert.Equal(1, await _api.Database.ScalarAsync<long>(
                "SELECT count(*) FROM outbox WHERE (cause_id, vendor_item_id, stock_count, version) = ($1, $2, $3, $4)",
                orderId, line.VendorItemId, line.StockCount, line.Version));
        }
    }

    [Fact]
    public async Task Versions_are_about_microseconds_and_grow_with_every_change()
    {
        var first = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)), HttpStatusCode.Created);
        var second = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)), HttpStatusCode.Created);

        Assert.True(second.Lines[0].Version > first.Lines[0].Version);
        var age = DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch.AddMicroseconds(first.Lines[0].Version);
        Assert.InRange(age, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_version_grows_even_when_the_clock_lags_behind_it()
    {
        const long Future = 4_000_000_000_000_000;
        await _api.Database.ExecuteAsync($"UPDATE stock SET version = {Future} WHERE vendor_item_id = 1");

        var order = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)), HttpStatusCode.Created);

        Assert.Equal(Future + 1, order.Lines[0].Version);
    }

    [Fact]
    public async Task All_lines_or_none_are_taken()
    {
        var problem = await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1), new QuantityLine(2, 1, 6)),
            HttpStatusCode.Conflict,
            ProblemCodes.NotEnoughStock);

        var shortage = Assert.Single(problem.GetProperty("shortages").EnumerateArray());
        Assert.Equal(2, shortage.GetProperty("vendorItemId").GetInt64());
        Assert.Equal(6, shortage.GetProperty("requested").GetInt32());
        Assert.Equal(5, shortage.GetProperty("available").GetInt32());
        Assert.Equal(10, await StockAsync(1, 1));
    }

    [Fact]
    public async Task An_unknown_key_is_named()
    {
        var problem = await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1), new QuantityLine(9, 9, 1)),
            HttpStatusCode.NotFound,
            ProblemCodes.StockKeyNotFound);

        Assert.Equal(9, problem.GetProperty("unknownKeys")[0].GetProperty("vendorItemId").GetInt64());
        Assert.Equal(10, await StockAsync(1, 1));
    }

    [Fact]
    public async Task A_repeated_order_gets_the_first_answer_word_for_word_and_takes_nothing()
    {
        var orderId = Guid.NewGuid();
        using var first = await _api.PlaceAsync(orderId, new QuantityLine(1, 1, 2), new QuantityLine(2, 1, 1));
        await _api.CancelAsync(orderId);
        using var again = await _api.PlaceAsync(orderId, new QuantityLine(2, 1, 1), new QuantityLine(1, 1, 2));

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await TextAsync(first), await TextAsync(again));
        Assert.Equal($"orders/{orderId}", again.Headers.Location?.OriginalString);
        Assert.Equal(10, await StockAsync(1, 1));
    }

    [Fact]
    public async Task A_rejected_order_stays_rejected_though_stock_has_come_since()
    {
        var orderId = Guid.NewGuid();
        using var first = await _api.PlaceAsync(orderId, new QuantityLine(1, 1, 11));
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));
        using var again = await _api.PlaceAsync(orderId, new QuantityLine(1, 1, 11));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(await TextAsync(first), await TextAsync(again));
        Assert.Equal(110, await StockAsync(1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task Of_concurrent_duplicates_one_is_executed_and_all_get_its_answer(long vendorItemId)
    {
        var orderId = Guid.NewGuid();

        var responses = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => _api.PlaceAsync(orderId, new QuantityLine(vendorItemId, 1, 1))));

        var answers = await Task.WhenAll(responses.Select(TextAsync));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Single(responses.Select(response => response.StatusCode).Distinct());
        Assert.Equal(9, await StockAsync(1, 1) - (vendorItemId == 1 ? 0 : 1));
    }

    [Fact]
    public async Task An_id_with_another_body_is_a_conflict_and_takes_nothing()
    {
        var orderId = Guid.NewGuid();
        await CommandApiHost.OrderAsync(_api.PlaceAsync(orderId, new QuantityLine(1, 1, 2)), HttpStatusCode.Created);

        await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(orderId, new QuantityLine(1, 1, 3)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);

        Assert.Equal(8, await StockAsync(1, 1));
    }

    [Fact]
    public async Task Concurrent_orders_of_one_id_with_different_keys_end_in_one_order()
    {
        var orderId = Guid.NewGuid();

        var responses = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(index => _api.PlaceAsync(orderId, new QuantityLine(2, 1 + (index % 2), 1))));

        Assert.Equal(
            [(HttpStatusCode.Created, 5), (HttpStatusCode.UnprocessableEntity, 5)],
            responses.GroupBy(response => response.StatusCode).Select(group => (group.Key, group.Count())).Order());
        Assert.Equal(9, await StockAsync(2, 1) + await StockAsync(2, 2));
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back_once()
    {
        var orderId = Guid.NewGuid();
        var placed = await CommandApiHost.OrderAsync(
            _api.PlaceAsync(orderId, new QuantityLine(1, 1, 4)), HttpStatusCode.Created);

        var cancelled = await CommandApiHost.OrderAsync(_api.CancelAsync(orderId), HttpStatusCode.OK);
        await CommandApiHost.ProblemAsync(
            _api.CancelAsync(orderId), HttpStatusCode.Conflict, ProblemCodes.OrderAlreadyCancelled);

        Assert.Equal(OrderStatus.Cancelled, cancelled.Status);
        Assert.Equal(10, Assert.Single(cancelled.Lines).StockCount);
        Assert.True(cancelled.Lines[0].Version > placed.Lines[0].Version);
        Assert.Equal(10, await StockAsync(1, 1));
    }

    [Fact]
    public async Task Of_concurrent_cancellations_one_wins()
    {
        var orderId = Guid.NewGuid();
        await CommandApiHost.OrderAsync(_api.PlaceAsync(orderId, new QuantityLine(1, 1, 4)), HttpStatusCode.Created);

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _api.CancelAsync(orderId)));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, responses.Count(response => response.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(10, await StockAsync(1, 1));
    }

    [Fact]
    public async Task What_took_no_stock_cannot_be_cancelled()
    {
        var rejected = Guid.NewGuid();
        await CommandApiHost.ProblemAsync(
            _api.PlaceAsync(rejected, new QuantityLine(1, 1, 99)), HttpStatusCode.Conflict, ProblemCodes.NotEnoughStock);

        await CommandApiHost.ProblemAsync(
            _api.CancelAsync(rejected), HttpStatusCode.Conflict, ProblemCodes.OrderWasRejected);
        await CommandApiHost.ProblemAsync(
            _api.CancelAsync(Guid.NewGuid()), HttpStatusCode.NotFound, ProblemCodes.OrderNotFound);
    }

    [Fact]
    public async Task An_order_can_be_read_at_every_stage()
    {
        var (placed, rejected) = (Guid.NewGuid(), Guid.NewGuid());
        await _api.PlaceAsync(placed, new QuantityLine(1, 1, 1));
        await _api.PlaceAsync(rejected, new QuantityLine(1, 1, 99));

        Assert.Equal(OrderStatus.Placed, (await FoundAsync(placed)).Status);
        Assert.Equal(OrderStatus.Rejected, (await FoundAsync(rejected)).Status);
        await _api.CancelAsync(placed);
        var cancelled = await FoundAsync(placed);
        Assert.Equal(OrderStatus.Cancelled, cancelled.Status);
        Assert.NotNull(cancelled.CancelledAt);
        await CommandApiHost.ProblemAsync(
            _api.FindAsync(Guid.NewGuid().ToString()), HttpStatusCode.NotFound, ProblemCodes.OrderNotFound);
        await CommandApiHost.ProblemAsync(_api.FindAsync("42"), HttpStatusCode.BadRequest, ProblemCodes.InvalidId);
    }

    private Task<OrderAnswer> FoundAsync(Guid orderId) =>
        CommandApiHost.OrderAsync(_api.FindAsync(orderId.ToString()), HttpStatusCode.OK);

    private Task<int> StockAsync(long vendorItemId, int fulfillmentCenterId) => _api.Database.ScalarAsync<int>(
        "SELECT stock_count FROM stock WHERE (vendor_item_id, fulfillment_center_id) = ($1, $2)",
        vendorItemId, fulfillmentCenterId);

    private static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
