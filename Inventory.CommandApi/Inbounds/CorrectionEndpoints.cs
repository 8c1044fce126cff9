using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Lines;
using Inventory.Contracts;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Inbounds;

internal static class CorrectionEndpoints
{
    public static void MapCorrections(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/corrections")
            .RequireAuthorization(BearerAuthenticationExtensions.WritePolicy)
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithTags("Inbounds")
            .MapPost("/", CorrectAsync)
            .WithSummary("Adds or takes away what was counted wrong, with a reason and a result for each line.")
            .Accepts<CorrectStockRequest>("application/json")
            .Produces<CorrectionAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> CorrectAsync(HttpRequest request, CommandLanes lanes)
    {
        var (correction, problem) = await JsonBody.ReadAsync(request, ApiJson.Default.CorrectStockRequest);
        if (correction is null)
        {
            return problem!;
        }

        var (id, invalid) = CommandId.Of(request, correction.CorrectionId, "correctionId");
        invalid ??= CheckReason(correction.Reason) ?? LineValidation.Check(
            correction.Lines, CorrectStockRequest.MaximumLines, line => line.ToKey(), CheckChange);
        if (invalid is not null)
        {
            return invalid;
        }

        var lines = correction.Lines
            .Select(line => new ReceiptLine(line.ToKey(), line.Change))
            .OrderBy(line => line.Key)
            .ToArray();
        return await lanes.RunAsync(
            new ReceiveStock(id, lines, correction.Reason), request.HttpContext.RequestAborted);
    }

    // Postgres keeps any text but that character.
    private static ProblemHttpResult? CheckReason(string reason) =>
        string.IsNullOrWhiteSpace(reason)
        || reason.Length > CorrectStockRequest.MaximumReason
        || reason.Contains('\0', StringComparison.Ordinal)
            ? LineValidation.Invalid(
                ProblemCodes.InvalidReason,
                "Invalid reason",
                $"reason must have 1 to {CorrectStockRequest.MaximumReason} characters and say something.")
            : null;

    private static ProblemHttpResult? CheckChange(CorrectionLine line, int index) => line.Change == 0
        ? LineValidation.Invalid(
            ProblemCodes.InvalidQuantity, "Invalid quantity", $"lines[{index}]: change must not be 0.")
        : null;
}
