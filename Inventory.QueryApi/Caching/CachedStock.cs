using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>What is known of a key, and since when.</summary>
/// <param name="IsFound">False if the key has no stock on record.</param>
/// <param name="StockCount">What can still be sold.</param>
/// <param name="Version">0 if there is none.</param>
/// <param name="UpdatedAtTicks">UTC.</param>
/// <param name="CheckedAt">The timestamp at which the read that last confirmed it began.</param>
internal readonly record struct CachedStock(
    bool IsFound,
    int StockCount,
    long Version,
    long UpdatedAtTicks,
    long CheckedAt)
{
    /// <summary>The answer for this version, if it has been asked for often enough to be kept.</summary>
    public RenderedAnswer? Rendered { get; init; }

    /// <summary>Whether it was asked for before, so that rendering it once for all is worth the memory.</summary>
    public bool IsAskedAgain { get; init; }

    /// <summary>Whether it is being read again.</summary>
    public bool IsRefreshing { get; init; }

    public StockLevel? Level =>
        IsFound ? new StockLevel(StockCount, Version, new DateTimeOffset(UpdatedAtTicks, TimeSpan.Zero)) : null;

    public static CachedStock From(StockLevel? level, long checkedAt) => level is { } known
        ? new(IsFound: true, known.StockCount, known.Version, known.UpdatedAt.UtcTicks, checkedAt)
        : new(IsFound: false, StockCount: 0, Version: 0, UpdatedAtTicks: 0, checkedAt);
}
