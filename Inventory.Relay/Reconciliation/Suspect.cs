using Inventory.Cassandra;
using Inventory.Contracts.Stocks;

namespace Inventory.Relay.Reconciliation;

/// <summary>A row that differed when it was first looked at.</summary>
/// <param name="Table">Which one.</param>
/// <param name="Expected">What Postgres had then.</param>
/// <param name="SeenAt">Then, as a timestamp of the clock.</param>
internal sealed record Suspect(StockTable Table, StockRow Expected, long SeenAt);
