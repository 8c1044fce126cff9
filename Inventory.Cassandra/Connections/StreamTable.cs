using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// The stream ids of one connection: which are free, and what is under way on the others.
/// </summary>
/// <remarks>
/// An id changes hands without a lock: it is the sender's until the frame leaves, then the receiver's
/// (<see cref="Answered"/>) until that gives it back. Everything else, taking ids and giving them back included, happens
/// under the connection's lock, so an id can't begin another life while the timer looks at it.
/// </remarks>
internal sealed class StreamTable
{
    /// <summary>Ids are non-negative 16-bit integers.</summary>
    public const int MaxStreams = 32768;

    private readonly StreamSlot[] _slots;
    private readonly short[] _free;
    private readonly short[] _answered;
    private int _freeCount;
    private int _answeredCount;

    public StreamTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxStreams);
        _slots = new StreamSlot[capacity];
        _answered = new short[capacity];
        _free = new short[capacity];
        // Low ids first, and the one freed last first: a few hot cache lines instead of all of them.
        for (var id = capacity - 1; id >= 0; id--)
        {
            _free[_freeCount++] = (short)id;
        }
    }

    public int Capacity => _slots.Length;

    /// <summary>Streams that wait for an answer, late ones included.</summary>
    public int InUse => _slots.Length - _freeCount;

    public bool TryTake(StreamTicket ticket, long sentAt, long deadline, out short stream)
    {
        if (_freeCount == 0)
        {
            stream = 0;
            return false;
        }

        stream = _free[--_freeCount];
        ref var slot = ref _slots[stream];
        slot.Operation = ticket.Operation;
        slot.Generation = ticket.Generation;
        slot.Speculated = false;
        slot.SentAt = sentAt;
        slot.Deadline = deadline;
        Volatile.Write(ref slot.Status, StreamSlotStatus.UnderWay);
        return true;
    }

    /// <summary>The answer for a stream is here. Without the lock, by the one thread that receives.</summary>
    /// <returns>False if it is late: the request has timed out.</returns>
    /// <exception cref="CassandraProtocolException">Nothing was asked on that stream.</exception>
    public bool Answered(short stream, out StreamTicket ticket, out long sentAt)
    {
        if ((uint)stream >= (uint)_slots.Length)
        {
            throw Unasked(stream);
        }

        ref var slot = ref _slots[stream];
        var status = Volatile.Read(ref slot.Status);
        if (status == StreamSlotStatus.Free)
        {
            throw Unasked(stream);
        }

        // Not exchanged, which costs a fiftieth of a read: should the timer retire the slot at this very moment, both have the
        // ticket, and the operation lets only one of them finish it.
        Volatile.Write(ref slot.Status, StreamSlotStatus.Free);
        ticket = new StreamTicket(slot.Operation, slot.Generation);
        sentAt = slot.SentAt;
        _answered[_answeredCount++] = stream;
        return status == StreamSlotStatus.UnderWay;
    }

    /// <summary>Lets the ids be used again that were answered since the last call. By the thread that receives.</summary>
    public void FreeAnswered()
    {
        _answered.AsSpan(0, _answeredCount).CopyTo(_free.AsSpan(_freeCount));
        _freeCount += _answeredCount;
        _answeredCount = 0;
    }

    /// <summary>Retires every stream whose deadline has passed.</summary>
    /// <returns>How many streams still wait for a late answer.</returns>
    public int Expire(long now, List<StreamTicket> expired)
    {
        var late = 0;
        for (var id = 0; id < _slots.Length; id++)
        {
            ref var slot = ref _slots[id];
            switch (Volatile.Read(ref slot.Status))
            {
                case StreamSlotStatus.UnderWay when slot.Deadline <= now && TryRetire(ref slot):
                    expired.Add(new StreamTicket(slot.Operation, slot.Generation));
                    late++;
                    break;
                case StreamSlotStatus.Expired:
                    late++;
                    break;
            }
        }

        return late;
    }

    /// <summary>Marks and collects what has been under way since before a moment and may be asked elsewhere too.</summary>
    public void CollectSlow(long sentBefore, int most, List<StreamTicket> slow)
    {
        for (var id = 0; id < _slots.Length && slow.Count < most; id++)
        {
            ref var slot = ref _slots[id];
            if (Volatile.Read(ref slot.Status) == StreamSlotStatus.UnderWay
                && !slot.Speculated
                && slot.SentAt <= sentBefore
                && slot.Operation.MaySpeculate)
            {
                slot.Speculated = true;
                slow.Add(new StreamTicket(slot.Operation, slot.Generation));
            }
        }
    }

    /// <summary>The connection has ended: whatever is under way will get no answer.</summary>
    public void Drain(List<StreamTicket> orphans)
    {
        for (var id = 0; id < _slots.Length; id++)
        {
            ref var slot = ref _slots[id];
            if (TryRetire(ref slot))
            {
                orphans.Add(new StreamTicket(slot.Operation, slot.Generation));
            }
        }
    }

    private static bool TryRetire(ref StreamSlot slot) =>
        Interlocked.CompareExchange(ref slot.Status, StreamSlotStatus.Expired, StreamSlotStatus.UnderWay)
        == StreamSlotStatus.UnderWay;

    private static CassandraProtocolException Unasked(short stream) =>
        new($"An answer came on stream {stream}, where nothing was asked.");
}
