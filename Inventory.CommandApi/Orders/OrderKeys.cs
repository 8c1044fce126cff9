using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.CommandApi.Orders;

/// <summary>The keys of one order or reservation, which whoever changes it must lock. They never change.</summary>
internal static class OrderKeys
{
    /// <returns>Sorted; null if there is no such order.</returns>
    public static async Task<StockKey[]?> FindAsync(
        NpgsqlDataSource dataSource, Guid orderId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var keys = await OrderReading.KeysAsync(connection, [orderId], cancellationToken);
        return keys.GetValueOrDefault(orderId);
    }
}
