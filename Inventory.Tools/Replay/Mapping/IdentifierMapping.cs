using Inventory.Contracts.Stocks;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay.Mapping;

/// <summary>StockCodes become vendor item ids, countries fulfillment center ids.</summary>
internal sealed class IdentifierMapping(NameMap stockCodes, NameMap countries)
{
    public IdentifierMapping()
        : this(new NameMap(IdentifierHash.VendorItemId), new NameMap(IdentifierHash.FulfillmentCenterId))
    {
    }

    public NameMap StockCodes { get; } = stockCodes;

    public NameMap Countries { get; } = countries;

    public bool TryMap(LogRow row, out StockKey key)
    {
        key = default;
        if (!StockCodes.TryMap(row.StockCode, out var item) || !Countries.TryMap(row.Country, out var center))
        {
            return false;
        }

        if (item.Description.Length == 0)
        {
            item.Description = row.Description;
        }

        key = new StockKey(item.Id, (int)center.Id);
        return true;
    }
}
