namespace Inventory.Contracts.Stocks;

/// <summary>What is known of a stock key at one version.</summary>
/// <param name="StockCount">What can still be sold, 0 to 2^31 - 1.</param>
/// <param name="Version">Strictly grows per key; about microseconds since the epoch.</param>
/// <param name="UpdatedAt">When the version was made, UTC, in whole microseconds.</param>
public readonly record struct StockLevel(int StockCount, long Version, DateTimeOffset UpdatedAt)
{
    // A read hands a level on five times by value, and its offset would be a third of it.
    private readonly long _updatedAtTicks = UpdatedAt.UtcTicks;

    public DateTimeOffset UpdatedAt
    {
        get => new(_updatedAtTicks, TimeSpan.Zero);
        init => _updatedAtTicks = value.UtcTicks;
    }
}
