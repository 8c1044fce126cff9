using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Orders;

/// <summary>Decides an order against locked stock: all of its lines or none.</summary>
/// <param name="Changes">What the order takes, by stock key; empty when it is rejected.</param>
/// <param name="Rejection">Why it takes nothing, or null.</param>
internal sealed record OrderDecision(IReadOnlyList<StockChange> Changes, ProblemHttpResult? Rejection)
{
    public static OrderDecision Of(SortedLines lines, LockedStock stock)
    {
        var unknown = lines.Keys.Where(key => !stock.Levels.ContainsKey(key)).ToArray();
        if (unknown.Length > 0)
        {
            return new([], StockProblems.UnknownKeys(unknown));
        }

        var shortages = lines
            .Where(line => stock.Levels[line.ToKey()].StockCount < line.Quantity)
            .Select(line => new Shortage(
                line.VendorItemId, line.FulfillmentCenterId, line.Quantity, stock.Levels[line.ToKey()].StockCount))
            .ToArray();
        if (shortages.Length > 0)
        {
            return new([], StockProblems.NotEnough(shortages));
        }

        return new([.. lines.Select(line =>
        {
            var level = stock.Levels[line.ToKey()];
            return new StockChange(line.ToKey(), line.Quantity, new StockLevel(
                level.StockCount - line.Quantity, stock.NextVersion(level), stock.Now));
        })], Rejection: null);
    }
}
