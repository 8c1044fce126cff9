using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Stock;

/// <summary>What a command made of one locked row: an entry of the ledger.</summary>
/// <param name="Key">The row.</param>
/// <param name="Quantity">What was added; negative if it was taken.</param>
/// <param name="Level">Count, version and time after the change.</param>
/// <param name="Cause">What made it.</param>
/// <param name="TraceParent">W3C trace context of the request that made it, or null.</param>
internal sealed record StockChange(
    StockKey Key, int Quantity, StockLevel Level, StockChangeCause Cause, string? TraceParent);
