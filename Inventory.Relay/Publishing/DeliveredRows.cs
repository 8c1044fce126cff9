using Inventory.Contracts.Stocks;

namespace Inventory.Relay.Publishing;

/// <summary>Tells which rows of a batch are done with.</summary>
internal static class DeliveredRows
{
    /// <param name="rows">In the order in which they were sent.</param>
    /// <param name="delivered">For each row whether Kafka has acknowledged it.</param>
    /// <returns>
    /// For each key the rows before its first failure. A row behind a failed one of its key stays, though Kafka may have
    /// it: it is sent again after the failed one, so that the newest change of a key is also the last one in the topic.
    /// </returns>
    public static IReadOnlyList<OutboxRow> Select(IReadOnlyList<OutboxRow> rows, IReadOnlyList<bool> delivered)
    {
        var failedKeys = new HashSet<StockKey>();
        var done = new List<OutboxRow>(rows.Count);
        foreach (var (row, isDelivered) in rows.Zip(delivered))
        {
            var key = row.Change.ToKey();
            if (isDelivered && !failedKeys.Contains(key))
            {
                done.Add(row);
            }
            else
            {
                failedKeys.Add(key);
            }
        }

        return done;
    }
}
