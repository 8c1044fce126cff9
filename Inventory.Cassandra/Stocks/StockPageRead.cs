using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Stocks;

/// <summary>One page of an item's rows, or of a whole table. Not pooled: its result is a list anyway.</summary>
internal sealed class StockPageRead : StockOperation
{
    private readonly TaskCompletionSource<StockPage> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long? _vendorItemId;
    private readonly byte[] _pagingState;
    private StockPage? _page;

    /// <param name="vendorItemId">Null for a scan, whose rows bring it along.</param>
    /// <param name="pagingState">Of the page before; empty for the first.</param>
    private StockPageRead(long? vendorItemId, byte[] pagingState)
    {
        _vendorItemId = vendorItemId;
        _pagingState = pagingState;
    }

    protected override ResultKind ExpectedResult => ResultKind.Rows;

    /// <summary>An item's rows: asked of one of its replicas.</summary>
    public static Task<StockPage> StartAsync(
        Cluster cluster,
        Statement statement,
        long vendorItemId,
        byte[] pagingState,
        CancellationToken cancellation)
    {
        var token = PartitionKey.TokenOf(vendorItemId);
        return new StockPageRead(vendorItemId, pagingState)
            .StartAsync(cluster, statement, token, cluster.Options.ReadTimeout, cancellation);
    }

    /// <summary>A table's rows: any node can coordinate that.</summary>
    public static Task<StockPage> StartScanAsync(
        Cluster cluster,
        Statement statement,
        byte[] pagingState,
        CancellationToken cancellation)
    {
#pragma warning disable CA5394 // Any node will do.
        var token = Random.Shared.NextInt64();
#pragma warning restore CA5394
        return new StockPageRead(null, pagingState)
            .StartAsync(cluster, statement, token, cluster.Options.ScanTimeout, cancellation);
    }

    protected override int MeasureFrame(PreparedStatement prepared) =>
        prepared.PrefixLength + ExecuteWriter.LongValueSize + sizeof(int) + sizeof(int) + _pagingState.Length;

    protected override void Encode(ref ExecuteWriter writer)
    {
        if (_vendorItemId is { } item)
        {
            writer.WriteLong(item);
        }

        writer.WritePaging(Statement.PageSize, _pagingState);
    }

    protected override void AcceptResult(ref BodyReader body)
    {
        var keyColumns = _vendorItemId is null ? 2 : 1;
        var rows = new StockRow[body.ReadRowsHeader(StockRowReader.LevelColumns + keyColumns, out var pagingState)];
        for (var index = 0; index < rows.Length; index++)
        {
            var item = _vendorItemId ?? StockRowReader.ReadKeyLong(ref body);
            var center = StockRowReader.ReadKeyInt(ref body);
            rows[index] = new StockRow(new StockKey(item, center), StockRowReader.ReadLevel(ref body));
        }

        _page = new StockPage(rows, pagingState.ToArray());
    }

    protected override void Signal()
    {
        if (Error is OperationCanceledException cancelled)
        {
            _source.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (Error is { } error)
        {
            _source.TrySetException(error);
        }
        else
        {
            _source.TrySetResult(_page!);
        }
    }

    private async Task<StockPage> StartAsync(
        Cluster cluster,
        Statement statement,
        long token,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        Prepare(cluster, statement, token, timeout, cluster.Time.GetTimestamp());
        Start(cancellation);
        try
        {
            return await _source.Task;
        }
        finally
        {
            // Here and not with the answer, which may come before the token knows of the operation.
            Reset();
        }
    }
}
