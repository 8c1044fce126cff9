using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Answers;
using Inventory.Tests.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Pushing;

/// <summary>What a change feed does to the keys that are held, on a time and a Cassandra of the test's.</summary>
public sealed class PushedStockTests
{
    private static readonly TimeSpan BeyondMaxStaleness = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_pushed_change_is_answered_without_a_read()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));

        Assert.True(rig.Push(CacheRig.Key, CacheRig.Level(6, count: 60)));

        Assert.Equal(60, (await rig.FindAsync()).StockCount);
        Assert.Equal(1, rig.Source.Started);
    }

    [Fact]
    public async Task Old_news_change_nothing_and_do_not_make_a_key_look_fresh()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.Pass(BeyondMaxStaleness);

        rig.Push(CacheRig.Key, CacheRig.Level(4));

        var find = rig.FindAsync();
        Assert.False(find.IsCompleted);
        rig.Source.Next().Succeed(CacheRig.Level(5));
        Assert.Equal(5, (await find).Version);
    }

    [Fact]
    public async Task A_key_that_is_neither_held_nor_being_read_takes_no_room()
    {
        using var rig = new CacheRig();

        Assert.False(rig.Push(CacheRig.Key, CacheRig.Level(6)));

        Assert.Equal(0, rig.Cache.Count);
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        Assert.Equal(5, (await rig.FindAsync()).Version);
    }

    [Fact]
    public async Task A_change_that_overtakes_the_read_of_its_key_is_not_lost()
    {
        using var rig = new CacheRig();
        var find = rig.FindAsync();

        Assert.True(rig.Push(CacheRig.Key, CacheRig.Level(6)));
        rig.Push(CacheRig.Key, CacheRig.Level(4));
        rig.Source.Next().Succeed(CacheRig.Level(5));

        Assert.Equal(6, (await find).Version);
        Assert.Equal(6, (await rig.FindAsync()).Version);
    }

    [Fact]
    public async Task Bug_Old_news_that_come_during_a_read_do_not_make_its_answer_look_fresher()
    {
        using var rig = new CacheRig();
        var find = rig.FindAsync();
        var begun = rig.Time.GetTimestamp();
        rig.Time.PassMilliseconds(1_500);
        rig.Push(CacheRig.Key, CacheRig.Level(4));

        rig.Source.Next().Succeed(CacheRig.Level(5));

        Assert.Equal(begun, (await find).CheckedAt);
    }

    [Fact]
    public async Task Bug_What_is_told_again_does_not_make_a_key_look_fresh()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.Pass(BeyondMaxStaleness);

        rig.Push(CacheRig.Key, CacheRig.Level(5));

        Assert.False(rig.FindAsync().IsCompleted);
    }

    [Fact]
    public async Task Bug_A_pushed_level_and_the_same_one_read_are_the_same_bytes()
    {
        var microseconds = DateTimeOffset.UnixEpoch.AddTicks(12_345_670);
        var milliseconds = DateTimeOffset.UnixEpoch.AddMilliseconds(1_234);
        using var pushed = new CacheRig();
        await pushed.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        pushed.Push(CacheRig.Key, new StockLevel(9, 6, microseconds));
        using var read = new CacheRig();
        await read.HoldAsync(CacheRig.Key, new StockLevel(9, 6, milliseconds));

        Assert.Equal(
            StockJson.Render(CacheRig.Key, await read.FindAsync()).Body,
            StockJson.Render(CacheRig.Key, await pushed.FindAsync()).Body);
    }

    [Fact]
    public async Task While_the_feed_covers_changes_a_held_key_is_not_read_again()
    {
        using var rig = new CacheRig(("PushedMaxStaleness", "00:00:10"));
        rig.Bound.Cover(rig.Time.GetTimestamp());
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));

        rig.Time.Pass(TimeSpan.FromSeconds(4));

        Assert.Equal(5, (await rig.FindAsync()).Version);
        Assert.Equal(1, rig.Source.Started);
    }

    [Fact]
    public async Task Even_then_a_key_is_read_again_before_the_bound_for_pushed_keys_has_passed()
    {
        using var rig = new CacheRig(("PushedMaxStaleness", "00:00:10"));
        rig.Bound.Cover(rig.Time.GetTimestamp());
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.Pass(TimeSpan.FromSeconds(6));

        Assert.Equal(5, (await rig.FindAsync()).Version);

        rig.Source.Next().Succeed(CacheRig.Level(7));
        Assert.Equal(7, (await rig.FindAsync()).Version);
    }

    [Fact]
    public async Task What_was_read_before_the_feed_caught_up_is_read_again()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.Pass(BeyondMaxStaleness);
        rig.Bound.Cover(rig.Time.GetTimestamp());

        Assert.False(rig.FindAsync().IsCompleted);
    }

    [Fact]
    public async Task When_the_feed_falls_behind_the_usual_bound_counts_at_once()
    {
        using var rig = new CacheRig();
        rig.Bound.Cover(rig.Time.GetTimestamp());
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.Pass(BeyondMaxStaleness);

        rig.Bound.Uncover();

        Assert.False(rig.FindAsync().IsCompleted);
    }

    [Fact]
    public void However_pushes_and_reads_interleave_a_key_never_goes_back_and_ends_at_the_newest() =>
        Prop.ForAll(
            Gen.Choose(1, 9).Select(version => (Version: version, IsPush: version % 2 == 0)).ArrayOf(12).ToArbitrary(),
            steps => RunAsync(steps).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    private static async Task RunAsync((int Version, bool IsPush)[] steps)
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(1));
        var newest = 1L;
        foreach (var (version, isPush) in steps)
        {
            rig.Time.PassMilliseconds(1);
            if (isPush)
            {
                rig.Push(CacheRig.Key, CacheRig.Level(version));
            }
            else
            {
                var read = rig.Reader.FindFreshAsync(CacheRig.Key);
                rig.Source.Next().Succeed(CacheRig.Level(version));
                await read;
            }

            newest = Math.Max(newest, version);
            Assert.Equal(newest, (await rig.FindAsync()).Version);
        }
    }
}
