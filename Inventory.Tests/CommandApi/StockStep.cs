using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts.Orders;

namespace Inventory.Tests.CommandApi;

/// <summary>What a client does with one id, from the first request to the last.</summary>
/// <param name="Kind">What.</param>
/// <param name="Lines">With which keys.</param>
internal sealed record StockStep(StockStepKind Kind, QuantityLine[] Lines)
{
    /// <summary>Few keys, so that the steps meet.</summary>
    public const int Keys = 4;

    public static Gen<StockStep[]> Histories(int steps)
    {
        var line = from item in Gen.Choose(1, Keys)
                   from quantity in Gen.Choose(1, 6)
                   select new QuantityLine(item, 1, quantity);
        var kind = Gen.Frequency(
            (4, Gen.Constant(StockStepKind.Inbound)),
            (6, Gen.Constant(StockStepKind.Order)),
            (2, Gen.Constant(StockStepKind.CancelledOrder)),
            (2, Gen.Constant(StockStepKind.PartlyCancelledOrder)),
            (2, Gen.Constant(StockStepKind.HeldReservation)),
            (2, Gen.Constant(StockStepKind.ConfirmedReservation)),
            (2, Gen.Constant(StockStepKind.ReleasedReservation)),
            (2, Gen.Constant(StockStepKind.ExpiredReservation)),
            (2, Gen.Constant(StockStepKind.Correction)));
        var step = from what in kind
                   from lines in line.NonEmptyListOf()
                   select new StockStep(what, [.. lines.DistinctBy(each => each.VendorItemId)]);
        return step.ArrayOf(steps);
    }
}
