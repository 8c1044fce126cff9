using System.Collections.Concurrent;
using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Tests.CommandApi;

namespace Inventory.Tests.Faults;

/// <summary>Buyers who go to one instance and then to the other, and repeat an order until it is answered.</summary>
internal sealed class CommandLoad
{
    public const int OpeningStock = 1_000_000;

    /// <summary>Of every order: one of the first item, one of one of the others.</summary>
    public const int Lines = 2;

    private const int Buyers = 12;
    private const int Items = 4;

    private readonly PersistentClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Guid> _acknowledged = [];
    private readonly Task _buying;

    private CommandLoad(PersistentClient client)
    {
        _client = client;
        _buying = Task.WhenAll(Enumerable.Range(0, Buyers).Select(buyer => Task.Run(() => BuyAsync(buyer))));
    }

    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    public static async Task<CommandLoad> StartAsync(IReadOnlyList<HttpClient> instances)
    {
        QuantityLine[] opening = [.. Enumerable.Range(1, Items).Select(item => new QuantityLine(item, 1, OpeningStock))];
        await CommandApiHost.InboundAsync(CommandApiHost.ReceiveAsync(instances[0], Guid.NewGuid(), opening));
        return new CommandLoad(new PersistentClient(instances));
    }

    /// <summary>Waits until so many more orders were acknowledged.</summary>
    public async Task MoreAsync(int orders)
    {
        var goal = _acknowledged.Count + orders;
        for (var attempt = 0; _acknowledged.Count < goal; attempt++)
        {
            Assert.False(_buying.IsFaulted, _buying.Exception?.ToString());
            Assert.True(attempt < 1200, $"Only {_acknowledged.Count} orders were acknowledged within a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _buying;
        _stop.Dispose();
    }

    private async Task BuyAsync(int buyer)
    {
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            var id = Guid.NewGuid();
            var other = 2 + ((buyer + turn) % (Items - 1));
            var (status, body) = await _client.SendAsync(instance => CommandApiHost.PlaceAsync(
                instance, id, new QuantityLine(1, 1, 1), new QuantityLine(other, 1, 1)));
            Assert.True(status == HttpStatusCode.Created, body);
            _acknowledged.Add(id);
        }
    }
}
