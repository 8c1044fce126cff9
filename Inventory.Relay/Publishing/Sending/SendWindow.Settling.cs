using Inventory.Relay.Publishing.Leases;

namespace Inventory.Relay.Publishing.Sending;

/// <summary>Settling: what Kafka has is deleted from the outbox, and the source told.</summary>
internal sealed partial class SendWindow
{
    private const int DeleteAtMost = 4_096;

    // A commit that is in the log is seen within microseconds, unless it waits for the processor or for a standby.
    private static readonly TimeSpan UnseenPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Deletes and tells what is done with, and repairs what failed, until it is cancelled.</summary>
    /// <param name="pause">Rows that are done with wait that long for others, so that a deletion is worth its commit.</param>
    /// <param name="tellAsync">Gets positions behind everything that is done with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SettleAsync(
        TimeSpan pause, Func<ulong, CancellationToken, Task> tellAsync, CancellationToken cancellationToken)
    {
        await using var watch = WatchForSilence();
        while (true)
        {
            await _reported.WaitAsync(cancellationToken);
            while (await SettleDeliveredAsync(tellAsync, cancellationToken))
            {
                // There was a full batch of them.
            }

            if (_hasFailed || _isSilent)
            {
                await RepairAsync(cancellationToken);
            }
            else
            {
                heartbeat.Beat();
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> SettleDeliveredAsync(
        Func<ulong, CancellationToken, Task> tellAsync, CancellationToken cancellationToken)
    {
        var (done, position, settled) = TakeDelivered();
        if (done.Count > 0)
        {
            await DeleteAsync(done, cancellationToken);
        }

        if (position > 0)
        {
            await tellAsync(position, cancellationToken);
        }

        if (settled > 0)
        {
            Interlocked.Add(ref _unsettled, -settled);
            _settled.Set();
        }

        if (done.Count > 0)
        {
            _room.Release(done.Count);
        }

        return done.Count == DeleteAtMost;
    }

    // Rows that were sent once more may be gone already. Those that another's lease has kept, or that cannot be seen yet, must
    // not be told as done with: nobody would ever delete them. The log has a commit before anybody sees what it committed.
    private async Task DeleteAsync(List<OutboxRow> done, CancellationToken cancellationToken)
    {
        var held = leases.Held;
        var left = done.Count - await outbox.DeleteAsync(done, held, cancellationToken);
        while (left > 0)
        {
            // What it sees, the deletion after it sees as well.
            var snapshot = await outbox.ReadSnapshotAsync(cancellationToken);
            left -= await outbox.DeleteAsync(done, held, cancellationToken);
            if (left > 0 && !await outbox.AreHeldAsync(held, cancellationToken))
            {
                throw new LeaseLostException();
            }

            if (left == 0 || done.TrueForAll(row => row.Transaction is not { } transaction || snapshot.Sees(transaction)))
            {
                return;
            }

            await Task.Delay(UnseenPause, time, cancellationToken);
        }
    }

    private (List<OutboxRow> Done, ulong Position, int Settled) TakeDelivered()
    {
        var done = new List<OutboxRow>();
        var position = 0UL;
        var settled = 0;
        lock (_lock)
        {
            while (done.Count < DeleteAtMost && _rows.TryPeek(out var first) && first.State == SendState.Delivered)
            {
                _rows.Dequeue();
                settled++;
                position = Math.Max(position, first.Position);
                if (first.Row is { } row)
                {
                    done.Add(row);
                }
            }
        }

        return (done, position, settled);
    }
}
