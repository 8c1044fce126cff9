using Inventory.Contracts.Orders;
using Inventory.Tools.Replay.Planning;
using Inventory.Tools.Replay.Playing;

namespace Inventory.Tests.Tools.Replay.Playing;

public sealed class StepLanesTests
{
    [Fact]
    public async Task Never_more_steps_run_than_there_are_lanes()
    {
        var lanes = new StepLanes(3);
        var running = 0;
        var most = 0;
        for (var item = 1; item <= 40; item++)
        {
            await lanes.StartAsync(Order(item), async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(1, TestContext.Current.CancellationToken);
                Interlocked.Decrement(ref running);
            });
        }

        await lanes.FinishAsync();

        Assert.Equal(0, running);
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task A_credit_starts_after_the_orders_of_its_keys_and_later_orders_after_it()
    {
        var lanes = new StepLanes(8);
        var order = new TaskCompletionSource();
        var credit = new TaskCompletionSource();
        var started = new List<string>();

        await lanes.StartAsync(Order(1), () => Start("order", order.Task));
        await lanes.StartAsync(Order(1), () => Start("order alongside", Task.CompletedTask));
        await lanes.StartAsync(Credit(2), () => Start("credit of another key", Task.CompletedTask));
        var second = lanes.StartAsync(Credit(1), () => Start("credit", credit.Task));
        Assert.False(second.IsCompleted);
        order.SetResult();
        await second;
        var third = lanes.StartAsync(Order(1), () => Start("order after", Task.CompletedTask));
        Assert.False(third.IsCompleted);
        credit.SetResult();
        await third;
        await lanes.FinishAsync();

        Assert.Equal(["order", "order alongside", "credit of another key", "credit", "order after"], started);

        Task Start(string name, Task until)
        {
            started.Add(name);
            return until;
        }
    }

    [Fact]
    public async Task What_goes_wrong_in_a_lane_is_not_lost()
    {
        var lanes = new StepLanes(1);
        await lanes.StartAsync(Order(1), () => Task.FromException(new InvalidOperationException("broken")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => lanes.StartAsync(Order(2), () => Task.CompletedTask));
    }

    private static OrderStep Order(long item) => new("1", Guid.NewGuid(), [new QuantityLine(item, 1, 1)]);

    private static CreditStep Credit(long item) => new("C1", [new QuantityLine(item, 1, 1)], [], []);
}
