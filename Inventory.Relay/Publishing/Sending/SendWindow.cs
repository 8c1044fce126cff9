using Inventory.Relay.Kafka;
using Inventory.Relay.Publishing.Leases;

namespace Inventory.Relay.Publishing.Sending;

/// <summary>
/// The rows on their way to Kafka, in the order in which a source read them:
/// 1. a row is sent at once, while there is room and the leases outlast its sending;
/// 2. reports come in any order, but rows are done with from the first on, without a gap;
/// 3. what is done with is deleted, and only then its position is told to the source;
/// 4. when a row has failed, or Kafka has been silent for too long, nothing new is sent until all reports are in; then it
///    and, once Kafka takes it, all behind it are sent again, so that the newest change of a key is also the last one in the
///    topic.
/// A crash between 2 and 3 sends rows twice, which changes nothing: an event carries the absolute count and a version.
/// Step 1 is in this file, 2 and 3 in SendWindow.Settling.cs, 4 in SendWindow.Repairing.cs.
/// </summary>
internal sealed partial class SendWindow(
    IEventSender sender,
    OutboxLeases leases,
    OutboxRows outbox,
    PublisherTelemetry telemetry,
    PublisherHeartbeat heartbeat,
    TimeProvider time,
    ILogger<SendWindow> logger) : IAsyncDisposable
{
    /// <summary>Rows on their way at once: far more than a broker takes in a round trip, about 10 MB.</summary>
    private const int Capacity = 16_384;

    // Kafka's client gives every message up by its own age. Had it taken rows for seconds while Kafka was away, it would
    // give up the first of a key and deliver the second to a Kafka that has just come back.
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Queue<SentRow> _rows = new();
    private readonly SemaphoreSlim _room = new(Capacity);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly AsyncSignal _reported = new();
    private readonly AsyncSignal _settled = new();
    private int _unreported;
    private int _unsettled;
    private volatile bool _hasFailed;

    /// <summary>Whether everything that was sent is delivered, deleted and told.</summary>
    public bool IsEmpty => Volatile.Read(ref _unsettled) == 0;

    /// <summary>Sends a row when there is room for it.</summary>
    /// <exception cref="LeaseLostException">The leases may end before Kafka answers.</exception>
    public async ValueTask SendAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        await EnterAsync(cancellationToken);
        try
        {
            var sent = new SentRow(this, row, position: 0);
            telemetry.Read(row);
            RequireLease();
            Enqueue(sent);
            Send(sent);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Has the position told when everything sent so far is done with.</summary>
    public void Mark(ulong position)
    {
        Enqueue(new SentRow(this, row: null, position));
        _reported.Set();
    }

    /// <summary>Waits until everything that was sent is done with. For who sends; while <see cref="SettleAsync"/> runs.</summary>
    public async Task WaitUntilEmptyAsync(CancellationToken cancellationToken)
    {
        while (!IsEmpty)
        {
            await _settled.WaitAsync(cancellationToken);
        }
    }

    public void Reported(SentRow sent)
    {
        if (sent.State == SendState.Delivered)
        {
            telemetry.Published(sent.Row!);
        }
        else
        {
            _hasFailed = true;
        }

        Interlocked.Decrement(ref _unreported);
        _reported.Set();
    }

    /// <summary>Waits for what Kafka may still take, so that a next window does not overtake this one.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (WatchForSilence())
        {
            await AllReportedAsync(CancellationToken.None);
        }

        _room.Dispose();
        _sending.Dispose();
    }

    private void Enqueue(SentRow sent)
    {
        Interlocked.Increment(ref _unsettled);
        lock (_lock)
        {
            _rows.Enqueue(sent);
        }
    }

    // Right before the client gets it, which gives up after the timeout: nothing of ours arrives after the lease.
    private void RequireLease()
    {
        if (leases.Remaining <= KafkaDefaults.MessageTimeout)
        {
            throw new LeaseLostException();
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _sending.WaitAsync(cancellationToken);
            if (!_hasFailed && !IsStalled())
            {
                return;
            }

            _sending.Release();
            await _settled.WaitAsync(cancellationToken);
        }
    }

    private bool IsStalled()
    {
        lock (_lock)
        {
            return _rows.TryPeek(out var first)
                && first.State == SendState.OnItsWay
                && time.GetElapsedTime(first.SentAt) > Stall;
        }
    }

    private void Send(SentRow sent)
    {
        sent.Begin(time.GetTimestamp());
        Interlocked.Increment(ref _unreported);
        sender.Send(sent);
    }
}
