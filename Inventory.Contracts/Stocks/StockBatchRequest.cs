namespace Inventory.Contracts.Stocks;

/// <summary>The body of <c>POST /stocks/batch</c>.</summary>
/// <param name="Keys">1 to <see cref="MaximumKeys"/> different keys.</param>
public sealed record StockBatchRequest(IReadOnlyList<StockKeyField> Keys)
{
    public const int MaximumKeys = 500;
}
