using Inventory.QueryApi.Caching;
using Microsoft.Extensions.Options;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>A Cassandra that fails or is slow does not take what is held down with it.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Bug_The_shortest_patience_is_kept_for_every_read_and_not_only_for_the_first()
    {
        using var rig = new CacheRig(("RefreshPatience", "00:00:00.001"));
        var options = Options.Create(new StockCacheOptions { RefreshPatience = TimeSpan.FromMilliseconds(1) });
        using var watch = new SlowReadWatch(rig.Reads, new CacheClock(rig.Time), options);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        for (var item = 1; item <= 3; item++)
        {
            var key = CacheRig.Key with { VendorItemId = item };
            await rig.HoldAsync(key, CacheRig.Level(5));
            rig.Time.PassMilliseconds(200);
            var find = rig.FindAsync(key);
            rig.Time.PassMilliseconds(2);

            var stock = await find.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

            Assert.Equal(5, stock.Version);
            rig.Source.Next();
        }
    }

    [Fact]
    public async Task After_a_failure_what_is_held_is_answered_as_long_as_it_may_be()
    {
        using var rig = new CacheRig(("StaleIfError", "00:00:10"));
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(9_000);

        var find = rig.FindAsync();
        rig.Source.Next().Fail(new TimeoutException());
        Assert.Equal(5, (await find).Version);

        rig.Time.PassMilliseconds(1_001);
        var tooLate = rig.FindAsync();
        rig.Source.Next().Fail(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => tooLate);
    }

    [Fact]
    public async Task Right_after_a_failure_a_held_key_is_not_read_again()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(200);
        var find = rig.FindAsync();
        rig.Source.Next().Fail(new TimeoutException());
        await find;

        for (var request = 0; request < 100; request++)
        {
            Assert.Equal(5, (await rig.FindAsync()).Version);
        }

        Assert.Equal(2, rig.Source.Started);
        rig.Time.PassMilliseconds(101);
        var again = rig.FindAsync();
        rig.Source.Next().Succeed(CacheRig.Level(6));
        Assert.Equal(6, (await again).Version);
    }

    [Fact]
    public async Task A_read_that_takes_too_long_lets_those_who_wait_go_with_what_is_held()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(200);
        var finds = Enumerable.Range(0, 10).Select(_ => rig.FindAsync()).ToArray();
        rig.Reads.ReleaseImpatient();
        Assert.DoesNotContain(finds, find => find.IsCompleted);

        rig.Time.PassMilliseconds(51);
        rig.Reads.ReleaseImpatient();

        Assert.All(await Task.WhenAll(finds), stock => Assert.Equal(5, stock.Version));
        Assert.Equal(5, (await rig.FindAsync()).Version);
        Assert.Equal(2, rig.Source.Started);
        rig.Source.Next().Succeed(CacheRig.Level(6));
        Assert.Equal(6, (await rig.FindAsync()).Version);
    }

    [Fact]
    public async Task Whoever_wants_a_fresh_answer_waits_for_it_however_long_it_takes()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(1);
        var fresh = rig.Reader.FindFreshAsync(CacheRig.Key).AsTask();
        rig.Time.PassMilliseconds(500);
        rig.Reads.ReleaseImpatient();
        Assert.False(fresh.IsCompleted);

        rig.Source.Next().Succeed(CacheRig.Level(6));
        Assert.Equal(6, (await fresh).Version);
    }

    [Fact]
    public async Task When_as_much_is_read_as_may_be_one_more_is_refused_at_once_and_held_keys_are_answered()
    {
        using var rig = new CacheRig(("MaxReadsInFlight", "2"));
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(200);
        var slow = new[] { rig.FindAsync(new(8, 1)), rig.FindAsync(new(8, 2)) };

        await Assert.ThrowsAsync<ReadRefusedException>(() => rig.FindAsync(new(8, 3)));
        await Assert.ThrowsAsync<ReadRefusedException>(
            () => rig.Reader.ReadItemAsync(8, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(5, (await rig.FindAsync()).Version);

        rig.Source.Next().Succeed(level: null);
        rig.Source.Next().Succeed(level: null);
        await Task.WhenAll(slow);
        Assert.Equal(0, rig.Reads.InFlight.Taken);
    }

    [Fact]
    public async Task When_as_many_requests_wait_as_may_one_more_is_refused_at_once()
    {
        using var rig = new CacheRig(("MaxRequestsWaiting", "2"));
        var waiting = new[] { rig.FindAsync(), rig.FindAsync() };

        await Assert.ThrowsAsync<ReadRefusedException>(() => rig.FindAsync());

        rig.Source.Next().Succeed(CacheRig.Level(5));
        await Task.WhenAll(waiting);
        Assert.Equal(5, (await rig.FindAsync()).Version);
    }
}
