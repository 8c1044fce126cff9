using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Verification;

namespace Inventory.Tests.Tools.Verification;

public sealed class StockSnapshotTests
{
    [Fact]
    public void It_finds_every_row_that_was_added_and_no_other()
    {
        var keys = Gen.ListOf(from item in Gen.Choose(1, 30) from center in Gen.Choose(1, 4) select new StockKey(item, center));

        Prop.ForAll(keys.ToArbitrary(), list =>
        {
            var rows = list.Distinct().Order().ToArray();
            var snapshot = new StockSnapshot(capacity: 0);
            Array.ForEach(rows, key => snapshot.Add(key, LevelOf(key)));
            return snapshot.Count == rows.Length
                && rows.All(key => snapshot.KeyAt(snapshot.Find(key)) == key && snapshot.Holds(snapshot.Find(key), LevelOf(key)))
                && snapshot.Find(new StockKey(31, 1)) < 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Only_what_milliseconds_cannot_tell_apart_is_equal()
    {
        var key = new StockKey(1, 1);
        var level = LevelOf(key);
        var snapshot = new StockSnapshot(1);
        snapshot.Add(key, level);

        Assert.True(snapshot.Holds(0, level with { UpdatedAt = level.UpdatedAt.AddMicroseconds(-level.UpdatedAt.Microsecond) }));
        Assert.False(snapshot.Holds(0, level with { UpdatedAt = level.UpdatedAt.AddMilliseconds(1) }));
        Assert.False(snapshot.Holds(0, level with { StockCount = level.StockCount + 1 }));
        Assert.False(snapshot.Holds(0, level with { Version = level.Version + 1 }));
    }

    [Fact]
    public void Rows_that_do_not_come_by_key_are_a_mistake()
    {
        var snapshot = new StockSnapshot(2);
        snapshot.Add(new StockKey(2, 1), default);

        Assert.Throws<InvalidOperationException>(() => snapshot.Add(new StockKey(1, 9), default));
    }

    private static StockLevel LevelOf(StockKey key) => TwoStores.LevelOf(key);
}
