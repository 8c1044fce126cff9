using System.Buffers;
using System.Diagnostics;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Routing;
using Inventory.Cassandra.Telemetry;

namespace Inventory.Cassandra.Stocks;

/// <summary>
/// A request to a stock table: routed by its token, measured, cancellable, and sent again when it is worth it.
/// The first way through is in this file, what happens when something goes wrong in StockOperation.Recovery.cs.
/// </summary>
internal abstract partial class StockOperation : Operation
{
    private const int SmallFrame = 256;

    private CqlConnection? _connection;
    private PreparedStatement? _sentWith;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;
    private Activity? _activity;
    private Exception? _error;
    private long _startedAt;
    private long _token;

    protected Cluster Cluster { get; private set; } = null!;

    protected Statement Statement { get; private set; } = null!;

    protected Exception? Error => _error;

    /// <summary>At least as long as the frame that <see cref="Encode"/> writes.</summary>
    protected abstract int MeasureFrame(PreparedStatement prepared);

    /// <summary>Writes the values, in the order of the statement's bind markers.</summary>
    protected abstract void Encode(ref ExecuteWriter writer);

    /// <summary>Reads a RESULT behind its kind, which was checked.</summary>
    protected abstract void AcceptResult(ref BodyReader body);

    protected abstract ResultKind ExpectedResult { get; }

    /// <summary>Gives the caller the result, or <see cref="Error"/>.</summary>
    protected abstract void Signal();

    /// <summary>What a life begins with; the values to encode are set already.</summary>
    protected void Prepare(Cluster cluster, Statement statement, long token, TimeSpan timeout, long now)
    {
        Cluster = cluster;
        Statement = statement;
        _token = token;
        _startedAt = now;
        Deadline = now + (long)(timeout.TotalSeconds * cluster.Time.TimestampFrequency);
        _retries = 0;
        _activity = CassandraTelemetry.Start(statement);
    }

    /// <summary>
    /// Sends for the first time. Nobody else can touch the operation before its frame is handed over; from then
    /// on everybody can, except that it stays the caller's until the result was fetched.
    /// </summary>
    protected void Start(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            _error = new OperationCanceledException(cancellation);
            End(_startedAt);
            return;
        }

        _cancellation = cancellation;
        var generation = Begin();
        if (TrySend(generation, _startedAt) is { } error)
        {
            if (TryFinish(generation))
            {
                _error = error;
                End(_startedAt);
            }

            return;
        }

        if (cancellation.CanBeCanceled)
        {
            _registration = cancellation.UnsafeRegister(static state => ((StockOperation)state!).Cancel(), this);
        }
    }

    /// <summary>Lets go of what the life held, before the next one; waits for a cancellation that is being made.</summary>
    protected virtual void Reset()
    {
        _registration.Dispose();
        _registration = default;
        _cancellation = default;
        _connection = null;
        _sentWith = null;
        _activity = null;
        _error = null;
    }

    public sealed override void Accept(Opcode opcode, ref BodyReader body)
    {
        if (opcode != Opcode.Result || (ResultKind)body.ReadInt() != ExpectedResult)
        {
            throw new CassandraProtocolException($"A {opcode} came where a result of kind {ExpectedResult} was to come.");
        }

        try
        {
            AcceptResult(ref body);
        }
        catch (CassandraDataException error)
        {
            // The frame is as it should be: only this row is of no use.
            _error = error;
        }
    }

    public sealed override void Reject(Exception error) => _error = error;

    public sealed override void Complete(long now)
    {
        if (_failure is null)
        {
            End(now);
        }
        else
        {
            Recover(now);
        }
    }

    public void Cancel()
    {
        if (TryFinish(Generation))
        {
            _error = new OperationCanceledException(_cancellation);
            // Not on the canceller's thread.
            ThreadPool.UnsafeQueueUserWorkItem(
                static operation => operation.End(operation.Cluster.Time.GetTimestamp()), this, preferLocal: false);
        }
    }

    private CassandraException? TrySend(int generation, long now)
    {
        while (true)
        {
            if (Cluster.Routing?.Pick(_token) is not { } connection)
            {
                return Cluster.NoNode();
            }

            switch (SendOn(connection, generation, now, again: false))
            {
                case SendOutcome.Accepted:
                    return null;
                case SendOutcome.Busy:
                    return new CassandraBusyException($"Too many requests wait for {connection.EndPoint}.");
            }
        }
    }

    private SendOutcome SendOn(CqlConnection connection, int generation, long now, bool again)
    {
        var prepared = connection.GetPrepared(Statement);
        _connection = connection;
        _sentWith = prepared;
        var length = MeasureFrame(prepared);
        if (length <= SmallFrame)
        {
            Span<byte> frame = stackalloc byte[SmallFrame];
            return Hand(connection, generation, EncodeFrame(prepared, frame), now, again);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Hand(connection, generation, EncodeFrame(prepared, rented), now, again);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>From the moment it is open, an operation that is sent again may be over, and in its next life.</summary>
    private SendOutcome Hand(CqlConnection connection, int generation, ReadOnlySpan<byte> frame, long now, bool again)
    {
        var deadline = Deadline;
        if (again)
        {
            Reopen();
        }

        return connection.Send(new StreamTicket(this, generation), frame, now, deadline);
    }

    private ReadOnlySpan<byte> EncodeFrame(PreparedStatement prepared, Span<byte> frame)
    {
        var writer = prepared.Begin(frame);
        Encode(ref writer);
        return writer.End();
    }

    private void End(long now)
    {
        if (Cluster.Metrics.MeasuresDuration)
        {
            Cluster.Metrics.OperationEnded(Statement, now - _startedAt, _error);
        }

        if (_activity is { } activity)
        {
            CassandraTelemetry.End(activity, _connection?.EndPoint, _error);
        }

        Signal();
    }
}
