using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>Reads a level out of three columns side by side: count, version and time.</summary>
internal static class DriverRow
{
    /// <exception cref="CassandraDataException">The row is one that nothing of ours wrote.</exception>
    public static StockLevel ToLevel(Driver.Row row, int firstColumn)
    {
        try
        {
            return row.GetValue<int?>(firstColumn) is { } count
                && row.GetValue<long?>(firstColumn + 1) is { } version
                && row.GetValue<DateTimeOffset?>(firstColumn + 2) is { } time
                    ? new StockLevel(count, version, time)
                    : throw new CassandraDataException("A stock row has a null column: something else wrote to the table.");
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new CassandraDataException($"A stock row has a time that .NET cannot hold: {error.Message}");
        }
    }
}
