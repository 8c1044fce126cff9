using System.Globalization;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Orders;

internal static class OrderProblems
{
    public static ProblemHttpResult InvalidId(string text) =>
        Problem.Create(
            StatusCodes.Status400BadRequest,
            ProblemCodes.InvalidId,
            "Invalid id",
            $"The order id must be a UUID; '{text}' is none.");

    public static ProblemHttpResult NotFound(Guid orderId) =>
        Problem.Create(
            StatusCodes.Status404NotFound,
            ProblemCodes.OrderNotFound,
            "Unknown order",
            $"There is no order {orderId}.");

    public static ProblemHttpResult WasRejected(Guid orderId) =>
        Problem.Create(
            StatusCodes.Status409Conflict,
            ProblemCodes.OrderWasRejected,
            "The order was rejected",
            $"Order {orderId} was rejected and took no stock, so there is nothing to cancel.");

    public static ProblemHttpResult AlreadyCancelled(Guid orderId, DateTimeOffset cancelledAt) =>
        Problem.Create(
            StatusCodes.Status409Conflict,
            ProblemCodes.OrderAlreadyCancelled,
            "The order is cancelled already",
            $"Order {orderId} was cancelled before; its stock was given back then, once.",
            KeyValuePair.Create<string, object?>("cancelledAt", cancelledAt.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>Why so many cannot be given back of an order, or null if they can.</summary>
    public static ProblemHttpResult? Exceeding(StoredOrder order, IReadOnlyDictionary<StockKey, int> quantities)
    {
        var remaining = order.Lines.ToDictionary(line => line.Key, line => line.Remaining);
        var exceeding = quantities
            .Where(each => each.Value > remaining.GetValueOrDefault(each.Key))
            .Select(each => new Shortage(
                each.Key.VendorItemId, each.Key.FulfillmentCenterId, each.Value, remaining.GetValueOrDefault(each.Key)))
            .ToArray();
        return exceeding.Length == 0
            ? null
            : Problem.Create(
                StatusCodes.Status409Conflict,
                ProblemCodes.CancellationExceedsOrder,
                "The cancellation exceeds the order",
                $"Order {order.OrderId} has less left of {exceeding.Length} of the keys; nothing was cancelled.",
                KeyValuePair.Create<string, object?>("exceeding", exceeding));
    }
}
