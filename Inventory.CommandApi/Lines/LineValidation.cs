using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Lines;

/// <summary>Checks what JSON cannot say about the lines of an order or an inbound.</summary>
internal static class LineValidation
{
    /// <returns>The problem of the first bad line, or null.</returns>
    public static ProblemHttpResult? Check(Guid id, string idName, IReadOnlyList<QuantityLine?> lines, int maximumLines)
    {
        if (id == Guid.Empty)
        {
            return Invalid(ProblemCodes.InvalidId, "Invalid id", $"{idName} must be a UUID of your own choice, not all zeros.");
        }

        if (lines.Count < 1 || lines.Count > maximumLines)
        {
            return Invalid(
                ProblemCodes.LineCountOutOfRange,
                "Line count out of range",
                $"Send 1 to {maximumLines} lines; this request has {lines.Count}.");
        }

        var seen = new HashSet<StockKey>(lines.Count);
        for (var index = 0; index < lines.Count; index++)
        {
            if (CheckLine(index, lines[index], seen) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static ProblemHttpResult? CheckLine(int index, QuantityLine? line, HashSet<StockKey> seen)
    {
        if (line is null)
        {
            return Invalid(
                ProblemCodes.InvalidJson, "The body is not the expected JSON", $"lines[{index}] must be an object, not null.");
        }

        var key = line.ToKey();
        if (!key.IsValid)
        {
            return Invalid(
                ProblemCodes.InvalidId,
                "Invalid id",
                $"lines[{index}]: vendorItemId and fulfillmentCenterId must be 1 or greater.");
        }

        if (line.Quantity < 1)
        {
            return Invalid(
                ProblemCodes.InvalidQuantity,
                "Invalid quantity",
                $"lines[{index}]: quantity must be 1 to {int.MaxValue}; it is {line.Quantity}.");
        }

        return seen.Add(key)
            ? null
            : Invalid(
                ProblemCodes.RepeatedKey,
                "Repeated stock key",
                $"lines[{index}] repeats stock key {key}; send one line with the sum of the quantities.");
    }

    private static ProblemHttpResult Invalid(string code, string title, string detail) =>
        Problem.Create(StatusCodes.Status400BadRequest, code, title, detail);
}
