using System.Globalization;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Lines;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Ledger;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Authentication;

namespace Inventory.CommandApi.Ledger;

/// <summary>
/// <c>GET /stocks/{vendorItemId}/{fulfillmentCenterId}/ledger</c>. Unlike other reads of stock it asks the truth and names
/// orders, so it wants the token of a command.
/// </summary>
internal static class LedgerEndpoint
{
    public const int DefaultLimit = 100;

    public const int MaximumLimit = 1_000;

    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/stocks/{vendorItemId}/{fulfillmentCenterId}/ledger", ReadAsync)
            .RequireAuthorization(BearerAuthenticationExtensions.WritePolicy)
            .RequireRateLimiting(ClientRateLimit.Policy)
            .WithTags("Ledger")
            .WithSummary("Every change of a stock key with its cause, the newest first.")
            .Produces<LedgerAnswer>();

    private static async Task<IResult> ReadAsync(
        string vendorItemId,
        string fulfillmentCenterId,
        string? cursor,
        string? limit,
        ReadLedger readLedger,
        CancellationToken cancellationToken)
    {
        if (!StockKey.TryParse($"{vendorItemId}:{fulfillmentCenterId}", out var key))
        {
            return LineValidation.Invalid(
                ProblemCodes.InvalidId,
                "Invalid id",
                "vendorItemId must be 1 to 2^63 - 1 and fulfillmentCenterId 1 to 2^31 - 1.");
        }

        if (!TryParse(limit ?? DefaultLimit.ToString(CultureInfo.InvariantCulture), MaximumLimit, out var count)
            || !TryParse(cursor ?? long.MaxValue.ToString(CultureInfo.InvariantCulture), long.MaxValue, out var before))
        {
            return LineValidation.Invalid(
                ProblemCodes.InvalidCursor,
                "Invalid cursor or limit",
                $"cursor must be the next of an earlier page, and limit 1 to {MaximumLimit}.");
        }

        var entries = await readLedger.PageAsync(key, before, (int)count, cancellationToken);
        if (entries is null)
        {
            return StockProblems.UnknownKey(key);
        }

        var isMore = entries.Count > count;
        if (isMore)
        {
            entries.RemoveAt(entries.Count - 1);
        }

        var next = isMore ? entries[^1].Version.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(
            new LedgerAnswer(key.VendorItemId, key.FulfillmentCenterId, entries, next), ApiJson.Default.LedgerAnswer);
    }

    private static bool TryParse(string text, long maximum, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= maximum;
}
