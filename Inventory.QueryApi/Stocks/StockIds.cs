using System.Globalization;

namespace Inventory.QueryApi.Stocks;

/// <summary>Ids as text: digits only, above 0 and within their type.</summary>
internal static class StockIds
{
    public static bool TryParseVendorItem(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;

    public static bool TryParseFulfillmentCenter(string text, out int id) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id > 0;
}
