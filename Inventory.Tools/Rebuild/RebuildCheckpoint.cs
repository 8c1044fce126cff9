using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Rebuild;

/// <summary>How far a rebuild has come: everything up to here is acknowledged by Cassandra.</summary>
/// <param name="Source">Where from.</param>
/// <param name="Target">The connection string of Cassandra: progress there says nothing about another one.</param>
/// <param name="Done">Rows or messages done with.</param>
/// <param name="LastKey">With <see cref="RebuildSource.Postgres"/>, the last key in the order of keys.</param>
/// <param name="Offsets">With <see cref="RebuildSource.Topic"/>, where to go on by partition.</param>
/// <param name="Fingerprints">Of the last message done with, by partition.</param>
internal sealed record RebuildCheckpoint(
    RebuildSource Source,
    string Target,
    long Done = 0,
    StockKey LastKey = default,
    IReadOnlyDictionary<int, long>? Offsets = null,
    IReadOnlyDictionary<int, string>? Fingerprints = null);
