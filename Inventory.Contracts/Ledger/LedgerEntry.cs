using Inventory.Contracts.Events;

namespace Inventory.Contracts.Ledger;

/// <summary>One change of a stock key.</summary>
/// <param name="Version">The version that the change made; strictly grows.</param>
/// <param name="Change">What was added; negative if it was taken.</param>
/// <param name="StockCount">What could be sold afterwards.</param>
/// <param name="ChangedAt">UTC.</param>
/// <param name="Cause">What changed the stock.</param>
public sealed record LedgerEntry(
    long Version, int Change, int StockCount, DateTimeOffset ChangedAt, StockChangeCause Cause);
