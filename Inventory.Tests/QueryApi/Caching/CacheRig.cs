using Inventory.Cassandra;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Caching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Tests.QueryApi.Caching;

/// <summary>The near cache as the service registers it, on a time and a Cassandra of the test's.</summary>
internal sealed class CacheRig : IDisposable
{
    public static readonly StockKey Key = new(7, 3);

    private readonly ServiceProvider _services;

    public CacheRig(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(
                setting => $"Stocks:{setting.Name}", string? (setting) => setting.Value))
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IStockReader>(Source)
            .AddStockCache(configuration)
            .BuildServiceProvider();
        Reader = _services.GetRequiredService<CachedStockReader>();
        Reads = _services.GetRequiredService<StockReads>();
        Cache = _services.GetRequiredService<StockCache>();
        Bound = _services.GetRequiredService<StalenessBound>();
    }

    public ManualTime Time { get; } = new();

    public ScriptedStockReader Source { get; } = new();

    public CachedStockReader Reader { get; }

    public StockReads Reads { get; }

    public StockCache Cache { get; }

    public StalenessBound Bound { get; }

    public static StockLevel Level(long version, int count = 1) => new(count, version, DateTimeOffset.UnixEpoch);

    public Task<CachedStock> FindAsync() => FindAsync(Key);

    public Task<CachedStock> FindAsync(StockKey key) => Reader.FindAsync(key).AsTask();

    /// <summary>Has a key read and held.</summary>
    public async Task HoldAsync(StockKey key, StockLevel? level)
    {
        var find = FindAsync(key);
        Source.Next().Succeed(level);
        await find;
    }

    public bool Push(StockKey key, StockLevel level) => Reads.Push(Cache, key, level);

    public void Dispose() => _services.Dispose();
}
