using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Lines;
using Inventory.Contracts;
using Inventory.Contracts.Inbounds;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.CommandApi.Inbounds;

internal static class InboundEndpoints
{
    public static void MapInbounds(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/inbounds")
            .RequireAuthorization(BearerAuthenticationExtensions.WritePolicy)
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithTags("Inbounds")
            .MapPost("/", ReceiveAsync)
            .WithSummary("Adds what was delivered, with a result for each line.")
            .Accepts<ReceiveInboundRequest>("application/json")
            .Produces<InboundAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> ReceiveAsync(HttpRequest request, CommandLanes lanes)
    {
        var (inbound, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.ReceiveInboundRequest);
        if (inbound is null)
        {
            return problem!;
        }

        var (id, invalid) = CommandId.Of(request, inbound.InboundId, "inboundId");
        invalid ??= LineValidation.Check(inbound.Lines, ReceiveInboundRequest.MaximumLines);
        if (invalid is not null)
        {
            return invalid;
        }

        var lines = new SortedLines(inbound.Lines).Select(line => new ReceiptLine(line.ToKey(), line.Quantity)).ToArray();
        return await lanes.RunAsync(new ReceiveStock(id, lines), request.HttpContext.RequestAborted);
    }
}
