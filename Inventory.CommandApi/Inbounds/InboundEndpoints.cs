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
            .MapPost("/", ReceiveAsync);

    private static async Task<IResult> ReceiveAsync(HttpRequest request, ReceiveInbound receiveInbound)
    {
        var (inbound, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.ReceiveInboundRequest);
        if (inbound is null)
        {
            return problem!;
        }

        return LineValidation.Check(
            inbound.InboundId, "inboundId", inbound.Lines, ReceiveInboundRequest.MaximumLines) is { } invalid
            ? invalid
            : await receiveInbound.ExecuteAsync(inbound, request.HttpContext.RequestAborted);
    }
}
