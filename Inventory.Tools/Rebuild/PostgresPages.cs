using System.Runtime.CompilerServices;
using Inventory.Relay.Reconciliation;

namespace Inventory.Tools.Rebuild;

/// <summary>The truth by key, a page after the other, none of them in a transaction that would hold anything up.</summary>
internal static class PostgresPages
{
    public static async IAsyncEnumerable<RebuildPage> ReadAsync(
        StockTruth truth,
        RebuildCheckpoint start,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await truth.ReadAfterAsync(start.LastKey, pageSize, cancellationToken);
            if (rows.Count == 0)
            {
                yield break;
            }

            start = start with { Done = start.Done + rows.Count, LastKey = rows[^1].Key };
            yield return new RebuildPage(rows, start);
        }
    }
}
