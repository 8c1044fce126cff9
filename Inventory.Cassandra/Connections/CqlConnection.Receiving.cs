using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>Receiving: leader and follower. Whoever parsed a block starts the next receive before it runs callers.</summary>
internal sealed partial class CqlConnection
{
    private readonly ReceiveBuffer _received = new();
    private readonly Action _onReceived;
    private readonly ReceiveWork _receiveWork;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;

    /// <summary>Called for every EVENT frame, on the receiving thread.</summary>
    public Action<ServerEvent>? EventReceived { get; set; }

    public long LastReceivedAt { get; private set; }

    /// <summary>Begins to receive; once, after construction.</summary>
    public void Start()
    {
        var completed = default(CompletionBatch);
        Continue(ref completed, LastReceivedAt);
    }

    private void OnReceived()
    {
        // 1. Take what arrived.
        int count;
        try
        {
            count = _receiving.GetResult();
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            Close(new CassandraConnectionException($"Receiving from {EndPoint} failed: {error.Message}", error));
            return;
        }

        if (count == 0)
        {
            Close(new CassandraConnectionException($"{EndPoint} closed the connection."));
            return;
        }

        // 2. Parse every whole frame and finish its operation, without letting anybody continue yet.
        var now = _time.GetTimestamp();
        var completed = default(CompletionBatch);
        try
        {
            LastReceivedAt = now;
            _received.Received(count);
            Parse(now, ref completed);
            PumpWaiting(now);
        }
        catch (CassandraException error)
        {
            Close(error);
            completed.Run(now);
            return;
        }

        Continue(ref completed, now);
    }

    private void Continue(ref CompletionBatch completed, long now)
    {
        // 3. Start the next receive. If its bytes are there already, another thread goes on with them.
#pragma warning disable CA2012 // The field is consumed once, by OnReceived.
        try
        {
            _receiving = _transport.ReceiveAsync(_received.GetFree()).ConfigureAwait(false).GetAwaiter();
            if (_receiving.IsCompleted)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_receiveWork, preferLocal: false);
            }
            else
            {
                _receiving.UnsafeOnCompleted(_onReceived);
            }
        }
#pragma warning restore CA2012
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            Close(new CassandraConnectionException($"Receiving from {EndPoint} failed: {error.Message}", error));
        }

        // 4. The callers continue, here; 5. what they send leaves when the last of them is done.
        completed.Run(now);
    }

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

        StreamSlot answered;
        lock (_gate)
        {
            _streams.Release(header.Stream, out answered);
            _load = _streams.InUse + _waiting.Count;
        }

        if (answered.Operation is not { } operation)
        {
            _metrics.AnswerWasLate();
        }
        else if (header.Opcode == Opcode.Error)
        {
            FailAttempt(operation, answered.Generation, ErrorBody.Read(ref body), ref completed);
        }
        else
        {
            if (operation.MaySpeculate)
            {
                Latencies.Record(now - answered.SentAt);
            }

            Accept(operation, answered.Generation, header.Opcode, ref body, ref completed);
        }
    }

    private void FailAttempt(
        Operation operation,
        int generation,
        CassandraServerException error,
        ref CompletionBatch completed)
    {
        if (operation.TryTakeAfterFailure(generation))
        {
            operation.Fail(error, this);
            completed.Add(operation);
        }
    }

    private static void Accept(
        Operation operation,
        int generation,
        Opcode opcode,
        ref BodyReader body,
        ref CompletionBatch completed)
    {
        if (!operation.TryFinish(generation))
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

    private sealed class ReceiveWork(CqlConnection connection) : IThreadPoolWorkItem
    {
        public void Execute() => connection.OnReceived();
    }
}
