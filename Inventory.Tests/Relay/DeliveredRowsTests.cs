using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Events;
using Inventory.Relay.Publishing;

namespace Inventory.Tests.Relay;

public sealed class DeliveredRowsTests
{
    [Fact]
    public void Of_every_key_the_rows_before_its_first_failure_are_done_and_no_others() =>
        Prop.ForAll(Batches().ToArbitrary(), batch =>
        {
            var rows = batch.Select((sent, index) => Row(index, sent.Item)).ToArray();
            var done = DeliveredRows.Select(rows, [.. batch.Select(sent => sent.IsDelivered)]).ToHashSet();
            return rows.Index().GroupBy(row => row.Item.Change.ToKey()).All(key =>
            {
                var before = key.TakeWhile(row => batch[row.Index].IsDelivered).ToList();
                return key.Where(row => done.Contains(row.Item)).SequenceEqual(before);
            });
        }).QuickCheckThrowOnFailure();

    private static Gen<(long Item, bool IsDelivered)[]> Batches() =>
        (from item in Gen.Choose(1, 4)
         from isDelivered in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
         select ((long)item, isDelivered)).ArrayOf();

    private static OutboxRow Row(long id, long item) => new(
        Partition: 0,
        id,
        new StockChanged(item, 1, 1, id + 1, DateTimeOffset.UnixEpoch, new(StockChangeCauses.OrderPlaced, Guid.Empty)),
        TraceParent: null);
}
