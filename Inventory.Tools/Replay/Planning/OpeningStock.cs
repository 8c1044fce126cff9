using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Replay.Planning;

/// <summary>What lies in the fulfillment centers before the first order.</summary>
/// <param name="perKey">The same for every key, or null for as much as all orders of the key together take.</param>
internal sealed class OpeningStock(int? perKey)
{
    private readonly SortedDictionary<StockKey, long> _ordered = [];

    public int KeyCount => _ordered.Count;

    public void Count(IEnumerable<QuantityLine> lines, bool isCredit)
    {
        foreach (var line in lines)
        {
            var key = line.ToKey();
            _ordered[key] = _ordered.GetValueOrDefault(key) + (isCredit ? 0 : line.Quantity);
        }
    }

    public IReadOnlyList<ReceiveInboundRequest> ToInbounds(ReplayIds ids) =>
    [
        .. _ordered
            .Select(key => new QuantityLine(
                key.Key.VendorItemId, key.Key.FulfillmentCenterId, perKey ?? (int)Math.Min(key.Value, int.MaxValue)))
            .Where(line => line.Quantity > 0)
            .Chunk(ReceiveInboundRequest.MaximumLines)
            .Select((chunk, part) => new ReceiveInboundRequest(ids.Opening(part), chunk)),
    ];
}
