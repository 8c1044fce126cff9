using System.Globalization;
using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.QueryApi.Stocks;

/// <summary>Ids as text: digits only, above 0 and within their type.</summary>
internal static class StockIds
{
    /// <returns>What is wrong with the ids of the path, or null.</returns>
    public static ProblemHttpResult? Check(string vendorItemId, string fulfillmentCenterId, out StockKey key)
    {
        key = default;
        if (!TryParseVendorItem(vendorItemId, out var item))
        {
            return StockProblems.InvalidVendorItemId("in the path");
        }

        if (!int.TryParse(fulfillmentCenterId, NumberStyles.None, CultureInfo.InvariantCulture, out var center)
            || center <= 0)
        {
            return StockProblems.InvalidFulfillmentCenterId("in the path");
        }

        key = new StockKey(item, center);
        return null;
    }

    public static bool TryParseVendorItem(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
}
