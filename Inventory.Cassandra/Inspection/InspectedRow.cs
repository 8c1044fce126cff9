using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra;

/// <summary>A row as it lies in a table, with what decides who overwrites it.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Level">Null if the row is no stock level: a column is null or out of range.</param>
/// <param name="FirstWrittenAt">The lowest timestamp of its columns, in microseconds; null if all of them are null.</param>
/// <param name="LastWrittenAt">The highest.</param>
public readonly record struct InspectedRow(StockKey Key, StockLevel? Level, long? FirstWrittenAt, long? LastWrittenAt)
{
    /// <summary>Whether every column was written with the version as its timestamp, as all of this system's writes are.</summary>
    public bool IsOurs => Level is { } level && FirstWrittenAt == level.Version && LastWrittenAt == level.Version;
}
