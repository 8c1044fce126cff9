using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.QueryApi.Stocks;

/// <summary>What is accepted as a batch.</summary>
internal static class StockBatch
{
    /// <returns>The first thing that is wrong with the batch, or null.</returns>
    public static ProblemHttpResult? Check(StockBatchRequest request)
    {
        var keys = request.Keys;
        if (keys.Count is 0 or > StockBatchRequest.MaximumKeys)
        {
            return StockProblems.BatchSizeOutOfRange(keys.Count);
        }

        var seen = new HashSet<StockKey>(keys.Count);
        for (var index = 0; index < keys.Count; index++)
        {
            // The serializer lets null into a list of references.
            if (keys[index] is not { } field)
            {
                return StockProblems.NullKey(index);
            }

            if (field.VendorItemId <= 0)
            {
                return StockProblems.InvalidVendorItemId($"of keys[{index}]");
            }

            if (field.FulfillmentCenterId <= 0)
            {
                return StockProblems.InvalidFulfillmentCenterId($"of keys[{index}]");
            }

            if (!seen.Add(field.ToKey()))
            {
                return StockProblems.RepeatedKey(field.ToKey());
            }
        }

        return null;
    }

    /// <returns>How many keys there are.</returns>
    public static int CopyKeys(StockBatchRequest request, Span<StockKey> keys)
    {
        for (var index = 0; index < request.Keys.Count; index++)
        {
            keys[index] = request.Keys[index].ToKey();
        }

        return request.Keys.Count;
    }
}
