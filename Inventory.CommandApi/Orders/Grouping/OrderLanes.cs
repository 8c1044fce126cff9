using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Telemetry;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Options;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>
/// Spreads orders over lanes by their first key, so that the orders of a hot key meet in one lane and lock its row once a
/// group instead of once each. That is a matter of speed only: the row lock makes it right.
/// </summary>
internal sealed class OrderLanes : IHostedService
{
    private readonly OrderLane[] _lanes;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    public OrderLanes(
        OrderGroup group,
        IOptions<OrderLanesOptions> options,
        CommandTelemetry telemetry,
        TimeProvider time,
        ILogger<OrderLane> logger)
    {
        _time = time;
        _lanes = new OrderLane[options.Value.Lanes];
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new OrderLane(group, options.Value, telemetry, time, logger);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_lanes.Select(lane => Task.Run(lane.RunAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Answers every order that waits.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Close();
        }

        return _running.WaitAsync(cancellationToken);
    }

    /// <exception cref="OverloadedException">Too many orders wait already.</exception>
    public Task<StoredAnswer> PlaceAsync(
        Guid orderId, SortedLines lines, byte[] requestHash, CancellationToken cancellationToken)
    {
        var order = new PendingOrder(orderId, lines, requestHash, _time.GetTimestamp());
        LaneOf(lines.Keys[0]).Enqueue(order);

        // A client that goes away stops waiting; its order is decided all the same, and found by its id.
        return order.Answer.WaitAsync(cancellationToken);
    }

    private OrderLane LaneOf(StockKey key) => _lanes[(uint)key.GetHashCode() % (uint)_lanes.Length];
}
