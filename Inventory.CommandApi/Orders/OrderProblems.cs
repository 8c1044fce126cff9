using System.Globalization;
using Inventory.Contracts.Problems;
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
}
