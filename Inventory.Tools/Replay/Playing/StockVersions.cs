using System.Collections.Concurrent;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Replay.Playing;

/// <summary>The newest version of each key that any answer named: what the read side has to catch up with.</summary>
internal sealed class StockVersions
{
    private readonly ConcurrentDictionary<StockKey, long> _newest = new();

    public IReadOnlyDictionary<StockKey, long> Newest => _newest;

    public void Note(IReadOnlyList<ChangedLine> lines)
    {
        foreach (var line in lines)
        {
            _newest.AddOrUpdate(line.ToKey(), static (_, version) => version, static (_, known, version) => Math.Max(known, version), line.Version);
        }
    }
}
