using System.Diagnostics;
using System.Threading.Channels;
using Inventory.CommandApi.Telemetry;

namespace Inventory.CommandApi.Orders.Grouping;

/// <summary>
/// Commits the orders of some keys, a group after the other. A group is whatever arrived while the last one was being
/// committed, so an order never waits for company: alone it is committed at once, in a crowd it shares.
/// </summary>
internal sealed partial class OrderLane(
    OrderGroup group, OrderLanesOptions options, CommandTelemetry telemetry, TimeProvider time, ILogger logger)
{
    private readonly Channel<PendingOrder> _queue = Channel.CreateBounded<PendingOrder>(
        new BoundedChannelOptions(options.QueueLength) { SingleReader = true });

    /// <exception cref="OverloadedException">The queue is full, or the lane is closed.</exception>
    public void Enqueue(PendingOrder order)
    {
        if (!_queue.Writer.TryWrite(order))
        {
            throw new OverloadedException();
        }
    }

    /// <summary>Takes no more orders; <see cref="RunAsync"/> ends when those that wait are answered.</summary>
    public void Close() => _queue.Writer.TryComplete();

    public async Task RunAsync()
    {
        var gathered = new List<PendingOrder>(options.MaximumGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (gathered.Count < options.MaximumGroup && _queue.Reader.TryRead(out var order))
            {
                if (time.GetElapsedTime(order.ArrivedAt) > options.MaximumWait)
                {
                    order.Fail(new OverloadedException());
                }
                else
                {
                    gathered.Add(order);
                }
            }

            await CommitAsync(gathered);
            gathered.Clear();
        }
    }

    private async Task CommitAsync(List<PendingOrder> orders)
    {
        if (orders.Count == 0)
        {
            return;
        }

        using var activity = telemetry.StartGroup(orders);
        if (orders.Count == 1)
        {
            await CommitAloneAsync(orders[0]);
            return;
        }

        try
        {
            await CommitTogetherAsync(orders);
        }
        catch (Exception exception)
        {
            // One order may be to blame: apart, it fails alone. What failed was rolled back, or is found by its id.
            LogSplit(exception, orders.Count);
            foreach (var order in orders)
            {
                await CommitAloneAsync(order);
            }
        }
    }

    private async Task CommitTogetherAsync(List<PendingOrder> orders)
    {
        var answers = await group.CommitAsync(orders, CancellationToken.None);
        foreach (var order in orders)
        {
            order.Complete(answers[order.OrderId]);
        }
    }

    private async Task CommitAloneAsync(PendingOrder order)
    {
        try
        {
            try
            {
                await CommitTogetherAsync([order]);
            }
            catch (IdTakenException)
            {
                // Whoever took the id has committed by now: the second look finds the answer.
                await CommitTogetherAsync([order]);
            }
        }
        catch (Exception exception)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error);
            order.Fail(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A group of {Count} orders failed and is split.")]
    private partial void LogSplit(Exception exception, int count);
}
