using System.Net.Sockets;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// Receiving, on a thread of the connection's own, which the system wakes when something arrives and nobody else. It parses
/// a block of bytes, lets the callers continue, and only then receives again: what arrived meanwhile is one larger block.
/// Callers who take long are another matter: they continue on the thread pool.
/// </summary>
internal sealed partial class CqlConnection
{
    /// <summary>
    /// Callers who together take longer than this run beside the next receive. Below, waking another thread for them costs
    /// more CPU than the block of answers itself: 256 callers who only read again take up to 200 us on a slow machine.
    /// </summary>
    private static readonly TimeSpan LongContinuations = TimeSpan.FromMicroseconds(500);

    private readonly ReceiveBuffer _received = new();
    private volatile bool _continuationsAreLong;
    private CompletionWork? _spareWork;
    private int _isHeld;
    private int _held;
    private int _heldAtLastTick;

    /// <summary>Called for every EVENT frame, on the receiving thread.</summary>
    public Action<ServerEvent>? EventReceived { get; set; }

    public long LastReceivedAt { get; private set; }

    /// <summary>Begins to receive; from outside once, after construction.</summary>
    public void Start() =>
        new Thread(Receive) { IsBackground = true, Name = $"Cassandra {EndPoint}" }.UnsafeStart();

    /// <summary>The end of a block's callers who continued on the pool.</summary>
    public void Continued(CompletionWork work, TimeSpan took)
    {
        _continuationsAreLong = took > LongContinuations;
        Volatile.Write(ref _spareWork, work);
    }

    private void Receive()
    {
        while (TryReceive(out var count) && TryHandleBlock(count))
        {
            // The next bytes may be there already.
        }
    }

    /// <summary>1. Takes what arrived.</summary>
    private bool TryReceive(out int count)
    {
        try
        {
            count = _transport.Receive(_received.GetFree().Span);
        }
        catch (Exception error) when (IsBroken(error))
        {
            count = 0;
            Close(new CassandraConnectionException($"Receiving from {EndPoint} failed: {error.Message}", error));
            return false;
        }

        if (count == 0)
        {
            Close(new CassandraConnectionException($"{EndPoint} closed the connection."));
        }

        return count > 0;
    }

    /// <returns>Whether this thread is to receive again.</returns>
    private bool TryHandleBlock(int count)
    {
        // 2. Parse every whole frame and finish its operation, without letting anybody continue yet.
        var now = _time.GetTimestamp();
        var completed = default(CompletionBatch);
        var wasFilled = IsFilled;
        try
        {
            LastReceivedAt = now;
            _received.Received(count);
            Parse(now, ref completed);
            FreeStreams(now);
        }
#pragma warning disable CA1031 // Whatever a server manages to provoke ends the connection, never the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Close(error as CassandraException
                ?? new CassandraConnectionException($"An answer of {EndPoint} could not be handled: {error.Message}", error));
            completed.Run(now);
            return false;
        }

        return completed.IsEmpty || LetContinue(completed, now, wasFilled ? this : null);
    }

    private bool LetContinue(CompletionBatch completed, long now, CqlConnection? answered)
    {
        if (_continuationsAreLong)
        {
            // 3. The callers continue on the pool, beside the next receive.
            var work = Interlocked.Exchange(ref _spareWork, null) ?? new CompletionWork(this, _time);
            work.Queue(completed, now, answered);
            return true;
        }

        // 3. Or here, before the next receive, unless one blocks this thread: then the timer gives the receiving to another.
        _held++;
        Volatile.Write(ref _isHeld, 1);

        // 4. What they send leaves when the last of them is done.
        completed.Run(now, answered, _time);
        if (_time.GetElapsedTime(now) > LongContinuations)
        {
            _continuationsAreLong = true;
        }

        return Interlocked.Exchange(ref _isHeld, 0) == 1;
    }

    /// <summary>By the timer: if callers have blocked the receiving thread since the last tick, another receives.</summary>
    private void ReleaseHeldReceiver()
    {
        var held = Volatile.Read(ref _held);
        if (held == _heldAtLastTick && Interlocked.Exchange(ref _isHeld, 0) == 1)
        {
            // The pool's threads are for those who block: else there might be such a thread with every tick.
            _continuationsAreLong = true;
            Start();
        }

        _heldAtLastTick = held;
    }

    private static bool IsBroken(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException;

    private void Parse(long now, ref CompletionBatch completed)
    {
        while (true)
        {
            var unread = _received.Unread;
            if (!FrameHeader.TryReadResponse(unread, _limits.MaxFrameBytes, out var header)
                || unread.Length - FrameHeader.Size < header.Length)
            {
                return;
            }

            Dispatch(header, unread.Slice(FrameHeader.Size, header.Length), now, ref completed);
            _received.Consume(FrameHeader.Size + header.Length);
        }
    }

    private void Dispatch(FrameHeader header, ReadOnlySpan<byte> bytes, long now, ref CompletionBatch completed)
    {
        if ((header.Flags & FrameFlags.Compressed) != FrameFlags.None)
        {
            throw new CassandraProtocolException("A frame is compressed, which was not asked for.");
        }

        var body = new BodyReader(bytes);
        body.SkipPrefix(header.Flags);
        if (header.Stream == FrameHeader.EventStream && header.Opcode == Opcode.Event)
        {
            EventReceived?.Invoke(ServerEvent.Read(ref body));
            return;
        }

        if (header.Version != Version)
        {
            RefuseVersion(header, ref body);
        }

        if (!_streams.Answered(header.Stream, out var ticket, out var sentAt))
        {
            _metrics.AnswerWasLate();
        }
        else if (header.Opcode == Opcode.Error)
        {
            RefuseAttempt(ticket, ref body, ref completed);
        }
        else
        {
            if (ticket.Operation.MaySpeculate)
            {
                Latencies.Record(now - sentAt);
            }

            Accept(ticket, header.Opcode, ref body, ref completed);
        }
    }

    private void RefuseAttempt(StreamTicket ticket, ref BodyReader body, ref CompletionBatch completed)
    {
        CassandraException reason;
        try
        {
            reason = ErrorBody.Read(ref body);
        }
        catch (CassandraProtocolException error)
        {
            FailAttempt(ticket, error, ref completed);
            throw;
        }

        FailAttempt(ticket, reason, ref completed);
    }

    private void FailAttempt(StreamTicket ticket, CassandraException reason, ref CompletionBatch completed)
    {
        if (ticket.Operation.TryTakeAfterFailure(ticket.Generation))
        {
            ticket.Operation.Fail(reason, this);
            completed.Add(ticket.Operation);
        }
    }

    private static void Accept(StreamTicket ticket, Opcode opcode, ref BodyReader body, ref CompletionBatch completed)
    {
        var operation = ticket.Operation;
        if (!operation.TryFinish(ticket.Generation))
        {
            return;
        }

        completed.Add(operation);
        try
        {
            operation.Accept(opcode, ref body);
        }
        catch (CassandraProtocolException error)
        {
            operation.Reject(error);
            throw;
        }
    }

    /// <summary>A server that doesn't speak our version says so in a frame of its own version, on any stream.</summary>
    private void RefuseVersion(FrameHeader header, ref BodyReader body)
    {
        if (header.Opcode == Opcode.Error)
        {
            throw ErrorBody.Read(ref body);
        }

        throw new CassandraProtocolException(
            $"A frame of protocol v{header.Version} came on a connection that speaks v{Version}.");
    }
}
