using Inventory.Contracts.Stocks;
using Inventory.Postgres.Failures;

namespace Inventory.CommandApi.Orders;

/// <summary>The keys of one order or reservation, which whoever changes it must lock. They never change.</summary>
internal static class OrderKeys
{
    /// <returns>Sorted; null if there is no such order.</returns>
    public static async Task<StockKey[]?> FindAsync(
        PostgresSessions sessions, Guid orderId, CancellationToken cancellationToken)
    {
        var keys = await sessions.RunAsync(
            (connection, token) => OrderReading.KeysAsync(connection, [orderId], token), cancellationToken);
        return keys.GetValueOrDefault(orderId);
    }
}
