using FsCheck;
using FsCheck.Fluent;
using Inventory.Relay.Projection;

namespace Inventory.Tests.Relay.Projection;

public sealed class NewestChangesTests
{
    [Fact]
    public void Of_every_key_the_newest_is_kept_with_the_others_behind_it_and_those_are_told_to_be_needless() =>
        Prop.ForAll(Batches().ToArbitrary(), batch =>
        {
            var newest = new NewestChanges(batch.Length);
            var needless = batch
                .Select((sent, offset) => newest.Add(new ReceivedChange(
                    Messages.Change(sent.Item, sent.Version), null, Messages.Of(sent.Item, sent.Version, offset))))
                .OfType<ReceivedChange>()
                .ToList();

            var expected = batch.GroupBy(sent => sent.Item).Select(key => (key.Key, key.Max(sent => sent.Version)));
            Assert.Equal(expected.Order(), newest.All.Select(kept => (kept.Change.VendorItemId, kept.Change.Version)).Order());
            foreach (var kept in newest.All)
            {
                var behind = new List<long>();
                for (var change = kept; change is not null; change = change.Older)
                {
                    behind.Add(change.Change.Version);
                }

                Assert.Equal(
                    batch.Where(sent => sent.Item == kept.Change.VendorItemId).Select(sent => sent.Version).OrderDescending(), behind);
            }

            Assert.Equal(
                Enumerable.Range(0, batch.Length).Select(offset => (long)offset),
                newest.All.Concat(needless).Select(each => each.Message.Result.Offset.Value).Order());
        }).QuickCheckThrowOnFailure();

    private static Gen<(long Item, long Version)[]> Batches() =>
        (from item in Gen.Choose(1, 4)
         from version in Gen.Choose(1, 9)
         select ((long)item, (long)version)).ArrayOf();
}
