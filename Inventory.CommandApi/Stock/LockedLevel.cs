namespace Inventory.CommandApi.Stock;

/// <summary>Count and version of a locked row.</summary>
internal readonly record struct LockedLevel(int StockCount, long Version);
