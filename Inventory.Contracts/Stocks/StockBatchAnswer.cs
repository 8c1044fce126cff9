namespace Inventory.Contracts.Stocks;

/// <summary>The answer to <c>POST /stocks/batch</c>: what was found, in the order asked, and the keys that were not.</summary>
public sealed record StockBatchAnswer(IReadOnlyList<StockAnswer> Stocks, IReadOnlyList<StockKeyField> Missing);
