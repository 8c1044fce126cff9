using Inventory.CommandApi.Lines;
using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Stock;

/// <summary>What lines add to locked stock: all of them or none.</summary>
/// <param name="Changes">By stock key; empty when it is rejected.</param>
/// <param name="Rejection">Why nothing is added, or null.</param>
internal sealed record StockAddition(IReadOnlyList<StockChange> Changes, ProblemHttpResult? Rejection)
{
    public static StockAddition Of(SortedLines lines, LockedStock stock)
    {
        var changes = new List<StockChange>(lines.Count);
        foreach (var line in lines)
        {
            var level = stock.Levels[line.ToKey()];
            if (line.Quantity > int.MaxValue - level.StockCount)
            {
                return new([], StockProblems.Overflow(line.ToKey()));
            }

            changes.Add(new StockChange(line.ToKey(), line.Quantity, new StockLevel(
                level.StockCount + line.Quantity, stock.NextVersion(level), stock.Now)));
        }

        return new(changes, Rejection: null);
    }
}
