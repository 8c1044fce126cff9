using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>What holds of the near cache whatever happens in whatever order.</summary>
public sealed class CachePropertyTests
{
    private const int Keys = 6;

    [Fact]
    public void An_answer_is_never_older_than_the_bound_allows_and_a_key_is_never_read_twice_at_once() =>
        Prop.ForAll(Histories().ToArbitrary(), steps => Replay(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void An_older_version_never_replaces_a_newer_one_and_the_bounds_are_kept() =>
        Prop.ForAll(Stores().ToArbitrary(), stores => Store(stores))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_scan_of_millions_of_keys_leaves_the_cache_as_large_as_it_may_be_and_keeps_what_is_in_demand()
    {
        const int MaxEntries = 5_000;
        var cache = new StockCache(MaxEntries, long.MaxValue);
        var inDemand = new StockKey(1, 1);
        Put(cache, inDemand, version: 1);

        for (var item = 2; item < 2_000_000; item++)
        {
            Put(cache, new StockKey(item, 1), version: 1);
            if (item % 16 == 0)
            {
                var hash = StockCache.HashOf(inDemand);
                Assert.True(cache.ShardOf(hash).TryGet(hash, inDemand, out _));
            }
        }

        Assert.InRange(cache.Count, 1, MaxEntries);
    }

    [Fact]
    public void Rendered_answers_count_and_make_room_when_the_bytes_are_used_up()
    {
        var cache = new StockCache(1_000, 100_000);
        for (var item = 1; item <= 1_000; item++)
        {
            var key = new StockKey(item, 1);
            Put(cache, key, version: 1);
            var hash = StockCache.HashOf(key);
            lock (cache.ShardOf(hash).Gate)
            {
                cache.ShardOf(hash).AttachRendered(hash, key, version: 1, new RenderedAnswer(new byte[500], "\"1\""));
            }

            Assert.InRange(cache.Bytes, 0, 100_000);
        }

        Assert.True(cache.Evictions > 0);
    }

    [Fact]
    public async Task Readers_on_many_threads_see_only_whole_values_whose_versions_never_go_back()
    {
        var cache = new StockCache(64, long.MaxValue);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => Watch(cache, done.Token))).ToArray();

        for (var round = 1; round <= 200_000; round++)
        {
            // More keys than there is room for: slots change hands under the readers.
            Put(cache, new StockKey(1 + (round % 96), 1), version: round);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    // The count and time of a value are made of its key and version, so that a torn one gives itself away. A key that
    // was evicted may come back only newer here: its versions grow with time.
    private static void Watch(StockCache cache, CancellationToken done)
    {
        var newest = new long[97];
        var random = new Random(Environment.CurrentManagedThreadId);
        while (!done.IsCancellationRequested)
        {
            var item = random.Next(1, 97);
            var key = new StockKey(item, 1);
            var hash = StockCache.HashOf(key);
            if (cache.ShardOf(hash).TryGet(hash, key, out var stock))
            {
                Assert.Equal(CountOf(key, stock.Version), stock.StockCount);
                Assert.Equal(stock.Version, stock.UpdatedAtTicks);
                Assert.True(stock.Version >= newest[item], "A version went back.");
                newest[item] = stock.Version;
            }
        }
    }

    private static int CountOf(StockKey key, long version) => (int)((key.VendorItemId * 1_000_003) ^ version);

    private static void Put(StockCache cache, StockKey key, long version)
    {
        var hash = StockCache.HashOf(key);
        var shard = cache.ShardOf(hash);
        lock (shard.Gate)
        {
            shard.Store(hash, key, new CachedStock(
                IsFound: true, CountOf(key, version), version, UpdatedAtTicks: version, CheckedAt: version));
        }
    }

    private static void Store((int Key, long Version)[] stores)
    {
        const int MaxEntries = 8;
        var cache = new StockCache(MaxEntries, long.MaxValue);
        var newest = new Dictionary<StockKey, long>();
        foreach (var (number, version) in stores)
        {
            var key = new StockKey(number, 1);
            var hash = StockCache.HashOf(key);
            var shard = cache.ShardOf(hash);
            lock (shard.Gate)
            {
                var wasHeld = shard.TryGetLocked(hash, key, out var before);
                newest[key] = wasHeld ? Math.Max(before.Version, version) : version;
                shard.Store(hash, key, CachedStock.From(version == 0 ? null : CacheRig.Level(version), checkedAt: 0));
            }

            Assert.True(shard.TryGet(hash, key, out var held));
            Assert.Equal(newest[key], held.Version);
            Assert.Equal(held.Version > 0, held.IsFound);
            Assert.InRange(cache.Count, 1, MaxEntries);
        }
    }

    // Truth is the version of each key, which grows; a read sees the truth at its end, so the answer must have at least
    // the version that was true one bound before the question.
    private static async Task Replay((int Key, int Action, int Pause)[] steps)
    {
        using var rig = new CacheRig(("MaxEntries", "4"), ("RefreshPatience", "00:01:00"));
        var truth = new List<(long At, long Version)>[Keys];
        var asked = new List<(int Key, long At, Task<CachedStock> Answer)>();
        for (var key = 0; key < Keys; key++)
        {
            truth[key] = [(0, 1)];
        }

        foreach (var (key, action, pause) in steps)
        {
            rig.Time.PassMilliseconds(pause);
            var now = rig.Time.GetTimestamp();
            switch (action)
            {
                case 0:
                    truth[key].Add((now, truth[key][^1].Version + 1));
                    break;
                case 1 when rig.Source.Reads.TryDequeue(out var read):
                    read.Succeed(CacheRig.Level(truth[(int)read.Key.VendorItemId - 1][^1].Version));
                    break;
                case 2:
                    asked.Add((key, now, rig.Reader.FindFreshAsync(new StockKey(key + 1, 1)).AsTask()));
                    break;
                default:
                    asked.Add((key, now - TimeSpan.FromMilliseconds(100).Ticks, rig.FindAsync(new StockKey(key + 1, 1))));
                    break;
            }
        }

        while (rig.Source.Reads.TryDequeue(out var read))
        {
            read.Succeed(CacheRig.Level(truth[(int)read.Key.VendorItemId - 1][^1].Version));
        }

        foreach (var (key, at, answer) in asked)
        {
            var least = truth[key].Last(version => version.At <= at || version.Version == 1).Version;
            Assert.True((await answer).Version >= least);
        }

        Assert.False(rig.Source.SawTwoReadsOfAKey);
        Assert.Equal(0, rig.Reads.InFlight.Taken);
        Assert.InRange(rig.Cache.Count, 0, 4);
    }

    private static Gen<(int Key, int Action, int Pause)[]> Histories() =>
        (from key in Gen.Choose(0, Keys - 1)
         from action in Gen.Choose(0, 5)
         from pause in Gen.Choose(0, 60)
         select (key, action, pause)).ArrayOf(60);

    private static Gen<(int Key, long Version)[]> Stores() =>
        (from key in Gen.Choose(1, 20)
         from version in Gen.Choose(0, 9)
         select (key, (long)version)).ArrayOf(60);
}
