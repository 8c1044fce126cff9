using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Stocks;

/// <summary>Turns the rows of one item into its answer.</summary>
internal static class ItemStock
{
    /// <param name="vendorItemId">The item.</param>
    /// <param name="rows">Its rows by ascending fulfillment center, which is how the table clusters them.</param>
    public static ItemStockAnswer Sum(long vendorItemId, IReadOnlyList<StockRow> rows)
    {
        var total = 0L;
        var centers = new StockAnswer[rows.Count];
        for (var index = 0; index < centers.Length; index++)
        {
            var (key, level) = rows[index];
            centers[index] = StockAnswer.From(key, level);
            total += level.StockCount;
        }

        return new ItemStockAnswer(vendorItemId, total, centers);
    }
}
