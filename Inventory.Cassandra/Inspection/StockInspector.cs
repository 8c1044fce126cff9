using System.Runtime.CompilerServices;
using Inventory.Cassandra.Inspection;
using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra;

/// <summary>
/// Looks at the stock tables as an operator does: every row, those that no reader could make sense of too, with the
/// timestamps that decide what replaces it. A client of its own, so that services do not prepare its statements.
/// </summary>
public sealed class StockInspector : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly InspectionStatements _statements;

    private StockInspector(
        CassandraConnectionString connectionString, CassandraOptions options, ILoggerFactory loggerFactory, TimeProvider time)
    {
        _statements = new InspectionStatements(connectionString.Keyspace, options);
        _cluster = new Cluster(
            connectionString, options, _statements.All, time, loggerFactory.CreateLogger<StockInspector>());
    }

    /// <summary>Connects, and waits until the first node is connected and prepared.</summary>
    public static async Task<StockInspector> ConnectAsync(
        CassandraConnectionString connectionString,
        CassandraOptions options,
        ILoggerFactory loggerFactory,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var inspector = new StockInspector(connectionString, options, loggerFactory, timeProvider);
        try
        {
            inspector._cluster.Start();
            await inspector._cluster.Ready.WaitAsync(cancellationToken);
            return inspector;
        }
        catch
        {
            await inspector.DisposeAsync();
            throw;
        }
    }

    /// <returns>Null if there is no row.</returns>
    public async Task<InspectedRow?> ReadAsync(StockTable table, StockKey key, CancellationToken cancellationToken)
    {
        var statement = table == StockTable.Stocks ? _statements.ReadStocks : _statements.ReadStocksByItem;
        var page = await InspectionRead.StartAsync(_cluster, statement, table, key, cancellationToken);
        return page.Rows is [var row, ..] ? row : null;
    }

    /// <summary>Every row of a table, page by page, in the order of the tokens.</summary>
    public async IAsyncEnumerable<InspectedRow> ScanAsync(
        StockTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = table == StockTable.Stocks ? _statements.ScanStocks : _statements.ScanStocksByItem;
        byte[] pagingState = [];
        do
        {
            var page = await InspectionRead.StartScanAsync(_cluster, statement, pagingState, cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            pagingState = page.PagingState;
        }
        while (pagingState.Length > 0);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
