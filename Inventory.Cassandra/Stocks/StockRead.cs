using System.Threading.Tasks.Sources;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Stocks;

/// <summary>The read that everything else is for: one key. Nothing on its way is allocated.</summary>
internal sealed class StockRead : StockOperation, IValueTaskSource<StockLevel?>
{
    [ThreadStatic]
    private static OperationPool<StockRead>? _pool;

    private ManualResetValueTaskSourceCore<StockLevel?> _source;
    private StockBatchRead? _batch;
    private int _index;
    private StockKey _key;
    private StockLevel? _level;

    public override bool MaySpeculate => true;

    private static OperationPool<StockRead> Pool => _pool ??= new OperationPool<StockRead>();

    protected override ResultKind ExpectedResult => ResultKind.Rows;

    public static ValueTask<StockLevel?> StartAsync(
        Cluster cluster,
        Statement statement,
        StockKey key,
        CancellationToken cancellation)
    {
        var read = Pool.Rent();
        read.Prepare(cluster, statement, key, FlushScope.Now(cluster.Time));
        var task = new ValueTask<StockLevel?>(read, read._source.Version);
        read.Start(cancellation);
        return task;
    }

    /// <summary>One of many: the batch gets the result, and gives the operation back when all of them are over.</summary>
    public static StockRead StartInBatch(
        Cluster cluster,
        Statement statement,
        StockKey key,
        long now,
        StockBatchRead batch,
        int index)
    {
        var read = Pool.Rent();
        read._batch = batch;
        read._index = index;
        read.Prepare(cluster, statement, key, now);
        read.Start(CancellationToken.None);
        return read;
    }

    public override bool TrySpeculate(int generation, CqlConnection slow, long now) =>
        TrySpeculateOn(generation, slow, now);

    public void Return()
    {
        Reset();
        _source.Reset();
        _batch = null;
        _level = null;
        Pool.Return(this);
    }

    protected override int MeasureFrame(PreparedStatement prepared) =>
        prepared.PrefixLength + ExecuteWriter.LongValueSize + ExecuteWriter.IntValueSize;

    protected override void Encode(ref ExecuteWriter writer)
    {
        writer.WriteLong(_key.VendorItemId);
        writer.WriteInt(_key.FulfillmentCenterId);
    }

    protected override void AcceptResult(ref BodyReader body)
    {
        switch (body.ReadRowsHeader(StockRowReader.LevelColumns, out _))
        {
            case 0:
                break;
            case 1:
                _level = StockRowReader.ReadLevel(ref body);
                break;
            default:
                throw new CassandraProtocolException("More than one row came for one stock key.");
        }
    }

    protected override void Signal()
    {
        if (_batch is { } batch)
        {
            batch.Finished(_index, _level, Error);
        }
        else if (Error is { } error)
        {
            _source.SetException(error);
        }
        else
        {
            _source.SetResult(_level);
        }
    }

    private void Prepare(Cluster cluster, Statement statement, StockKey key, long now)
    {
        _key = key;
        Prepare(cluster, statement, PartitionKey.TokenOf(key), cluster.Options.ReadTimeout, now);
    }

    StockLevel? IValueTaskSource<StockLevel?>.GetResult(short token)
    {
        // A wrong token throws here, before anything is given back twice.
        _ = _source.GetStatus(token);
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<StockLevel?>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<StockLevel?>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);
}
