using System.Globalization;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Answers;

/// <summary>The path of the read of one key, <c>/stocks/{vendorItemId}/{fulfillmentCenterId}</c>, in its plain spelling.</summary>
internal static class StockPath
{
    private const string Start = "/stocks/";

    /// <returns>False for every other path, and for ids that are none: routing and its endpoints tell what is wrong.</returns>
    public static bool TryParse(string? path, out StockKey key)
    {
        key = default;
        if (path is null || !path.StartsWith(Start, StringComparison.Ordinal))
        {
            return false;
        }

        var ids = path.AsSpan(Start.Length);
        var slash = ids.IndexOf('/');
        if (slash < 0
            || !long.TryParse(ids[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var item)
            || !int.TryParse(ids[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var center))
        {
            return false;
        }

        key = new StockKey(item, center);
        return key.IsValid;
    }
}
