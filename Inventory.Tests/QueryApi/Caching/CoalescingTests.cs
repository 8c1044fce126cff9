using Inventory.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>One read of a key at a time, however many ask.</summary>
public sealed class CoalescingTests
{
    [Fact]
    public async Task A_thousand_requests_for_a_key_that_is_not_held_are_one_read()
    {
        using var rig = new CacheRig();
        var finds = Enumerable.Range(0, 1_000).Select(_ => rig.FindAsync()).ToArray();

        rig.Source.Next().Succeed(CacheRig.Level(5));

        Assert.All(await Task.WhenAll(finds), stock => Assert.Equal(5, stock.Version));
        Assert.Equal(1, rig.Source.Started);
        Assert.Equal(0, rig.Reads.InFlight.Taken);
    }

    [Fact]
    public async Task When_a_key_that_is_held_grows_too_old_a_thousand_requests_are_one_read()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(101);
        var finds = Enumerable.Range(0, 1_000).Select(_ => rig.FindAsync()).ToArray();
        Assert.DoesNotContain(finds, find => find.IsCompleted);

        rig.Source.Next().Succeed(CacheRig.Level(6));

        Assert.All(await Task.WhenAll(finds), stock => Assert.Equal(6, stock.Version));
        Assert.Equal(2, rig.Source.Started);
    }

    [Fact]
    public async Task Shortly_before_a_key_grows_too_old_one_request_has_it_read_and_none_waits()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        rig.Time.PassMilliseconds(80);

        for (var request = 0; request < 100; request++)
        {
            Assert.Equal(5, (await rig.FindAsync()).Version);
        }

        rig.Source.Next().Succeed(CacheRig.Level(6));
        Assert.Equal(2, rig.Source.Started);
        Assert.Equal(6, (await rig.FindAsync()).Version);
    }

    [Fact]
    public async Task That_a_key_has_no_stock_on_record_is_held_too()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, level: null);

        Assert.False((await rig.FindAsync()).IsFound);
        Assert.Equal(1, rig.Source.Started);
    }

    [Fact]
    public async Task A_batch_joins_what_is_being_read_and_reads_the_rest_once()
    {
        using var rig = new CacheRig();
        var single = rig.FindAsync();
        var stocks = new CachedStock[3];
        var batch = rig.Reader.FindManyAsync(
            new[] { CacheRig.Key, new(8, 1), new(8, 1) }, stocks).AsTask();
        Assert.Equal(2, rig.Source.Started);

        rig.Source.Next().Succeed(CacheRig.Level(5));
        rig.Source.Next().Succeed(CacheRig.Level(6));
        await batch;

        Assert.Equal([5L, 6, 6], stocks.Select(stock => stock.Version));
        Assert.Equal(5, (await single).Version);
        Assert.Equal(0, rig.Reads.InFlight.Taken);
    }

    [Fact]
    public async Task Without_a_staleness_bound_every_answer_is_of_a_read_that_began_after_its_question()
    {
        using var rig = new CacheRig(("MaxStaleness", "00:00:00"));
        var first = rig.FindAsync();
        rig.Time.PassMilliseconds(1);
        var late = Enumerable.Range(0, 10).Select(_ => rig.FindAsync()).ToArray();

        rig.Source.Next().Succeed(CacheRig.Level(5));
        Assert.Equal(5, (await first).Version);
        Assert.DoesNotContain(late, find => find.IsCompleted);

        rig.Source.Next().Succeed(CacheRig.Level(6));
        Assert.All(await Task.WhenAll(late), stock => Assert.Equal(6, stock.Version));
        Assert.Equal(2, rig.Source.Started);
        Assert.Equal(0, rig.Cache.Count);
    }

    [Fact]
    public async Task A_failure_reaches_everyone_who_waited_and_the_next_request_tries_again()
    {
        using var rig = new CacheRig();
        var finds = Enumerable.Range(0, 10).Select(_ => rig.FindAsync()).ToArray();

        rig.Source.Next().Fail(new TimeoutException());

        foreach (var find in finds)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => find);
        }

        var again = rig.FindAsync();
        rig.Source.Next().Succeed(CacheRig.Level(5));
        Assert.Equal(5, (await again).Version);
        Assert.Equal(0, rig.Reads.InFlight.Taken);
    }

    [Fact]
    public async Task A_hit_is_answered_at_once_and_allocates_nothing()
    {
        using var rig = new CacheRig();
        await rig.HoldAsync(CacheRig.Key, CacheRig.Level(5));
        Read(rig, times: 1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(rig, times: 1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Read(CacheRig rig, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var find = rig.Reader.FindAsync(CacheRig.Key);
            if (!find.IsCompletedSuccessfully || find.Result.Version != 5)
            {
                Assert.Fail("It was not answered at once.");
            }
        }
    }
}
