using System.Runtime.CompilerServices;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Routing;
using Inventory.Cassandra.Stocks;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra;

/// <summary>
/// The stock tables of one cluster. Safe for any number of threads; one instance per process is meant.
/// </summary>
/// <remarks>
/// The task of a read or write is to be awaited once, as every <see cref="ValueTask"/> is. What follows the await runs on
/// the thread that received the answer, together with what follows other awaits: it should not block.
/// </remarks>
public sealed class CassandraClient : IStockReader, IStockWriter, IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly StockStatements _statements;
    private bool _isStarted;

    internal CassandraClient(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider time)
    {
        _statements = new StockStatements(connectionString.Keyspace, options);
        _cluster = new Cluster(
            connectionString, options, _statements.All, time, loggerFactory.CreateLogger<CassandraClient>());
    }

    /// <summary>Whether a request could be sent right now.</summary>
    public bool IsUsable => _cluster.IsUsable;

    internal Cluster Cluster => _cluster;

    /// <summary>Connects, and waits until the first node is connected and prepared.</summary>
    public static async Task<CassandraClient> ConnectAsync(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var client = new CassandraClient(connectionString, options, loggerFactory, timeProvider);
        try
        {
            client.Start();
            await client.WaitUntilReadyAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to connect, in the background and for as long as it takes. Once is enough.</summary>
    internal void Start()
    {
        if (!Interlocked.Exchange(ref _isStarted, true))
        {
            _cluster.Start();
        }
    }

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => _cluster.Ready.WaitAsync(cancellationToken);

    public ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken) =>
        StockRead.StartAsync(_cluster, _statements.Read, key, cancellationToken);

    public ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellationToken)
    {
        if (keys.Length != levels.Length)
        {
            throw new ArgumentException($"There are {keys.Length} keys and room for {levels.Length} levels.", nameof(levels));
        }

        return keys.IsEmpty
            ? ValueTask.CompletedTask
            : StockBatchRead.StartAsync(_cluster, _statements.Read, keys, levels, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken)
    {
        var page = await StockPageRead.StartAsync(_cluster, _statements.ReadItem, vendorItemId, [], cancellationToken);
        if (page.PagingState.Length == 0)
        {
            return page.Rows;
        }

        List<StockRow> rows = [.. page.Rows];
        while (page.PagingState.Length > 0)
        {
            page = await StockPageRead.StartAsync(
                _cluster, _statements.ReadItem, vendorItemId, page.PagingState, cancellationToken);
            rows.AddRange(page.Rows);
        }

        return rows;
    }

    public async IAsyncEnumerable<StockRow> ScanAsync(
        StockTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = table == StockTable.Stocks ? _statements.ScanStocks : _statements.ScanStocksByItem;
        byte[] pagingState = [];
        do
        {
            var page = await StockPageRead.StartScanAsync(_cluster, statement, pagingState, cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            pagingState = page.PagingState;
        }
        while (pagingState.Length > 0);
    }

    public async ValueTask WriteAsync(StockKey key, StockLevel level, CancellationToken cancellationToken)
    {
        var row = new StockRow(key, level);
        ValueTask stocks;
        ValueTask byItem;
        using (FlushScope.Enter())
        {
            stocks = StockWrite.StartAsync(
                _cluster, _statements.WriteStocks, PartitionKey.TokenOf(key), row, cancellationToken);
            byItem = StockWrite.StartAsync(
                _cluster, _statements.WriteStocksByItem, PartitionKey.TokenOf(key.VendorItemId), row, cancellationToken);
        }

        try
        {
            await stocks;
        }
        finally
        {
            // Both, whatever became of the first: no task is left behind.
            await byItem;
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
