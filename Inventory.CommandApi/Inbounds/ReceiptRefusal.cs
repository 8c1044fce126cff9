using Inventory.CommandApi.Stock;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Inbounds;

/// <summary>Why a line of an inbound or a correction is not added.</summary>
internal static class ReceiptRefusal
{
    /// <param name="line">The line.</param>
    /// <param name="stock">Holds its key.</param>
    /// <param name="createsKeys">Whether it may be the first of its key.</param>
    /// <returns>The refusal, or null for a line that can be added.</returns>
    public static RefusedLine? Of(ReceiptLine line, LockedStock stock, bool createsKeys)
    {
        if ((createsKeys ? stock.FindToReceive(line.Key) : stock.Find(line.Key)) is not { } level)
        {
            return Refuse(line, ProblemCodes.StockKeyNotFound, "Nothing was ever received for this stock key.");
        }

        var count = (long)level.StockCount + line.Change;
        return count > int.MaxValue
            ? Refuse(line, ProblemCodes.StockCountOverflow, $"A stock key cannot hold more than {int.MaxValue}.")
            : count < 0
                ? Refuse(line, ProblemCodes.NotEnoughStock, $"There are {level.StockCount}; a count never goes below zero.")
                : null;
    }

    /// <summary>The answer when no line could be added: the problem of the first one.</summary>
    public static ProblemHttpResult OfAll(RefusedLine[] refused)
    {
        var first = refused[0];
        return Problem.Create(
            first.Code == ProblemCodes.StockKeyNotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict,
            first.Code,
            "No line could be added",
            $"Stock key {first.VendorItemId}:{first.FulfillmentCenterId}: {first.Detail} Nothing was added.",
            KeyValuePair.Create<string, object?>("refused", refused));
    }

    private static RefusedLine Refuse(ReceiptLine line, string code, string detail) =>
        new(line.Key.VendorItemId, line.Key.FulfillmentCenterId, line.Change, code, detail);
}
