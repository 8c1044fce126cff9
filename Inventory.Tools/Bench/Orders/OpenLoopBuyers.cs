using System.Net.Http.Headers;
using System.Net.Http.Json;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Tools.Load;

namespace Inventory.Tools.Bench.Orders;

/// <summary>
/// Buyers who come at a fixed rate, whatever became of those before them; each one's wait counts from the moment it was
/// due.
/// </summary>
/// <param name="orders">Where orders go.</param>
/// <param name="token">For the Authorization header.</param>
/// <param name="items">Each buys one piece of one of so many, at random.</param>
/// <param name="rate">Orders a second.</param>
/// <param name="time">The clock.</param>
internal sealed class OpenLoopBuyers(Uri orders, string token, int items, int rate, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly LatencyHistogram _latencies = new();

    /// <exception cref="ToolException">An order was not accepted.</exception>
    public async Task<LatencyHistogram> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false };
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var total = (long)(rate * duration.TotalSeconds);
        var answers = new List<Task>((int)total);
        var start = time.GetTimestamp();
        for (var sent = 0L; sent < total;)
        {
            var due = Math.Min(total, (long)(time.GetElapsedTime(start).TotalSeconds * rate) + 1);
            for (; sent < due; sent++)
            {
                answers.Add(BuyAsync(client, start, TimeSpan.FromSeconds((double)sent / rate), cancellationToken));
            }

            await Task.Delay(Tick, time, cancellationToken);
        }

        await Task.WhenAll(answers);
        return _latencies;
    }

    private async Task BuyAsync(HttpClient client, long start, TimeSpan dueAt, CancellationToken cancellationToken)
    {
        var order = new PlaceOrderRequest(Guid.NewGuid(), [new QuantityLine(Random.Shared.Next(1, items + 1), 1, 1)]);
        using var response = await client.PostAsJsonAsync(
            orders, order, ApiJson.Default.PlaceOrderRequest, cancellationToken);
        _latencies.Add(time.GetElapsedTime(start) - dueAt);
        if (!response.IsSuccessStatusCode)
        {
            throw new ToolException($"{orders} answered {(int)response.StatusCode}.");
        }
    }
}
