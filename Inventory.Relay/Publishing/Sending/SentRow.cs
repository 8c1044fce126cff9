namespace Inventory.Relay.Publishing.Sending;

/// <summary>A row on its way, or the mark that the source's position so far is done with when all before it is.</summary>
internal sealed class SentRow(SendWindow window, OutboxRow? row, ulong position)
{
    private volatile SendState _state = row is null ? SendState.Delivered : SendState.OnItsWay;
    private long _sentAt;

    /// <summary>Null for a mark.</summary>
    public OutboxRow? Row { get; } = row;

    /// <summary>0 for a row.</summary>
    public ulong Position { get; } = position;

    public SendState State => _state;

    /// <summary>A timestamp of the last sending.</summary>
    public long SentAt => Volatile.Read(ref _sentAt);

    public void Begin(long now)
    {
        Volatile.Write(ref _sentAt, now);
        _state = SendState.OnItsWay;
    }

    public void Report(bool isDelivered)
    {
        _state = isDelivered ? SendState.Delivered : SendState.Failed;
        window.Reported(this);
    }
}
