using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Verification;

/// <summary>
/// The rows of Postgres, in columns by key: 36 bytes a row, about half of what a dictionary takes, so that millions of
/// keys fit into a small process.
/// </summary>
/// <param name="capacity">About how many rows will come.</param>
internal sealed class StockSnapshot(int capacity)
{
    private readonly List<StockKey> _keys = new(capacity);
    private readonly List<int> _counts = new(capacity);
    private readonly List<long> _versions = new(capacity);
    private readonly List<long> _milliseconds = new(capacity);

    public int Count => _keys.Count;

    /// <summary>Rows come by key.</summary>
    public void Add(StockKey key, StockLevel level)
    {
        if (_keys.Count > 0 && key <= _keys[^1])
        {
            throw new InvalidOperationException($"The key {key} does not come after {_keys[^1]}.");
        }

        _keys.Add(key);
        _counts.Add(level.StockCount);
        _versions.Add(level.Version);
        _milliseconds.Add(level.UpdatedAt.ToUnixTimeMilliseconds());
    }

    public StockKey KeyAt(int index) => _keys[index];

    /// <returns>Below 0 if there is no such row.</returns>
    public int Find(StockKey key) => _keys.BinarySearch(key);

    public bool Holds(int index, StockLevel level) =>
        _counts[index] == level.StockCount
        && _versions[index] == level.Version
        && _milliseconds[index] == level.UpdatedAt.ToUnixTimeMilliseconds();
}
