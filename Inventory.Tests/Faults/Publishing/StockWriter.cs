using System.Collections.Concurrent;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Postgres;
using Npgsql;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>
/// Changes a few keys as the command API does, several connections at once: the row is locked while its version grows and
/// its row of the outbox is written. The versions of a key are 1, 2, 3 ..., so that a missing one is seen.
/// </summary>
internal sealed class StockWriter : IAsyncDisposable
{
    private const int Writers = 4;

    private const string ChangeSql = """
        WITH changed AS (
            UPDATE stock SET version = version + 1, stock_count = 1 + version % 1000, updated_at = clock_timestamp()
            WHERE vendor_item_id = $1 AND fulfillment_center_id = 1
            RETURNING *),
        added AS (
            INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
            SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, 'order-placed', gen_random_uuid()
            FROM changed)
        SELECT version FROM changed
        """;

    private static long _nextItem = 5_000_000_000;

    private readonly NpgsqlDataSource _dataSource;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<StockKey, long> _versions = new();
    private readonly Task _writing;
    private int _changes;

    private StockWriter(NpgsqlDataSource dataSource, IReadOnlyList<StockKey> keys)
    {
        _dataSource = dataSource;
        Keys = keys;
        _writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)));
    }

    public IReadOnlyList<StockKey> Keys { get; }

    /// <summary>The newest committed version of each key.</summary>
    public IReadOnlyDictionary<StockKey, long> Versions => _versions;

    /// <summary>Nobody else's: the topic is that of all tests.</summary>
    public static StockKey NewKey() => new(Interlocked.Increment(ref _nextItem), 1);

    /// <summary>Makes the stock of a key and its first change, in the connection's transaction or one of its own.</summary>
    public static Task<int> AddAsync(NpgsqlConnection connection, StockKey key) => new NpgsqlCommand($"""
        INSERT INTO stock VALUES ({key.VendorItemId}, 1, 5, 1, now());
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
        VALUES ({key.VendorItemId}, 1, 5, 1, now(), 'order-placed', gen_random_uuid())
        """, connection).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

    public static async Task<StockWriter> StartAsync(TestDatabase database)
    {
        var keys = Enumerable.Range(0, 8).Select(_ => NewKey()).ToArray();
        foreach (var key in keys)
        {
            await database.ExecuteAsync($"INSERT INTO stock VALUES ({key.VendorItemId}, 1, 10, 0, now())");
        }

        return new StockWriter(database.DataSource, keys);
    }

    /// <summary>Waits until so many more changes were committed.</summary>
    public Task MoreAsync(int changes)
    {
        var goal = Volatile.Read(ref _changes) + changes;
        return Patience.WaitAsync(() => Task.FromResult(
            _writing.IsFaulted ? throw _writing.Exception!.InnerException! : Volatile.Read(ref _changes) >= goal));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var key = Keys[Random.Shared.Next(Keys.Count)];
            await using var command = _dataSource.CreateCommand(ChangeSql);
            command.Parameters.Add(new() { Value = key.VendorItemId });
            var version = (long)(await command.ExecuteScalarAsync())!;
            _versions.AddOrUpdate(key, version, (_, newest) => Math.Max(newest, version));
            Interlocked.Increment(ref _changes);

            // A thousand changes a second on a quiet machine; the publishers need the cores, too.
            await Task.Delay(4);
        }
    }
}
