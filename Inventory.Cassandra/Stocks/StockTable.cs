namespace Inventory.Cassandra;

public enum StockTable
{
    /// <summary>One partition per stock key.</summary>
    Stocks,

    /// <summary>One partition per item, its fulfillment centers in order.</summary>
    StocksByItem,
}
