using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Lines;

/// <summary>Checks what JSON cannot say about the lines of a command.</summary>
internal static class LineValidation
{
    /// <param name="lines">The lines.</param>
    /// <param name="maximumLines">How many there may be.</param>
    /// <param name="mayExpectVersions">Whether a line may say which version it expects.</param>
    /// <returns>The problem of the first bad line, or null.</returns>
    public static ProblemHttpResult? Check(
        IReadOnlyList<QuantityLine?> lines, int maximumLines, bool mayExpectVersions = false) =>
        Check(lines, maximumLines, line => line.ToKey(), (line, index) => line.Quantity < 1
            ? Invalid(
                ProblemCodes.InvalidQuantity,
                "Invalid quantity",
                $"lines[{index}]: quantity must be 1 to {int.MaxValue}; it is {line.Quantity}.")
            : line.ExpectedVersion is null || mayExpectVersions
                ? null
                : Invalid(
                    ProblemCodes.InvalidVersion,
                    "Invalid version",
                    $"lines[{index}]: expectedVersion belongs to orders and reservations only."));

    /// <summary>The same for lines of any kind.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="maximumLines">How many there may be.</param>
    /// <param name="keyOf">The stock key of a line; each may occur once.</param>
    /// <param name="checkQuantity">The problem of what a line says beside its key, or null.</param>
    public static ProblemHttpResult? Check<TLine>(
        IReadOnlyList<TLine?> lines,
        int maximumLines,
        Func<TLine, StockKey> keyOf,
        Func<TLine, int, ProblemHttpResult?> checkQuantity)
        where TLine : class
    {
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
            if (lines[index] is not { } line)
            {
                return Invalid(
                    ProblemCodes.InvalidJson, "The body is not the expected JSON", $"lines[{index}] must be an object, not null.");
            }

            if ((CheckKey(keyOf(line), index, seen) ?? checkQuantity(line, index)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    public static ProblemHttpResult Invalid(string code, string title, string detail) =>
        Problem.Create(StatusCodes.Status400BadRequest, code, title, detail);

    private static ProblemHttpResult? CheckKey(StockKey key, int index, HashSet<StockKey> seen)
    {
        if (!key.IsValid)
        {
            return Invalid(
                ProblemCodes.InvalidId,
                "Invalid id",
                $"lines[{index}]: vendorItemId and fulfillmentCenterId must be 1 or greater.");
        }

        return seen.Add(key)
            ? null
            : Invalid(
                ProblemCodes.RepeatedKey,
                "Repeated stock key",
                $"lines[{index}] repeats stock key {key}; send one line with the sum of the quantities.");
    }
}
