using FsCheck;
using FsCheck.Fluent;
using Inventory.Relay.Projection;

namespace Inventory.Tests.Relay.Projection;

public sealed class OffsetTrackerTests
{
    [Fact]
    public void What_is_stored_grows_and_never_passes_a_batch_that_is_open() =>
        Prop.ForAll(Orders().ToArbitrary(), order =>
        {
            var stored = new List<long>();
            var tracker = new OffsetTracker(stored.Add);
            var batches = order.Select((_, index) => tracker.Begin(next: (index + 1) * 10, DateTimeOffset.UnixEpoch)).ToArray();
            var isDone = new bool[order.Length];
            foreach (var index in order)
            {
                isDone[index] = true;
                tracker.Complete(batches[index]);
                var contiguous = isDone.TakeWhile(done => done).Count();
                Assert.Equal(contiguous == 0 ? null : contiguous * 10L, tracker.Next);
            }

            Assert.Equal(stored.Distinct().Order(), stored);
            Assert.Equal(order.Length == 0 ? null : order.Length * 10L, tracker.Next);
            Assert.Null(tracker.OldestTakenAt);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_stored_once_the_partition_was_let_go()
    {
        var stored = new List<long>();
        var tracker = new OffsetTracker(stored.Add);
        var batch = tracker.Begin(next: 5, DateTimeOffset.UnixEpoch);

        tracker.Close();
        tracker.Complete(batch);

        Assert.Empty(stored);
    }

    private static Gen<int[]> Orders() =>
        from count in Gen.Choose(0, 12)
        from order in Gen.Shuffle(Enumerable.Range(0, count))
        select order;
}
