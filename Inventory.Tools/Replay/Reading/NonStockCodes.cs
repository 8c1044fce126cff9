namespace Inventory.Tools.Replay.Reading;

/// <summary>StockCodes of the UCI data that stand for money or paper and never lay in a fulfillment center.</summary>
internal static class NonStockCodes
{
    // PADS is not among them: a real thing, sold for next to nothing beside the cushions it fits.
    private static readonly HashSet<string> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        "POST", "DOT", // postage
        "C2", "C3", // carriage
        "D", // discount
        "M", // manual entry
        "S", // samples
        "B", // bad debt
        "ADJUST", "ADJUST2", // bookkeeping
        "CRUK", // a charity's commission
        "BANK CHARGES",
        "AMAZONFEE",
        "GIFT", // vouchers
    };

    private static readonly string[] Prefixes = ["GIFT_", "TEST0"];

    public static bool Contains(string stockCode) =>
        Codes.Contains(stockCode)
        || Array.Exists(Prefixes, prefix => stockCode.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
