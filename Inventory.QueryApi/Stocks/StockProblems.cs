using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.QueryApi.Stocks;

/// <summary>The problems of the stock reads. What a client sent is repeated only as far as it was understood.</summary>
internal static class StockProblems
{
    public static ProblemHttpResult InvalidVendorItemId(string place) =>
        InvalidId($"The vendorItemId {place} must be a whole number from 1 to {long.MaxValue}.");

    public static ProblemHttpResult InvalidFulfillmentCenterId(string place) =>
        InvalidId($"The fulfillmentCenterId {place} must be a whole number from 1 to {int.MaxValue}.");

    public static IResult KeyNotFound(StockKey key) => NotFound(
        $"No stock of vendor item {key.VendorItemId} in fulfillment center {key.FulfillmentCenterId} is on record.",
        new("vendorItemId", key.VendorItemId),
        new("fulfillmentCenterId", key.FulfillmentCenterId));

    public static IResult ItemNotFound(long vendorItemId) => NotFound(
        $"No stock of vendor item {vendorItemId} in any fulfillment center is on record.",
        new KeyValuePair<string, object?>("vendorItemId", vendorItemId));

    public static ProblemHttpResult BatchSizeOutOfRange(int count) => BadRequest(
        ProblemCodes.BatchSizeOutOfRange,
        "Batch size out of range",
        $"A batch has 1 to {StockBatchRequest.MaximumKeys} keys; this one has {count}.");

    public static ProblemHttpResult NullKey(int index) => BadRequest(
        ProblemCodes.InvalidJson,
        "The body is not the expected JSON",
        $"The value at $.keys[{index}] must be an object, not null.");

    public static ProblemHttpResult RepeatedKey(StockKey key) => BadRequest(
        ProblemCodes.RepeatedKey,
        "Repeated stock key",
        $"Vendor item {key.VendorItemId} in fulfillment center {key.FulfillmentCenterId} is asked for more than once.",
        new("vendorItemId", key.VendorItemId),
        new("fulfillmentCenterId", key.FulfillmentCenterId));

    public static ProblemHttpResult InvalidMinVersion() => BadRequest(
        ProblemCodes.InvalidVersion,
        "Invalid version",
        $"The minVersion in the query must be given once, as a whole number from 0 to {long.MaxValue}.");

    public static IResult VersionNotReached(long version) => new TemporaryProblem(Problem.Create(
        StatusCodes.Status503ServiceUnavailable,
        ProblemCodes.VersionNotReached,
        "Version not reached",
        $"Version {version} is not readable yet; try again."));

    /// <summary>More is under way than the limits allow.</summary>
    public static IResult Overloaded() => new TemporaryProblem(Problem.Create(
        StatusCodes.Status503ServiceUnavailable,
        ProblemCodes.Unavailable,
        "Too busy",
        "As much is being read as can be; try again."));

    private static ProblemHttpResult InvalidId(string detail) =>
        BadRequest(ProblemCodes.InvalidId, "Invalid id", detail);

    private static ProblemHttpResult BadRequest(
        string code, string title, string detail, params ReadOnlySpan<KeyValuePair<string, object?>> members) =>
        Problem.Create(StatusCodes.Status400BadRequest, code, title, detail, members);

    private static UnknownStock NotFound(
        string detail, params ReadOnlySpan<KeyValuePair<string, object?>> members) =>
        new(Problem.Create(
            StatusCodes.Status404NotFound,
            ProblemCodes.StockKeyNotFound,
            "Unknown stock key",
            detail,
            members));
}
