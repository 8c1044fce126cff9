using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Tests.EndToEnd;

namespace Inventory.Tests.Faults;

/// <summary>
/// Buyers at the gateway. Each repeats an order under its id until it is answered, however long the system is broken, so
/// that what was sold is known exactly.
/// </summary>
internal sealed class OrderLoad : IAsyncDisposable
{
    private const int Buyers = 6;
    private const int OpeningStock = 1_000_000;

    private readonly RunningSystem _system;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly ConcurrentDictionary<StockKey, (int StockCount, long Version)> _newest = new();
    private readonly ConcurrentDictionary<StockKey, int> _sold = new();
    private readonly Task _buying;
    private int _accepted;

    private OrderLoad(RunningSystem system, IReadOnlyList<StockKey> keys)
    {
        _system = system;
        Keys = keys;
        _buying = Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => Task.Run(BuyAsync)));
    }

    public IReadOnlyList<StockKey> Keys { get; }

    public int Accepted => _accepted;

    /// <summary>Receives stock of new items and begins to buy it.</summary>
    public static async Task<OrderLoad> StartAsync(RunningSystem system)
    {
        StockKey[] keys = [.. Enumerable.Range(0, 5).Select(_ => new StockKey(system.NewItem(), 1))];
        await system.ReceiveAsync([.. keys.Select(key => new QuantityLine(key.VendorItemId, 1, OpeningStock))]);
        return new OrderLoad(system, keys);
    }

    /// <summary>Waits until so many more orders were accepted.</summary>
    public async Task MoreAsync(int orders)
    {
        var goal = _accepted + orders;
        for (var attempt = 0; _accepted < goal; attempt++)
        {
            Assert.True(attempt < 1200, $"Only {_accepted} orders were accepted within a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _buying;
    }

    /// <summary>What must be readable in the end.</summary>
    public IEnumerable<(StockKey Key, int StockCount, long Version)> Expected => Keys
        .Select(key => (key, OpeningStock - _sold.GetValueOrDefault(key), _newest[key].Version));

    /// <summary>After a failure, which is what the test is to tell: nobody waits for answers any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _abandon.CancelAsync();
        await _buying.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
        _abandon.Dispose();
    }

    private async Task BuyAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var keys = Random.Shared.GetItems(Keys.ToArray(), 2).Distinct();
            var order = new PlaceOrderRequest(
                Guid.NewGuid(), [.. keys.Select(key => new QuantityLine(key.VendorItemId, key.FulfillmentCenterId, 1))]);
            Count(await PlaceAsync(order));
        }
    }

    private async Task<OrderAnswer> PlaceAsync(PlaceOrderRequest order)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var response = await _system.SendAsync(
                    HttpMethod.Post, "/api/orders", JsonContent.Create(order, ApiJson.Default.PlaceOrderRequest));
                if (response.StatusCode == HttpStatusCode.Created)
                {
                    return (await response.Content.ReadFromJsonAsync(ApiJson.Default.OrderAnswer))!;
                }

                Assert.Contains(
                    response.StatusCode,
                    (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]);
            }
            catch (HttpRequestException)
            {
                // The gateway itself is being broken.
            }

            await Task.Delay(100, _abandon.Token);
        }

        throw new TimeoutException($"Order {order.OrderId} was not answered within a minute.");
    }

    private void Count(OrderAnswer order)
    {
        foreach (var line in order.Lines)
        {
            _sold.AddOrUpdate(line.ToKey(), line.Quantity, (_, sold) => sold + line.Quantity);
            _newest.AddOrUpdate(
                line.ToKey(),
                (line.StockCount, line.Version),
                (_, newest) => newest.Version > line.Version ? newest : (line.StockCount, line.Version));
        }

        Interlocked.Increment(ref _accepted);
    }
}
