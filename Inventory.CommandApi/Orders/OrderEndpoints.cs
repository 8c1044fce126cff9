using Inventory.CommandApi.Lines;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.CommandApi.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").RequireAuthorization(BearerAuthenticationExtensions.WritePolicy);
        orders.MapPost("/", PlaceAsync);
        orders.MapGet("/{orderId}", FindAsync);
        orders.MapPost("/{orderId}/cancel", CancelAsync);
    }

    private static async Task<IResult> PlaceAsync(HttpRequest request, PlaceOrder placeOrder)
    {
        var (order, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.PlaceOrderRequest);
        if (order is null)
        {
            return problem!;
        }

        return LineValidation.Check(order.OrderId, "orderId", order.Lines, PlaceOrderRequest.MaximumLines) is { } invalid
            ? invalid
            : await placeOrder.ExecuteAsync(order, request.HttpContext.RequestAborted);
    }

    // Ids are parsed here and not by a route constraint, because a wrong id deserves better than a bare 404.
    private static async Task<IResult> FindAsync(string orderId, FindOrder findOrder, CancellationToken cancellationToken) =>
        Guid.TryParse(orderId, out var id)
            ? await findOrder.ExecuteAsync(id, cancellationToken)
            : OrderProblems.InvalidId(orderId);

    private static async Task<IResult> CancelAsync(
        string orderId, CancelOrder cancelOrder, CancellationToken cancellationToken) =>
        Guid.TryParse(orderId, out var id)
            ? await cancelOrder.ExecuteAsync(id, cancellationToken)
            : OrderProblems.InvalidId(orderId);
}
