using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Lines;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Postgres.Failures;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.CommandApi.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders")
            .RequireAuthorization(BearerAuthenticationExtensions.WritePolicy)
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithTags("Orders");
        orders.MapPost("/", PlaceAsync)
            .WithSummary("Places an order: all of its lines or none.")
            .Accepts<PlaceOrderRequest>("application/json")
            .Produces<OrderAnswer>(StatusCodes.Status201Created);
        orders.MapGet("/{orderId}", FindAsync)
            .WithSummary("Tells what became of an order.")
            .Produces<OrderAnswer>();
        orders.MapPost("/{orderId}/cancel", CancelAsync)
            .WithSummary("Gives the stock of an order back: of some lines, or all that is left.")
            .Accepts<CancelOrderRequest>(isOptional: true, "application/json")
            .Produces<OrderAnswer>();
    }

    private static async Task<IResult> PlaceAsync(HttpRequest request, CommandLanes lanes)
    {
        var (order, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.PlaceOrderRequest);
        if (order is null)
        {
            return problem!;
        }

        var (id, invalid) = CommandId.Of(request, order.OrderId, "orderId");
        invalid ??= LineValidation.Check(order.Lines, PlaceOrderRequest.MaximumLines, mayExpectVersions: true);
        return invalid is null
            ? await lanes.RunAsync(new TakeStock(id, new SortedLines(order.Lines)), request.HttpContext.RequestAborted)
            : invalid;
    }

    // Ids are parsed here and not by a route constraint, because a wrong id deserves better than a bare 404.
    private static async Task<IResult> FindAsync(string orderId, FindOrder findOrder, CancellationToken cancellationToken) =>
        Guid.TryParse(orderId, out var id)
            ? await findOrder.ExecuteAsync(id, cancellationToken)
            : OrderProblems.InvalidId(orderId);

    private static async Task<IResult> CancelAsync(
        string orderId, HttpRequest request, CommandLanes lanes, PostgresSessions sessions)
    {
        if (!Guid.TryParse(orderId, out var id))
        {
            return OrderProblems.InvalidId(orderId);
        }

        var (cancellation, problem) = await ReadCancellationAsync(request);
        if (problem is not null)
        {
            return problem;
        }

        var (cancellationId, invalid) = CommandId.OfOrNew(request, cancellation.CancellationId, "cancellationId");
        invalid ??= cancellation.Lines is null
            ? null
            : LineValidation.Check(cancellation.Lines, PlaceOrderRequest.MaximumLines);
        if (invalid is not null)
        {
            return invalid;
        }

        var keys = await OrderKeys.FindAsync(sessions, id, request.HttpContext.RequestAborted);
        return keys is null
            ? OrderProblems.NotFound(id)
            : await lanes.RunAsync(
                new CancelOrder(
                    cancellationId, id, keys, cancellation.Lines is { } lines ? new SortedLines(lines) : null),
                request.HttpContext.RequestAborted);
    }

    // The body may be left out, which is how everything is cancelled.
    private static async Task<(CancelOrderRequest Cancellation, IResult? Problem)> ReadCancellationAsync(HttpRequest request)
    {
        var body = request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>();
        if (body?.CanHaveBody != true || request.ContentLength == 0)
        {
            return (new CancelOrderRequest(), null);
        }

        var (cancellation, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.CancelOrderRequest);
        return (cancellation!, problem);
    }
}
