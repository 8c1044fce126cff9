namespace Inventory.Contracts.Stocks;

/// <summary>A stock key with its level.</summary>
public readonly record struct StockRow(StockKey Key, StockLevel Level);
