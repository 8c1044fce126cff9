using System.Runtime.InteropServices;
using Inventory.Contracts.Stocks;

namespace Inventory.Relay.Projection;

/// <summary>
/// Collapses the changes of a batch to the newest of each key; the others would lose in Cassandra anyway. They are kept
/// behind it, by version, for the case that the newest cannot be written.
/// </summary>
/// <param name="capacity">How many changes will come at most.</param>
internal sealed class NewestChanges(int capacity)
{
    private readonly Dictionary<StockKey, ReceivedChange> _newest = new(capacity);

    public IReadOnlyCollection<ReceivedChange> All => _newest.Values;

    /// <returns>The change that need not be written because of the other one of its key, or null.</returns>
    public ReceivedChange? Add(ReceivedChange received)
    {
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, received.Change.ToKey(), out _);
        if (newest is not null && newest.Change.Version >= received.Change.Version)
        {
            InsertBehind(newest, received);
            return received;
        }

        received.Older = newest;
        newest = received;
        return received.Older;
    }

    private static void InsertBehind(ReceivedChange newer, ReceivedChange received)
    {
        while (newer.Older is { } next && next.Change.Version >= received.Change.Version)
        {
            newer = next;
        }

        received.Older = newer.Older;
        newer.Older = received;
    }
}
