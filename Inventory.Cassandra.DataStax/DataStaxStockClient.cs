using System.Runtime.CompilerServices;
using Inventory.Cassandra.Connections;
using Inventory.Contracts.Stocks;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>
/// The stock tables through CassandraCSharpDriver, with the statements, options and errors of <see cref="CassandraClient"/>.
/// It has no speculative reads and none of our client's metrics and traces.
/// </summary>
internal sealed class DataStaxStockClient(DriverConnection connection, TimeProvider time) : IStockReader, IStockWriter
{
    public async ValueTask<StockLevel?> ReadAsync(StockKey key, CancellationToken cancellationToken)
    {
        using var rows = await ExecuteAsync(
            connection.Statements.Read,
            connection.Options.ReadTimeout,
            null,
            [key.VendorItemId, key.FulfillmentCenterId],
            cancellationToken);
        return rows.FirstOrDefault() is { } row ? DriverRow.ToLevel(row, firstColumn: 0) : null;
    }

    public async ValueTask ReadManyAsync(
        ReadOnlyMemory<StockKey> keys,
        Memory<StockLevel?> levels,
        CancellationToken cancellationToken)
    {
        if (keys.Length != levels.Length)
        {
            throw new ArgumentException($"There are {keys.Length} keys and room for {levels.Length} levels.", nameof(levels));
        }

        var reads = new Task<StockLevel?>[keys.Length];
        for (var index = 0; index < reads.Length; index++)
        {
            reads[index] = ReadAsync(keys.Span[index], cancellationToken).AsTask();
        }

        (await Task.WhenAll(reads)).CopyTo(levels);
    }

    public async ValueTask<IReadOnlyList<StockRow>> ReadItemAsync(long vendorItemId, CancellationToken cancellationToken)
    {
        List<StockRow> items = [];
        await foreach (var row in PagesAsync(
            connection.Statements.ReadItem, connection.Options.ReadTimeout, [vendorItemId], cancellationToken))
        {
            items.Add(new StockRow(
                new StockKey(vendorItemId, row.GetValue<int>(0)), DriverRow.ToLevel(row, firstColumn: 1)));
        }

        return items;
    }

    public async IAsyncEnumerable<StockRow> ScanAsync(
        StockTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var statement = table == StockTable.Stocks ? connection.Statements.ScanStocks : connection.Statements.ScanStocksByItem;
        await foreach (var row in PagesAsync(statement, connection.Options.ScanTimeout, [], cancellationToken))
        {
            yield return new StockRow(
                new StockKey(row.GetValue<long>(0), row.GetValue<int>(1)), DriverRow.ToLevel(row, firstColumn: 2));
        }
    }

    public async ValueTask WriteAsync(StockKey key, StockLevel level, CancellationToken cancellationToken)
    {
        object[] values =
        [
            key.VendorItemId, key.FulfillmentCenterId, level.StockCount, level.Version, level.UpdatedAt, level.Version,
        ];
        var timeout = connection.Options.WriteTimeout;
        await Task.WhenAll(
            ExecuteAsync(connection.Statements.WriteStocks, timeout, null, values, cancellationToken),
            ExecuteAsync(connection.Statements.WriteStocksByItem, timeout, null, values, cancellationToken));
    }

    private async IAsyncEnumerable<Driver.Row> PagesAsync(
        Statement statement,
        TimeSpan timeout,
        object[] values,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? pagingState = null;
        do
        {
            using var page = await ExecuteAsync(statement, timeout, pagingState, values, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            pagingState = page.PagingState;
        }
        while (pagingState is not null);
    }

    /// <summary>The timeout is the caller's, whichever nodes the driver tries meanwhile.</summary>
    private async Task<Driver.RowSet> ExecuteAsync(
        Statement statement, TimeSpan timeout, byte[]? pagingState, object[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = connection.Session;
        var bound = session.Statements[statement.Index].Bind(values)
            .SetConsistencyLevel((Driver.ConsistencyLevel)statement.Consistency)
            .SetIdempotence(true)
            .SetReadTimeoutMillis((int)timeout.TotalMilliseconds);
        if (statement.PageSize > 0)
        {
            // By itself it would fetch further pages while a thread waits.
            bound.SetPageSize(statement.PageSize).SetAutoPage(false).SetPagingState(pagingState);
        }

        try
        {
            return await session.Session.ExecuteAsync(bound).WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception error) when (error is Driver.DriverException or TimeoutException)
        {
            throw DriverErrors.Translate(error);
        }
    }
}
