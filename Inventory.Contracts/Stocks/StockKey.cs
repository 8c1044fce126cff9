using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Inventory.Contracts.Stocks;

/// <summary>What stock is counted by: one item of one vendor in one fulfillment center.</summary>
/// <param name="VendorItemId">1 to 2^63 - 1.</param>
/// <param name="FulfillmentCenterId">1 to 2^31 - 1.</param>
public readonly record struct StockKey(long VendorItemId, int FulfillmentCenterId) : IComparable<StockKey>
{
    public bool IsValid => VendorItemId > 0 && FulfillmentCenterId > 0;

    /// <summary>The one order in which several keys are locked, so that two writers never wait for each other.</summary>
    public int CompareTo(StockKey other)
    {
        var byItem = VendorItemId.CompareTo(other.VendorItemId);
        return byItem != 0 ? byItem : FulfillmentCenterId.CompareTo(other.FulfillmentCenterId);
    }

    /// <summary>The text form <c>vendorItemId:fulfillmentCenterId</c>, which is also the key of a Kafka message.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{VendorItemId}:{FulfillmentCenterId}");

    public static bool TryParse([NotNullWhen(true)] string? text, out StockKey key)
    {
        key = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0
            || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var item)
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var center))
        {
            return false;
        }

        key = new StockKey(item, center);
        return key.IsValid;
    }

    public static bool operator <(StockKey left, StockKey right) => left.CompareTo(right) < 0;

    public static bool operator >(StockKey left, StockKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(StockKey left, StockKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StockKey left, StockKey right) => left.CompareTo(right) >= 0;
}
