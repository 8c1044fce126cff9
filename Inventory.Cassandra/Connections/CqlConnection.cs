using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Telemetry;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// One connection that many requests share. A request's way through it:
/// <list type="number">
/// <item>Its frame, encoded without a lock, gets a stream id and is copied behind the others (<see cref="Send"/>).</item>
/// <item>One flush sends all frames that gathered (CqlConnection.Flushing.cs).</item>
/// <item>What arrives is parsed in place and each operation finished (CqlConnection.Receiving.cs).</item>
/// <item>The streams are freed, all at once, and the callers continue.</item>
/// <item>What they send next leaves in one flush again.</item>
/// </list>
/// A request that got no answer in time keeps its stream until the late answer comes (CqlConnection.Ticking.cs).
/// </summary>
internal sealed partial class CqlConnection : IDisposable
{
    /// <summary>Requests under way that share as much as can be shared of a system call; more only make a long queue.</summary>
    private const int MostFilled = 64;

    /// <summary>
    /// Requests under way from which on callers leave for the least loaded connection: of 512 at a time two have 256 each, and
    /// some unevenness is no matter.
    /// </summary>
    private const int MostKept = 320;

    private readonly Lock _gate = new();
    private readonly ITransport _transport;
    private readonly ConnectionLimits _limits;
    private readonly TimeProvider _time;
    private readonly CassandraMetrics _metrics;
    private readonly int _filled;
    private readonly int _kept;
    private readonly StreamTable _streams;
    private readonly SendBuffer _send = new();
    private readonly Queue<WaitingFrame> _waiting = new();
    private readonly TaskCompletionSource<CassandraException> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosed;
    private volatile int _load;

    public CqlConnection(
        ITransport transport,
        IPEndPoint endPoint,
        byte version,
        ConnectionLimits limits,
        TimeProvider time,
        CassandraMetrics metrics)
    {
        _transport = transport;
        _limits = limits;
        _time = time;
        _metrics = metrics;
        _filled = Math.Min(MostFilled, limits.MaxRequestsInFlight);
        _kept = Math.Min(MostKept, limits.MaxRequestsInFlight);
        _streams = new StreamTable(limits.MaxRequestsInFlight);
        _flushWork = new FlushWork(this);
        EndPoint = endPoint;
        Version = version;
        LastReceivedAt = time.GetTimestamp();
    }

    public IPEndPoint EndPoint { get; }

    public byte Version { get; }

    public bool IsOpen => !_isClosed;

    /// <summary>Requests under way or waiting, late ones included: what the least loaded connection has least of.</summary>
    public int Load => _load;

    /// <summary>
    /// Whether the next request of those whose callers continue on the thread that receives here had better leave here too:
    /// answers that came in one block then become requests in one block, and no other core touches either.
    /// </summary>
    public bool KeepsCallers => _load < _kept && IsOpen;

    /// <summary>Whether the next request had better take another connection of the node.</summary>
    public bool IsFilled => _load >= _filled;

    /// <summary>Ends, with the reason, when the connection does.</summary>
    public Task<CassandraException> Closed => _closed.Task;

    /// <summary>Gives a request a stream and lets it leave with the next flush.</summary>
    /// <param name="ticket">What the answer will be for.</param>
    /// <param name="frame">The whole frame; its stream id is filled in here.</param>
    /// <param name="now">The time, for the latency that is measured.</param>
    /// <param name="deadline">When to give up.</param>
    public SendOutcome Send(StreamTicket ticket, ReadOnlySpan<byte> frame, long now, long deadline)
    {
        FlushMode mode;
        lock (_gate)
        {
            if (_isClosed)
            {
                return SendOutcome.Closed;
            }

            if (!_streams.TryTake(ticket, now, deadline, out var stream))
            {
                return TryWait(ticket, frame, deadline) ? SendOutcome.Accepted : SendOutcome.Busy;
            }

            Append(frame, stream);
            mode = DecideFlush();
        }

        StartFlush(mode);
        return SendOutcome.Accepted;
    }

    /// <summary>Ends the connection; whatever is under way fails, and may be tried again elsewhere.</summary>
    public void Close(CassandraException reason)
    {
        List<StreamTicket> orphans = [];
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _streams.Drain(orphans);
            while (_waiting.TryDequeue(out var waiting))
            {
                orphans.Add(waiting.Ticket);
                ArrayPool<byte>.Shared.Return(waiting.Bytes);
            }

            _load = 0;
        }

        _transport.Dispose();
        _closed.TrySetResult(reason);
        if (orphans.Count > 0)
        {
            // Never on this thread: it may be inside a caller's own request.
            var lost = new CassandraConnectionException($"The connection to {EndPoint} ended: {reason.Message}", reason);
            ThreadPool.UnsafeQueueUserWorkItem(_ => FailAll(orphans, lost), null);
        }
    }

    public void Dispose() => Close(new CassandraConnectionException("The client closed the connection."));

    private void Append(ReadOnlySpan<byte> frame, short stream)
    {
        var destination = _send.GetSpan(frame.Length);
        frame.CopyTo(destination);
        BinaryPrimitives.WriteInt16BigEndian(destination[2..], stream);
        _send.Advance(frame.Length);
        _load = _streams.InUse + _waiting.Count;
    }

    private bool TryWait(StreamTicket ticket, ReadOnlySpan<byte> frame, long deadline)
    {
        if (_waiting.Count >= _limits.MaxRequestsWaiting)
        {
            return false;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(bytes);
        _waiting.Enqueue(new WaitingFrame(ticket, bytes, frame.Length, deadline));
        _load = _streams.InUse + _waiting.Count;
        return true;
    }

    /// <summary>The streams of all answers that came together are free again: whoever waits for one gets it.</summary>
    private void FreeStreams(long now)
    {
        FlushMode mode;
        lock (_gate)
        {
            _streams.FreeAnswered();
            _load = _streams.InUse + _waiting.Count;
            if (_isClosed || _waiting.Count == 0)
            {
                return;
            }

            while (_waiting.TryPeek(out var next) && _streams.TryTake(next.Ticket, now, next.Deadline, out var stream))
            {
                _waiting.Dequeue();
                Append(next.Bytes.AsSpan(0, next.Length), stream);
                ArrayPool<byte>.Shared.Return(next.Bytes);
            }

            mode = DecideFlush();
        }

        StartFlush(mode);
    }

    private void FailAll(List<StreamTicket> orphans, CassandraConnectionException lost)
    {
        var now = _time.GetTimestamp();
        var batch = default(CompletionBatch);
        foreach (var orphan in orphans)
        {
            if (orphan.Operation.TryTakeAfterFailure(orphan.Generation))
            {
                orphan.Operation.Fail(lost, this);
                batch.Add(orphan.Operation);
            }
        }

        batch.Run(now);
    }
}
