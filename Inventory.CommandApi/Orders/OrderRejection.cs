using Inventory.CommandApi.Stock;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Orders;

/// <summary>
/// Decides whether lines can be had, by what they found in stock. That is stored with a rejected order, so the same
/// decision gives the same answer to a repetition.
/// </summary>
internal static class OrderRejection
{
    /// <param name="lines">With the count and version that they found.</param>
    /// <returns>Why they cannot be had, or null.</returns>
    public static ProblemHttpResult? Of(IReadOnlyList<StoredLine> lines)
    {
        if (lines.Any(line => line.StockCount is null))
        {
            return StockProblems.UnknownKeys(lines.Where(line => line.StockCount is null).Select(line => line.Key));
        }

        if (lines.Any(line => line.ExpectedVersion is { } expected && expected != line.Version))
        {
            return StockProblems.StaleVersions([.. lines
                .Where(line => line.ExpectedVersion is { } expected && expected != line.Version)
                .Select(line => new StaleVersion(
                    line.Key.VendorItemId,
                    line.Key.FulfillmentCenterId,
                    line.ExpectedVersion!.Value,
                    line.Version!.Value,
                    line.StockCount!.Value))]);
        }

        // Partial lines take what there is; if that is nothing at all, there is nothing to hold.
        var isPartial = lines[0].RequestedQuantity is not null;
        return isPartial && lines.Any(line => line.StockCount > 0) || !lines.Any(line => line.StockCount < line.Asked)
            ? null
            : StockProblems.NotEnough([.. lines
                .Where(line => line.StockCount < line.Asked)
                .Select(line => new Shortage(
                    line.Key.VendorItemId, line.Key.FulfillmentCenterId, line.Asked, line.StockCount!.Value))]);
    }
}
