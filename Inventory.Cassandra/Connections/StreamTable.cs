using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// The stream ids of one connection: which are free, and what is under way on the others. Not safe for several
/// threads; its connection holds a lock around every call.
/// </summary>
internal sealed class StreamTable
{
    /// <summary>Ids are non-negative 16-bit integers.</summary>
    public const int MaxStreams = 32768;

    private readonly StreamSlot[] _slots;
    private readonly short[] _free;
    private int _freeCount;

    public StreamTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxStreams);
        _slots = new StreamSlot[capacity];
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

    public int Expired { get; private set; }

    public bool TryTake(Operation operation, int generation, long sentAt, long deadline, out short stream)
    {
        if (_freeCount == 0)
        {
            stream = 0;
            return false;
        }

        stream = _free[--_freeCount];
        ref var slot = ref _slots[stream];
        slot.Operation = operation;
        slot.Generation = generation;
        slot.Status = StreamSlotStatus.UnderWay;
        slot.Speculated = false;
        slot.SentAt = sentAt;
        slot.Deadline = deadline;
        return true;
    }

    /// <summary>The answer for a stream is here: frees it.</summary>
    /// <param name="stream">As in the answer's header.</param>
    /// <param name="answered">What was under way; its operation is null when the answer is late.</param>
    /// <exception cref="CassandraProtocolException">Nothing was asked on that stream.</exception>
    public void Release(short stream, out StreamSlot answered)
    {
        if ((uint)stream >= (uint)_slots.Length || _slots[stream].Status == StreamSlotStatus.Free)
        {
            throw new CassandraProtocolException($"An answer came on stream {stream}, where nothing was asked.");
        }

        ref var slot = ref _slots[stream];
        answered = slot;
        if (slot.Status == StreamSlotStatus.Expired)
        {
            Expired--;
        }

        slot.Operation = null;
        slot.Status = StreamSlotStatus.Free;
        _free[_freeCount++] = stream;
    }

    /// <summary>Retires every stream whose deadline has passed.</summary>
    public void Expire(long now, List<StreamTicket> expired)
    {
        for (var id = 0; id < _slots.Length; id++)
        {
            ref var slot = ref _slots[id];
            if (slot.Status == StreamSlotStatus.UnderWay && slot.Deadline <= now)
            {
                expired.Add(new StreamTicket(slot.Operation!, slot.Generation));
                slot.Operation = null;
                slot.Status = StreamSlotStatus.Expired;
                Expired++;
            }
        }
    }

    /// <summary>Marks and collects what has been under way since before a moment and may be asked elsewhere too.</summary>
    public void CollectSlow(long sentBefore, int most, List<StreamTicket> slow)
    {
        for (var id = 0; id < _slots.Length && slow.Count < most; id++)
        {
            ref var slot = ref _slots[id];
            if (slot.Status == StreamSlotStatus.UnderWay
                && !slot.Speculated
                && slot.SentAt <= sentBefore
                && slot.Operation!.MaySpeculate)
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
            if (slot.Operation is { } operation)
            {
                orphans.Add(new StreamTicket(operation, slot.Generation));
                slot.Operation = null;
            }
        }
    }
}
