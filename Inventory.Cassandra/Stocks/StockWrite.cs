using System.Threading.Tasks.Sources;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Stocks;

/// <summary>One row of one table, with its version as the timestamp of the write.</summary>
internal sealed class StockWrite : StockOperation, IValueTaskSource
{
    [ThreadStatic]
    private static OperationPool<StockWrite>? _pool;

    private ManualResetValueTaskSourceCore<bool> _source;
    private StockKey _key;
    private StockLevel _level;

    private static OperationPool<StockWrite> Pool => _pool ??= new OperationPool<StockWrite>();

    protected override ResultKind ExpectedResult => ResultKind.Void;

    public static ValueTask StartAsync(
        Cluster cluster,
        Statement statement,
        long partition,
        StockRow row,
        CancellationToken cancellation)
    {
        var write = Pool.Rent();
        write._key = row.Key;
        write._level = row.Level;
        write.Prepare(cluster, statement, partition, cluster.Options.WriteTimeout, cluster.Time.GetTimestamp());
        var task = new ValueTask(write, write._source.Version);
        write.Start(cancellation);
        return task;
    }

    protected override int MeasureFrame(PreparedStatement prepared) =>
        prepared.PrefixLength + (4 * ExecuteWriter.LongValueSize) + (2 * ExecuteWriter.IntValueSize);

    protected override void Encode(ref ExecuteWriter writer)
    {
        writer.WriteLong(_key.VendorItemId);
        writer.WriteInt(_key.FulfillmentCenterId);
        writer.WriteInt(_level.StockCount);
        writer.WriteLong(_level.Version);
        writer.WriteLong(_level.UpdatedAt.ToUnixTimeMilliseconds());
        writer.WriteLong(_level.Version);
    }

    protected override void AcceptResult(ref BodyReader body)
    {
        // Void: there is nothing to read.
    }

    protected override void Signal()
    {
        if (Error is { } error)
        {
            _source.SetException(error);
        }
        else
        {
            _source.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        _ = _source.GetStatus(token);
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            Reset();
            _source.Reset();
            Pool.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);
}
