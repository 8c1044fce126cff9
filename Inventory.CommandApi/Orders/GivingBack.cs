using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Orders;

/// <summary>Gives back what an order or reservation took.</summary>
internal static class GivingBack
{
    /// <param name="work">Holds the keys of the order.</param>
    /// <param name="order">The order, whose state the caller sets.</param>
    /// <param name="quantities">How many of which key, at most what remains.</param>
    /// <param name="cause">For the ledger.</param>
    /// <param name="traceParent">For the outbox.</param>
    /// <returns>The order afterwards, or why nothing was given back.</returns>
    public static (StoredOrder? Order, ProblemHttpResult? Problem) Apply(
        GroupWork work,
        StoredOrder order,
        IReadOnlyDictionary<StockKey, int> quantities,
        StockChangeCause cause,
        string? traceParent)
    {
        foreach (var (key, quantity) in quantities)
        {
            if (quantity > 0 && !work.Stock.HasRoomFor(key, quantity))
            {
                return (null, StockProblems.Overflow(key));
            }
        }

        return (order with { Lines = [.. order.Lines.Select(GiveBack)] }, null);

        StoredLine GiveBack(StoredLine line) => quantities.GetValueOrDefault(line.Key) is var quantity && quantity == 0
            ? line
            : line with
            {
                CancelledQuantity = line.CancelledQuantity + quantity,
                Changed = work.Change(line.Key, quantity, cause, traceParent),
            };
    }
}
