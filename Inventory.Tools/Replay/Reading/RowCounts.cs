namespace Inventory.Tools.Replay.Reading;

/// <summary>What became of the rows: every row read was either used or rejected.</summary>
internal sealed class RowCounts
{
    private readonly SortedDictionary<RejectReason, long> _rejected = [];

    public long Read { get; private set; }

    public long Used { get; private set; }

    public long Rejected { get; private set; }

    public IReadOnlyDictionary<RejectReason, long> RejectedByReason => _rejected;

    public void CountRead() => Read++;

    public void CountUsed() => Used++;

    public void CountRejected(RejectReason reason)
    {
        Rejected++;
        _rejected[reason] = _rejected.GetValueOrDefault(reason) + 1;
    }
}
