using Inventory.Cassandra.Connections;

namespace Inventory.Tests.Cassandra.Connections;

public sealed class OperationStateTests
{
    [Fact]
    public void Only_the_first_finishes_a_life_and_nobody_an_earlier_one()
    {
        var state = default(OperationState);
        var first = state.Begin();
        Assert.True(state.TryFinish(first));
        Assert.False(state.TryFinish(first));
        Assert.False(state.TryTakeAfterFailure(first));
        Assert.False(state.TryAddAttempt(first));

        var second = state.Begin();
        Assert.NotEqual(first, second);
        Assert.False(state.TryFinish(first));
        Assert.False(state.TryTakeAfterFailure(first));
        Assert.True(state.TryFinish(second));
    }

    [Fact]
    public void A_failure_counts_when_no_other_attempt_is_under_way()
    {
        var state = default(OperationState);
        var generation = state.Begin();
        Assert.True(state.TryAddAttempt(generation));
        Assert.False(state.TryTakeAfterFailure(generation));
        Assert.True(state.TryTakeAfterFailure(generation));
        Assert.False(state.TryFinish(generation));

        state.Reopen();
        Assert.True(state.TryFinish(generation));
    }

    [Fact]
    public void Of_many_who_race_one_wins()
    {
        for (var round = 0; round < 2000; round++)
        {
            var holder = new Holder();
            var generation = holder.State.Begin();
            holder.State.TryAddAttempt(generation);
            var winners = 0;
            Parallel.For(0, 4, index =>
            {
                var won = index < 2 ? holder.State.TryFinish(generation) : holder.State.TryTakeAfterFailure(generation);
                Interlocked.Add(ref winners, won ? 1 : 0);
            });
            Assert.Equal(1, winners);
        }
    }

    private sealed class Holder
    {
        public OperationState State;
    }
}
