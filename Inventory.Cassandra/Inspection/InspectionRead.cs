using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Cassandra.Stocks;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Inspection;

/// <summary>One row, or a page of a whole table. A row that is no stock level does not spoil the others.</summary>
internal sealed class InspectionRead : StockOperation
{
    private const int KeyColumns = 2;
    private const int Timestamps = 3;

    private readonly TaskCompletionSource<InspectionPage> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StockKey? _key;
    private readonly byte[] _pagingState;
    private InspectionPage? _page;

    /// <param name="key">Null for a scan.</param>
    /// <param name="pagingState">Of the page before; empty for the first.</param>
    private InspectionRead(StockKey? key, byte[] pagingState)
    {
        _key = key;
        _pagingState = pagingState;
    }

    protected override ResultKind ExpectedResult => ResultKind.Rows;

    public static Task<InspectionPage> StartAsync(
        Cluster cluster, Statement statement, StockTable table, StockKey key, CancellationToken cancellation)
    {
        var token = table == StockTable.Stocks ? PartitionKey.TokenOf(key) : PartitionKey.TokenOf(key.VendorItemId);
        return new InspectionRead(key, []).StartAsync(cluster, statement, token, cluster.Options.ReadTimeout, cancellation);
    }

    public static Task<InspectionPage> StartScanAsync(
        Cluster cluster, Statement statement, byte[] pagingState, CancellationToken cancellation)
    {
#pragma warning disable CA5394 // Any node can coordinate that.
        var token = Random.Shared.NextInt64();
#pragma warning restore CA5394
        return new InspectionRead(null, pagingState)
            .StartAsync(cluster, statement, token, cluster.Options.ScanTimeout, cancellation);
    }

    protected override int MeasureFrame(PreparedStatement prepared) =>
        prepared.PrefixLength + ExecuteWriter.LongValueSize + ExecuteWriter.IntValueSize + sizeof(int) + sizeof(int) + _pagingState.Length;

    protected override void Encode(ref ExecuteWriter writer)
    {
        if (_key is { } key)
        {
            writer.WriteLong(key.VendorItemId);
            writer.WriteInt(key.FulfillmentCenterId);
        }
        else
        {
            writer.WritePaging(Statement.PageSize, _pagingState);
        }
    }

    protected override void AcceptResult(ref BodyReader body)
    {
        var rows = new InspectedRow[body.ReadRowsHeader(KeyColumns + StockRowReader.LevelColumns + Timestamps, out var pagingState)];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = ReadRow(ref body);
        }

        _page = new InspectionPage(rows, pagingState.ToArray());
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

    private static InspectedRow ReadRow(ref BodyReader body)
    {
        var key = new StockKey(StockRowReader.ReadKeyLong(ref body), StockRowReader.ReadKeyInt(ref body));
        StockLevel? level;
        try
        {
            level = StockRowReader.ReadLevel(ref body);
        }
        catch (CassandraDataException)
        {
            level = null;
        }

        long? first = null;
        long? last = null;
        for (var column = 0; column < Timestamps; column++)
        {
            if (body.TryReadLongValue(out var writtenAt))
            {
                first = Math.Min(first ?? writtenAt, writtenAt);
                last = Math.Max(last ?? writtenAt, writtenAt);
            }
        }

        return new InspectedRow(key, level, first, last);
    }

    private async Task<InspectionPage> StartAsync(
        Cluster cluster, Statement statement, long token, TimeSpan timeout, CancellationToken cancellation)
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
