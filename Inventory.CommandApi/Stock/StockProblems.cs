using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Stock;

/// <summary>Why the stock does not allow a command.</summary>
internal static class StockProblems
{
    public static ProblemHttpResult UnknownKeys(IEnumerable<StockKey> keys)
    {
        var unknown = keys.Select(StockKeyField.From).ToArray();
        return Problem.Create(
            StatusCodes.Status404NotFound,
            ProblemCodes.StockKeyNotFound,
            "Unknown stock key",
            $"Nothing was ever received for {string.Join(", ", unknown.Select(key => key.ToKey()))}; nothing was taken.",
            KeyValuePair.Create<string, object?>("unknownKeys", unknown));
    }

    public static ProblemHttpResult UnknownKey(StockKey key) =>
        Problem.Create(
            StatusCodes.Status404NotFound,
            ProblemCodes.StockKeyNotFound,
            "Unknown stock key",
            $"Nothing was ever received for {key}.");

    public static ProblemHttpResult StaleVersions(StaleVersion[] stale) =>
        Problem.Create(
            StatusCodes.Status409Conflict,
            ProblemCodes.StaleVersion,
            "Stale version",
            $"{stale.Length} of the keys have changed since the expected version; nothing was taken.",
            KeyValuePair.Create<string, object?>("staleVersions", stale));

    public static ProblemHttpResult NotEnough(Shortage[] shortages) =>
        Problem.Create(
            StatusCodes.Status409Conflict,
            ProblemCodes.NotEnoughStock,
            "Not enough stock",
            $"{shortages.Length} of the keys have less than was asked for; nothing was taken.",
            KeyValuePair.Create<string, object?>("shortages", shortages));

    public static ProblemHttpResult Overflow(StockKey key) =>
        Problem.Create(
            StatusCodes.Status409Conflict,
            ProblemCodes.StockCountOverflow,
            "Stock count overflow",
            $"Stock key {key} cannot hold more than {int.MaxValue}; nothing was added.");
}
