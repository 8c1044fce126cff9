using Inventory.Contracts.Stocks;
using Inventory.Relay.Reconciliation;

namespace Inventory.Tests.Relay.Reconciliation;

public sealed class DriftKindTests
{
    private static readonly StockLevel Expected = Level(count: 5, version: 10);

    public static TheoryData<StockLevel?, StockLevel, string?> Looks => new()
    {
        { null, Expected, DriftKind.Missing },
        { Level(5, 9), Expected, DriftKind.Behind },
        { Level(5, 9), Level(4, 12), DriftKind.Behind },
        { Level(5, 11), Expected, DriftKind.Ahead },
        { Level(6, 10), Expected, DriftKind.Different },
        { Level(6, 10), Level(4, 12), DriftKind.Different },
        { Expected, Expected, null },
        { Level(4, 12), Level(4, 12), null },

        // What was expected has come, and more is on its way.
        { Expected, Level(4, 12), null },
        { Level(4, 11), Level(3, 12), null },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void A_second_look_tells_drift_from_what_is_on_its_way(StockLevel? copy, StockLevel truth, string? kind) =>
        Assert.Equal(kind, DriftKind.Of(Expected, copy, truth));

    private static StockLevel Level(int count, long version) =>
        new(count, version, DateTimeOffset.UnixEpoch.AddMilliseconds(version));
}
